import type { Stores } from '../../../deps.ts';
import type { ExportFormat } from '../../domain/export.ts';
import { MOST_ROWS } from '../../domain/export.ts';
import type { RecordKind } from '../../domain/records.ts';
import type { DateRange, RecordsOf } from '../../store/rows.ts';
import { buildFiles } from '../../views/files.ts';

export type ExportFile = { name: string; content: string; rows: number };

/** The files of everything that somebody may export, one for each kind of record, and whether one had to be cut. */
export async function collectFiles(
  stores: Pick<Stores, 'privacy'>,
  o: RecordsOf & DateRange & { kinds: readonly RecordKind[]; format: ExportFormat },
): Promise<{ files: ExportFile[]; cut: boolean }> {
  const files: ExportFile[] = [];
  let cut = false;
  for (const table of o.kinds.flatMap((kind) => kind.tables)) {
    if (table.exported === false) continue;
    const rows = await stores.privacy.readRows(table, { ...o, limit: MOST_ROWS + 1 });
    if (rows.length > MOST_ROWS) cut = true;
    files.push(...buildFiles(table.table, rows.slice(0, MOST_ROWS), o.format));
  }
  return { files, cut };
}

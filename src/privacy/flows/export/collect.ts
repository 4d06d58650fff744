import type { Stores } from '../../../deps.ts';
import { type ExportFormat, isCut, MOST_ROWS, ROWS_PER_FILE } from '../../domain/export.ts';
import type { RecordKind } from '../../domain/records.ts';
import type { DateRange, RecordsOf } from '../../store/rows.ts';
import { buildFiles } from '../../views/files.ts';

export type ExportFile = { name: string; content: string; rows: number };

/**
 * The files of everything that somebody may export, for each kind of record one or, of many rows, several; and whether
 * one had to be cut. It reads and writes piece by piece, so that others get their answers in between.
 */
export async function collectFiles(
  stores: Pick<Stores, 'privacy'>,
  o: RecordsOf & DateRange & { kinds: readonly RecordKind[]; format: ExportFormat },
): Promise<{ files: ExportFile[]; cut: boolean }> {
  const files: ExportFile[] = [];
  for (const table of o.kinds.flatMap((kind) => kind.tables)) {
    if (table.exported === false) continue;
    for (let offset = 0; offset < MOST_ROWS; offset += ROWS_PER_FILE) {
      const rows = await stores.privacy.readRows(table, { ...o, offset, limit: ROWS_PER_FILE });
      const name = offset === 0 ? table.table : `${table.table}-${offset / ROWS_PER_FILE + 1}`;
      files.push(...buildFiles(name, rows, o.format));
      if (rows.length < ROWS_PER_FILE) break;
    }
  }
  return { files, cut: isCut(files) };
}

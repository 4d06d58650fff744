import type { DateTime } from 'luxon';
import type { LocalDate } from '../../time/wall-clock.ts';

export const EXPORT_FORMATS = ['csv', 'json', 'both'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A file that Slack has taken; `isShared` once the person sees it. */
export type UploadedFile = { id: string; name: string; rows: number; isShared: boolean };

/** Somebody's request for a copy of their own records, or with `pairId` of their pair's. */
export type ExportRequest = {
  workspaceId: string;
  id: string;
  requestedBy: string;
  pairId: string | null;
  /** Null for every kind of record. */
  onlyKind: string | null;
  format: ExportFormat;
  fromOn: LocalDate | null;
  untilOn: LocalDate | null;
  state: 'waiting' | 'sharing' | 'done' | 'failed';
  files: UploadedFile[];
  requestedAt: DateTime;
};

/** An export that has waited for so long is taken for lost, and another one may be asked for. */
export const EXPORT_PATIENCE_MINUTES = 60;

/** Rows of one table in one export; more are left out, and the message says so. */
export const MOST_ROWS = 50_000;

/** Rows of one file: so many are written while everybody else waits. */
export const ROWS_PER_FILE = 2_500;

/** Whether all rows that an export may hold of some table are in these files; there may be more. */
export function isCut(files: readonly Pick<UploadedFile, 'name' | 'rows'>[]): boolean {
  const rows = new Map<string, number>();
  for (const file of files) {
    const whole = file.name.replace(/-\d+(?=\.\w+$)/, '');
    rows.set(whole, (rows.get(whole) ?? 0) + file.rows);
  }
  return [...rows.values()].some((count) => count >= MOST_ROWS);
}

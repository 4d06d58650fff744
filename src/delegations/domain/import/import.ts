import type { DateTime } from 'luxon';
import type { DelegationContent, Priority } from '../delegation.ts';

export type ImportState =
  | 'reading'
  | 'ready'
  | 'writing'
  | 'done'
  | 'refused'
  | 'cancelled'
  | 'expired'
  | 'undone';

/** A table of delegations that somebody handed in; nothing of it is a task before they have seen and confirmed it. */
export type Import = {
  workspaceId: string;
  id: string;
  pairId: string;
  createdBy: string;
  /** Slack's id of the file; of its content no copy is kept but `lines`. */
  fileId: string;
  fileName: string;
  state: ImportState;
  /** What becomes a task, until it is written or given up. */
  lines: ImportLine[];
  /** Lines that are tasks already. */
  skipped: number;
  /** The numbers of its tasks, once they are written. */
  firstNumber: number | null;
  lastNumber: number | null;
  createdAt: DateTime;
  finishedAt: DateTime | null;
};

/** One task to be. Times are ISO instants, because a row keeps it as JSON. */
export type ImportLine = Omit<DelegationContent, 'dueAt'> & {
  /** Follows from the pair and from what the line says, so that the same line is the same task. */
  id: string;
  /** Where it begins in the file, from 1. */
  line: number;
  priority: Priority;
  dueAt: string | null;
};

/** 10 MB. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
export const MAX_LINES = 20_000;
/** A preview is good for so long. */
export const PREVIEW_HOURS = 24;
/** An import can be taken back for so long. */
export const UNDO_IMPORT_HOURS = 24;

/** What is wrong with a line, or with the file as a whole when `line` is null. */
export type Problem = { line: number | null; message: string };

/** Lines in a category that stays with the executive: asked about once more before they are imported. */
export type Reserved = {
  category: string;
  /** What counts for the category. Not escaped. */
  words: string;
  /** Where they begin in the file. */
  lines: number[];
};

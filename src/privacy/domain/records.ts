/** Rows of one table, as far as privacy is concerned. Names are those of the database. */
export type RecordTable = {
  table: string;
  /** Columns with the user ids of those whose record it is: the row goes with any of them. Empty for what is the pair's. */
  owners: readonly string[];
  /** Column with the pair's id; left out for what belongs to no pair. */
  pair?: string;
  /** The row that says whose it is and of which pair, when this one does not: `column` holds its id. */
  parent?: { table: string; column: string };
  /** Column that says when it was: an instant, or a local date with `isDate`. It is what a range of dates and an age count by. */
  at?: string;
  isDate?: true;
  /** False for what an export leaves out: working data that says nothing more. */
  exported?: false;
  /** True for what only its owner exports, not the other one of the pair. */
  private?: true;
  /**
   * Columns of text that one person wrote, in rows that are the pair's: emptied when the writer is
   * erased. `by` stands in the parent where there is one, unless it is `from` the row itself.
   */
  texts?: { by: string; columns: readonly string[]; from?: 'row' };
  /** What age does to it; left out where age does nothing. */
  ages?: {
    /** Empties these columns, each with the SQL value given, instead of deleting the row. */
    blank?: Readonly<Record<string, string>>;
    /** Only rows whose column has one of these values. */
    only?: { column: string; in: readonly (string | null)[] };
  };
};

/** One kind of thing that Tandem stores, as people are told about it. Every table with something about people is in one. */
export type RecordKind = {
  /** Names it for ever, in files, settings and commands. */
  kind: string;
  title: string;
  what: string;
  why: string;
  seenBy: string;
  /** How it can be turned off; left out for what Tandem cannot work without. */
  optional?: string;
  /**
   * Days after which it is deleted, null when it stays until somebody erases it. With `least`, workspace admins may
   * choose other days from there on; `text` says it where days do not.
   */
  kept: { days: number | null; least?: number; text?: string };
  tables: readonly RecordTable[];
};

/** How long it is kept, as a sentence; `chosen` is what the workspace chose instead of the default. */
export function describeKept(kind: Pick<RecordKind, 'kept'>, chosen?: number | null): string {
  const { days, text } = kind.kept;
  const now = chosen === undefined ? days : chosen;
  if (chosen === undefined && text) return text;
  if (now === null) return 'until you or your pair erase it';
  return `${now} days`;
}

/** Whether admins may choose how long it is kept. */
export function isChangeable(kind: Pick<RecordKind, 'kept'>): boolean {
  return kind.kept.least !== undefined;
}

import type { Checked } from '../../../time/validate.ts';

/** What a column can hold, with the names that people and our own export give it. */
const NAMES = {
  title: ['title', 'task', 'subject', 'whatistobedone'],
  definitionOfDone: ['definitionofdone', 'done', 'whenisitdone', 'description', 'details', 'notes'],
  due: ['due', 'dueon', 'dueat', 'duedate', 'deadline'],
  dueTime: ['time', 'duetime'],
  priority: ['priority'],
  level: ['level', 'howfree'],
  category: ['category'],
  estimate: ['estimate', 'estimateminutes', 'minutes'],
  sopUrl: ['sop', 'sopurl', 'instructions', 'linktoinstructions'],
  externalId: ['id', 'externalid', 'key', 'reference'],
} as const;

export type Column = keyof typeof NAMES;

export type Columns = {
  /** Which field each place of a line is; null for what is left out. */
  places: (Column | null)[];
  /** Columns that nothing is done with, as they are written. */
  unknown: string[];
};

/** The first line of a table that can be imported. */
export const TEMPLATE = [
  'title,definition of done,due,priority,level,category,estimate,instructions,id',
  'Book the flights,"Tickets and receipts in the folder",2027-03-01 17:00,high,do,,1h 30m,https://example.com/travel,A-1',
].join('\n');

/** What the columns are, from the first line; a sentence when there is no title or something stands there twice. */
export function readColumns(header: readonly string[]): Checked<Columns> {
  const places = header.map(findColumn);
  const names = header.map((name) => name.trim()).filter((name) => name !== '');
  if (!places.includes('title')) {
    const found = names.slice(0, 12).map((name) => `“${clip(name)}”`);
    return {
      ok: false,
      message: `The first line has to name the columns, and one of them has to be “title”. It says: ${found.join(', ') || 'nothing'}.`,
    };
  }
  const twice = places.find((place, index) => place !== null && places.indexOf(place) !== index);
  if (twice) {
    const both = header.filter((_, index) => places[index] === twice);
    return {
      ok: false,
      message: `These columns mean the same: ${both.map((name) => `“${clip(name.trim())}”`).join(', ')}. Keep one of them.`,
    };
  }
  const unknown = header.filter((name, index) => places[index] === null && name.trim() !== '');
  return { ok: true, value: { places, unknown: unknown.map((name) => name.trim()) } };
}

function findColumn(name: string): Column | null {
  const plain = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  const columns = Object.keys(NAMES) as Column[];
  return columns.find((column) => (NAMES[column] as readonly string[]).includes(plain)) ?? null;
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

import type { DateTime } from 'luxon';
import { readMinutes } from '../../../time/minutes.ts';
import type { WorkingCalendar } from '../../../time/working-time.ts';
import {
  type DelegationLevel,
  MAX_DONE,
  MAX_ESTIMATE_MINUTES,
  MAX_LINK,
  MAX_TITLE,
  type Priority,
} from '../delegation.ts';
import { readDue } from '../due.ts';
import { checkLink } from '../link.ts';
import type { Column } from './columns.ts';
import { readWrittenDate } from './dates.ts';
import type { ImportLine } from './import.ts';

/** The fields of one line, trimmed; what the file does not have is left out. */
export type RawLine = { line: number; fields: Partial<Record<Column, string>> };

export type LineContext = {
  calendar: WorkingCalendar;
  /** In which dates without a zone are meant. */
  zone: string;
  /** Names that can be chosen. */
  categories: readonly string[];
  now: DateTime;
};

export type ReadLine =
  | { ok: true; value: Omit<ImportLine, 'id'> }
  | { ok: false; messages: string[] };

const PRIORITIES: Record<string, Priority> = { urgent: 1, high: 2, normal: 3, low: 4 };
const LEVELS: Record<string, DelegationLevel> = { do: 'do', propose: 'propose', ask: 'ask' };
const MAX_EXTERNAL_ID = 200;

/** What one line means, or everything that is wrong with it. */
export function readLine(raw: RawLine, context: LineContext): ReadLine {
  const { fields } = raw;
  const messages: string[] = [];
  const complain = (message: string) => {
    messages.push(message);
    return null;
  };
  const text = (column: Column) => plainOf(fields[column] ?? '');
  const title = text('title').replaceAll(/\s+/g, ' ');
  if (title === '') complain('The title is empty.');
  if (title.length > MAX_TITLE)
    complain(`The title is longer than ${MAX_TITLE} characters (${title.length}).`);
  const definitionOfDone = text('definitionOfDone');
  if (definitionOfDone.length > MAX_DONE)
    complain(
      `The definition of done is longer than ${MAX_DONE.toLocaleString('en')} characters (${definitionOfDone.length.toLocaleString('en')}).`,
    );
  if ((externalIdOf(raw)?.length ?? 0) > MAX_EXTERNAL_ID)
    complain(`The id is longer than ${MAX_EXTERNAL_ID} characters.`);
  const dueAt = readDueAt({ due: text('due'), time: text('dueTime') }, { ...context, complain });
  const value = {
    line: raw.line,
    title,
    definitionOfDone,
    priority: readPriority(text('priority'), complain) ?? 3,
    level: readLevel(text('level'), complain) ?? 'do',
    category: readCategory(text('category'), { ...context, complain }),
    estimateMinutes: readEstimate(text('estimate'), complain),
    sopUrl: readLink(text('sopUrl'), complain),
    dueAt: dueAt?.toUTC().toISO() ?? null,
    dueZone: dueAt ? context.zone : null,
  };
  return messages.length > 0 ? { ok: false, messages } : { ok: true, value };
}

/** What the file calls this line; null when it says nothing. */
export function externalIdOf({ fields }: RawLine): string | null {
  return plainOf(fields.externalId ?? '') || null;
}

type Complain = (message: string) => null;

/** Without control characters, and without the apostrophe that keeps spreadsheets from computing it. */
function plainOf(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- they are what is taken out
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g, '')
      .replaceAll(/\r\n?/g, '\n')
      .toWellFormed()
      .trim()
      .replace(/^'(?=[=+\-@])/, '')
  );
}

function readPriority(text: string, complain: Complain): Priority | null {
  if (text === '') return null;
  const number = [1, 2, 3, 4].find((one) => String(one) === text) as Priority | undefined;
  return (
    number ??
    PRIORITIES[text.toLowerCase()] ??
    complain(`There is no priority “${clip(text)}”. Write urgent, high, normal or low, or 1 to 4.`)
  );
}

function readLevel(text: string, complain: Complain): DelegationLevel | null {
  if (text === '') return null;
  const [first = ''] = text.toLowerCase().split(/\W/, 1);
  return LEVELS[first] ?? complain(`There is no level “${clip(text)}”. Write do, propose or ask.`);
}

function readCategory(
  text: string,
  o: Pick<LineContext, 'categories'> & { complain: Complain },
): string | null {
  if (text === '') return null;
  const found = o.categories.find((one) => one.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  const known = o.categories.slice(0, 12);
  return o.complain(
    known.length > 0
      ? `There is no category “${clip(text)}”. Write one of ${known.join(', ')}.`
      : `There is no category “${clip(text)}”: you have none yet. Leave it empty, or add it with /ea-charter zones.`,
  );
}

function readEstimate(text: string, complain: Complain): number | null {
  if (text === '') return null;
  return (
    readMinutes(text, MAX_ESTIMATE_MINUTES) ??
    complain(
      `“${clip(text)}” is not a length of time up to 200 hours. Write it like 45 min or 1h 30m.`,
    )
  );
}

function readLink(text: string, complain: Complain): string | null {
  if (text === '') return null;
  const link = checkLink(text);
  if (!link.ok) return complain(`“${clip(text)}” is not a web link, which starts with https://.`);
  if (link.value.length > MAX_LINK) return complain('The link is too long.');
  return link.value;
}

function readDueAt(
  wish: { due: string; time: string },
  o: LineContext & { complain: Complain },
): DateTime | null {
  if (wish.due === '')
    return wish.time === '' ? null : o.complain('There is a time, but no date for it.');
  const written = readWrittenDate(wish.due, wish.time);
  if (!written.ok) return o.complain(written.message);
  const { value } = written;
  if ('at' in value) {
    if (value.at > o.now) return value.at;
    return o.complain(`“${clip(wish.due)}” has passed already.`);
  }
  const due = readDue({ ...value, zone: o.zone }, o);
  return due.ok ? due.value : o.complain(`“${clip(wish.due)}”: ${due.message}`);
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

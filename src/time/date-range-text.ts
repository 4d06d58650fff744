import type { ParsedComponents, ParsedResult } from 'chrono-node';
import { parse } from 'chrono-node/en';
import { DateTime } from 'luxon';
import { dayOf, daysInMonth, formatDay, weekdayIndex } from './local-date.ts';
import { type Checked, checkDateRange, checkLocalDate } from './validate.ts';
import type { LocalDate } from './wall-clock.ts';

/** Days from first to last, both included. Each end may lie at midday instead of at the end of the day. */
export type WrittenRange = {
  first: LocalDate;
  last: LocalDate;
  /** The first day counts from midday only. */
  startsAtMidday: boolean;
  /** The last day counts until midday only. */
  endsAtMidday: boolean;
  /** What was written besides the dates. */
  rest: string;
};

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const DAY_MONTH = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH}(?: (\\d{4}))?`, 'gi');
const MONTH_DAY = new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (\\d{4}))?`, 'gi');
const ISO_DATE = /\b\d{4}-\d{1,2}-\d{1,2}\b/g;
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const DURATION = new RegExp(
  `(?<!in )(?:\\bfor )?\\b(an?|\\d{1,3}|${NUMBERS.join('|')}) (day|week)s?\\b(?! ago)(?: from| starting)?`,
  'i',
);
const NOT_READ =
  'Write it for example as `tomorrow`, `24 Dec to 2 Jan` or `friday afternoon`, or choose the days in the form.';

/** Reads a day or a range that somebody wrote in English, for a person whose local date is `today`. A date without a year is the next one. The past is read too: whether it may be used is for others to say. */
export function readDateRange(text: string, today: LocalDate): Checked<WrittenRange> {
  const impossible = findImpossibleDate(text, today);
  if (impossible) return { ok: false, message: impossible };
  const isHalfDay = /\bhalf(?: a)? day\b/i.test(text);
  const plain = normalize(text);
  const range = readWeek(plain, today) ?? readDuration(plain, today) ?? readDates(plain, today);
  if (!range) {
    const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    return { ok: false, message: `I could not read “${shown}” as a date. ${NOT_READ}` };
  }
  if (!range.ok) return range;
  const { first, last, startsAtMidday, endsAtMidday } = range.value;
  const checked = checkDateRange(first, last);
  if (!checked.ok) return checked;
  const assumed = isHalfDay && first === last && !endsAtMidday;
  return { ok: true, value: { ...range.value, startsAtMidday: startsAtMidday || assumed } };
}

/** Chrono skips a date that no calendar has; a person is told. */
function findImpossibleDate(text: string, today: LocalDate): string | null {
  const written = [
    ...[...text.matchAll(DAY_MONTH)].map((one) => ({ day: one[1], month: one[2], year: one[3] })),
    ...[...text.matchAll(MONTH_DAY)].map((one) => ({ day: one[2], month: one[1], year: one[3] })),
  ];
  const dates = written.map(({ day, month, year }) => {
    const index = MONTHS.indexOf((month ?? '').toLowerCase().slice(0, 3)) + 1;
    return isoDate(year ?? yearWith(index, Number(day), today), index, Number(day));
  });
  const iso = [...text.matchAll(ISO_DATE)].map(([date]) => {
    const [year = '', month, day] = date.split('-');
    return isoDate(year, Number(month), Number(day));
  });
  for (const date of [...dates, ...iso]) {
    const checked = checkLocalDate(date);
    if (!checked.ok) return checked.message;
  }
  return null;
}

/** The year that the date means when none is written: 29 February waits for its next leap year. */
function yearWith(month: number, day: number, today: LocalDate): string {
  const year = Number(today.slice(0, 4));
  const isLeapDay = month === 2 && day === 29;
  const years = [0, 1, 2, 3, 4].map((more) => year + more);
  const found = isLeapDay && years.find((one) => day <= daysInMonth(one, month));
  return String(found || year);
}

function isoDate(year: string, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Half days in the words that chrono knows. */
function normalize(text: string): string {
  return text
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\bhalf(?: a)? day\b/gi, ' ')
    .replaceAll(/(?<!\d ?)\bpm\b/gi, 'afternoon')
    .replaceAll(/(?<!\d ?)\bam\b/gi, 'morning')
    .trim();
}

type Read = Checked<WrittenRange>;

function readWeek(text: string, today: LocalDate): Read | null {
  const match = /\b(this|next) week\b/i.exec(text);
  if (!match) return null;
  const day = dayOf(today);
  const monday = day - weekdayIndex(day);
  const isNext = match[1]?.toLowerCase() === 'next';
  const [first, last] = isNext ? [monday + 7, monday + 13] : [day, monday + 6];
  return whole({ first, last, rest: without(text, match.index, match[0]) });
}

function readDuration(text: string, today: LocalDate): Read | null {
  const match = DURATION.exec(text);
  if (!match) return null;
  const word = (match[1] ?? '').toLowerCase();
  const count = Number(word) || NUMBERS.indexOf(word) + 1 || 1;
  const days = match[2]?.toLowerCase() === 'week' ? count * 7 : count;
  const rest = without(text, match.index, match[0]);
  const start = rest === '' ? null : readDates(rest, today);
  if (start && !start.ok) return start;
  const first = dayOf(start?.value.first ?? today);
  return whole({ first, last: first + Math.max(1, days) - 1, rest: start?.value.rest ?? rest });
}

function whole(o: { first: number; last: number; rest: string }): Read {
  const [first, last] = [formatDay(o.first), formatDay(o.last)];
  return {
    ok: true,
    value: { first, last, startsAtMidday: false, endsAtMidday: false, rest: o.rest },
  };
}

function readDates(text: string, today: LocalDate): Read | null {
  const instant = DateTime.fromISO(`${today}T12:00`, { zone: 'utc' }).toJSDate();
  const found = parse(text, { instant, timezone: 0 }, { forwardDate: true });
  const [only, second] = found;
  if (!only || /^\p{L}/u.test(text.slice(only.index + only.text.length))) return null;
  if (second) {
    const message = `I can read one day or one range at a time, and found “${only.text}” and “${second.text}”. ${NOT_READ}`;
    return { ok: false, message };
  }
  const { first, last } = boundsOf(only, text, today);
  const rest = without(text, only.index, only.text);
  const isOneDay = !only.end && first === last;
  return {
    ok: true,
    value: {
      first,
      last,
      startsAtMidday: isAfternoon(only.start) && (isOneDay || only.end !== null),
      endsAtMidday: isMorning(only.end ?? only.start),
      rest,
    },
  };
}

function boundsOf(
  found: ParsedResult,
  text: string,
  today: LocalDate,
): { first: LocalDate; last: LocalDate } {
  const start = dateOf(found.start);
  if (found.end) return { first: start, last: dateOf(found.end) };
  const before = text.slice(0, found.index);
  return /\b(until|till|up to|through) $/i.test(before)
    ? { first: today, last: start }
    : { first: start, last: start };
}

function dateOf(parsed: ParsedComponents): LocalDate {
  const [year, month, day] = [parsed.get('year'), parsed.get('month'), parsed.get('day')];
  return isoDate(String(year).padStart(4, '0'), month ?? 0, day ?? 0);
}

/** The reference is noon, so any other implied hour comes from a word such as "afternoon". */
function isAfternoon(parsed: ParsedComponents): boolean {
  return !parsed.isCertain('hour') && (parsed.get('hour') ?? 12) > 12;
}

function isMorning(parsed: ParsedComponents): boolean {
  return !parsed.isCertain('hour') && (parsed.get('hour') ?? 12) < 12;
}

const CONNECTORS =
  /^(?:(?:on|from|the|starting|until|till|up to|through|for|and)\b|[,;:-])\s*|\s*(?:\b(?:on|from|the|starting|until|till|up to|through|for|and)|[,;:-])$/gi;

/** The text without the part that was read, and without the small words that belonged to it. */
function without(text: string, index: number, part: string): string {
  const before = text.slice(0, index).trim().replaceAll(CONNECTORS, '').trim();
  const after = text
    .slice(index + part.length)
    .trim()
    .replaceAll(CONNECTORS, '')
    .trim();
  return `${before} ${after}`.trim();
}

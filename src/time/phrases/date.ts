import * as chrono from 'chrono-node/en';
import { DateTime } from 'luxon';
import { formatLocalDate } from '../format.ts';
import {
  civilDate,
  dayNumber,
  dayOf,
  daysInMonth,
  formatDay,
  weekdayIndex,
  weekdayOf,
} from '../local-date.ts';
import { type Checked, checkLocalDate } from '../validate.ts';
import type { LocalDate } from '../wall-clock.ts';
import { MONTH_WORD, monthOfWord, WEEKDAY_NAMES, WEEKDAY_WORD, weekdayOfWord } from './words.ts';

export type DateContext = {
  now: DateTime;
  /** The zone of the person who wrote it. */
  zone: string;
  /** A date that leaves its year, month or week open is the first one that is not before this. */
  notBefore: LocalDate;
};

const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const YEAR = '(?:,? (\\d{4}))?';
const DAY_MONTH = new RegExp(`^(?:the )?${DAY}(?: of)? (${MONTH_WORD})${YEAR}$`);
const MONTH_DAY = new RegExp(`^(${MONTH_WORD})(?: the)? ${DAY}${YEAR}$`);
const DAY_ONLY = /^the (\d{1,2})(?:st|nd|rd|th)?$|^(\d{1,2})(?:st|nd|rd|th)$/;
const SLASHES = /^(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?\.?$/;
const NAMED_DAY = new RegExp(`^(${WEEKDAY_WORD}),? (?:the )?(?=\\d|${MONTH_WORD})`);

/** The date that a normalised phrase names; a sentence for one that cannot be; null when it names none. */
export function readDate(phrase: string, context: DateContext): Checked<LocalDate> | null {
  const text = phrase.replace(/^(?:on|by|for) /, '');
  const named = NAMED_DAY.exec(text);
  if (named?.[1]) return onNamedDay(text.slice(named[0].length), named[1], context);
  const dayMonth = DAY_MONTH.exec(text);
  if (dayMonth) {
    const [, day, month = '', year] = dayMonth;
    return dateOf({ day: Number(day), month: monthOfWord(month) ?? 0, year }, context);
  }
  const monthDay = MONTH_DAY.exec(text);
  if (monthDay) {
    const [, month = '', day, year] = monthDay;
    return dateOf({ day: Number(day), month: monthOfWord(month) ?? 0, year }, context);
  }
  const dayOnly = DAY_ONLY.exec(text);
  if (dayOnly) return nextDayOfMonth(Number(dayOnly[1] ?? dayOnly[2]), context.notBefore);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return checkLocalDate(text);
  const slashes = SLASHES.exec(text);
  if (slashes) return slashedDate(slashes, context);
  return looseDate(text, context);
}

function onNamedDay(
  rest: string,
  weekday: string,
  context: DateContext,
): Checked<LocalDate> | null {
  const date = readDate(rest, context);
  if (!date?.ok) return date;
  const actual = weekdayOf(dayOf(date.value));
  if (actual === weekdayOfWord(weekday)) return date;
  const message = `${formatLocalDate(date.value).slice(4)} is a ${WEEKDAY_NAMES[actual]}. Check the day and the date.`;
  return { ok: false, message };
}

function dateOf(
  o: { day: number; month: number; year: string | undefined },
  { notBefore }: DateContext,
): Checked<LocalDate> {
  const write = (year: number) =>
    `${year}-${String(o.month).padStart(2, '0')}-${String(o.day).padStart(2, '0')}`;
  if (o.year !== undefined) return checkLocalDate(write(Number(o.year)));
  const first = civilDate(dayOf(notBefore)).year;
  // Eight years reach the next 29 February from anywhere.
  for (let year = first; year <= first + 8; year += 1) {
    const date = checkLocalDate(write(year));
    if (date.ok && date.value >= notBefore) return date;
  }
  return checkLocalDate(write(first));
}

function nextDayOfMonth(day: number, notBefore: LocalDate): Checked<LocalDate> {
  if (day < 1 || day > 31) return { ok: false, message: `No month has a day ${day}.` };
  for (let at = dayOf(notBefore); ; at += 1) {
    if (civilDate(at).day === day) return { ok: true, value: formatDay(at) };
  }
}

function slashedDate(match: RegExpExecArray, context: DateContext): Checked<LocalDate> {
  const [text, first, second, year] = match;
  const [a, b] = [Number(first), Number(second)];
  if (a <= 12 && b <= 12 && a !== b) {
    return {
      ok: false,
      message: `“${text}” can be read in two ways. Write the month as a word, such as 4 March.`,
    };
  }
  const [day, month] = a > 12 ? [a, b] : [b, a];
  return dateOf({ day, month, year }, context);
}

function looseDate(text: string, { now, zone, notBefore }: DateContext): Checked<LocalDate> | null {
  const local = now.setZone(zone);
  const today = dayOf(local.toISODate() ?? '');
  if (/^(?:the )?day after tomorrow$/.test(text)) return { ok: true, value: formatDay(today + 2) };
  if (text === 'next week') return { ok: true, value: formatDay(today + 7 - weekdayIndex(today)) };
  const found = chronoDate(text, local);
  if (!found) return null;
  const isOpen = found.weekday && !/^(?:next|last) /.test(text);
  const day = isOpen && found.on < notBefore ? dayOf(found.on) + 7 : dayOf(found.on);
  return { ok: true, value: formatDay(day) };
}

function chronoDate(text: string, local: DateTime): { on: LocalDate; weekday: boolean } | null {
  const results = chrono.parse(
    text,
    { instant: local.toJSDate(), timezone: local.offset },
    { forwardDate: true },
  );
  const [only] = results;
  if (!only || only.index !== 0 || only.text.length !== text.length || only.end) return null;
  const { start } = only;
  const weekday = start.isCertain('weekday');
  if ((!start.isCertain('day') && !weekday) || start.isCertain('hour')) return null;
  const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')];
  if (!year || !month || !day || day > daysInMonth(year, month)) return null;
  return {
    on: formatDay(dayNumber(year, month, day)),
    weekday: weekday && !start.isCertain('day'),
  };
}

const DURATION =
  /^(?:in )?(?:a|an|half an?|one|two|three|four|five|six|\d+(?:\.\d+)?|quarter|,| |and|hours?|hrs?|h|minutes?|mins?|m)+(?: from now)?$/;

/** The instant that 'in 20 minutes' or 'in 2 hours' means, on the full minute and never early; null for anything else. */
export function readDuration(phrase: string, now: DateTime): DateTime | null {
  if (!DURATION.test(phrase) || !/^in |from now$/.test(phrase)) return null;
  const [only] = chrono.parse(phrase, { instant: now.toJSDate(), timezone: 0 });
  if (!only || only.text.length !== phrase.length || !only.start.isCertain('minute')) return null;
  const at = DateTime.fromJSDate(only.start.date(), { zone: now.zone });
  const minute = at.startOf('minute');
  return minute < at ? minute.plus({ minutes: 1 }) : minute;
}

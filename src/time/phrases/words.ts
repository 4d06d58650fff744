import { WEEKDAYS, type Weekday } from '../local-date.ts';

export const WEEKDAY_NAMES: Record<Weekday, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** Matches one weekday, short or long, single or plural. */
export const WEEKDAY_WORD =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday|s)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

export const MONTH_WORD =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

/** Lower case, single spaces, no full stop at the end: how every reader of this folder gets its text. */
export function normalise(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/\b([ap])\.?\s?m\b\.?/g, '$1m')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s*,\s*/g, ', ')
    .replace(/^[\s,]+/, '')
    .replace(/[\s,.:;!?]+$/, '');
}

/** The weekday that a word names, null for any other word. */
export function weekdayOfWord(word: string): Weekday | null {
  if (!new RegExp(`^${WEEKDAY_WORD}$`).test(word)) return null;
  return WEEKDAYS.find((day) => word.startsWith(day)) ?? null;
}

/** 1 to 12; null when the word names no month. */
export function monthOfWord(word: string): number | null {
  const index = MONTHS.findIndex((month) => word.startsWith(month));
  return index < 0 ? null : index + 1;
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];
export const ORDINAL_WORD = `(?:${ORDINALS.join('|')}|\\d{1,2}(?:st|nd|rd|th)|last)`;

/** 3 for 'third' and for '3rd'; 'last' for itself. */
export function ordinalOf(word: string): number | 'last' {
  if (word === 'last') return 'last';
  const index = ORDINALS.indexOf(word);
  return index < 0 ? Number.parseInt(word, 10) : index + 1;
}

/** '1st', '2nd', '23rd', '11th'. */
export function ordinalWord(n: number): string {
  const isTeen = n % 100 >= 11 && n % 100 <= 13;
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
export const NUMBER_WORD = `(?:\\d{1,2}|${NUMBERS.join('|')})`;

export function numberOf(word: string): number {
  const index = NUMBERS.indexOf(word);
  return index < 0 ? Number.parseInt(word, 10) : index + 1;
}

/** Weekdays named in a list such as 'mon, wed and fri'; null when anything else stands in it. */
export function weekdaysOf(list: string): Weekday[] | null {
  const days = list
    .split(/,? and |, ?| ?& ?| ?\/ ?| or /)
    .map((word) => weekdayOfWord(word.trim()));
  const known = days.filter((day) => day !== null);
  return known.length === days.length ? WEEKDAYS.filter((day) => known.includes(day)) : null;
}

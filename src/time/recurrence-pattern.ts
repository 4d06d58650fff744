import {
  civilDate,
  dayNumber,
  dayOf,
  daysInMonth,
  type Weekday,
  weekdayIndex,
  weekdayOf,
} from './local-date.ts';
import type { RecurrencePattern } from './recurrence.ts';

/** Tells whether a pattern means a day (a day number), and between which days it does so at all. */
export type DayRule = { means: (day: number) => boolean; earliest?: number; latest?: number };

/** Weeks are counted from Monday. */
function weekOf(day: number): number {
  return (day - weekdayIndex(day)) / 7;
}

function everyNthWeek(pattern: { weeks: number; weekdays: Weekday[]; anchorOn: string }): DayRule {
  if (!Number.isInteger(pattern.weeks) || pattern.weeks < 1) {
    throw new RangeError(`Weeks between occurrences must be 1 or more, not ${pattern.weeks}`);
  }
  const anchor = weekOf(dayOf(pattern.anchorOn));
  return {
    means: (day) =>
      (weekOf(day) - anchor) % pattern.weeks === 0 && pattern.weekdays.includes(weekdayOf(day)),
  };
}

function dayOfMonth(day: number, shortMonth: 'lastDay' | 'skip'): DayRule {
  return {
    means(candidate) {
      const date = civilDate(candidate);
      if (date.day === day) return true;
      const length = daysInMonth(date.year, date.month);
      return shortMonth === 'lastDay' && day > length && date.day === length;
    },
  };
}

function weekdayOfMonth(nth: number | 'last', weekday: Weekday): DayRule {
  return {
    means(candidate) {
      if (weekdayOf(candidate) !== weekday) return false;
      const date = civilDate(candidate);
      if (nth === 'last') return date.day + 7 > daysInMonth(date.year, date.month);
      return Math.ceil(date.day / 7) === nth;
    },
  };
}

function businessDayOfMonth(which: 'first' | 'last', works: (day: number) => boolean): DayRule {
  return {
    means(candidate) {
      if (!works(candidate)) return false;
      const { year, month } = civilDate(candidate);
      const firstOfMonth = dayNumber(year, month, 1);
      const step = which === 'first' ? -1 : 1;
      const edge = which === 'first' ? firstOfMonth : firstOfMonth + daysInMonth(year, month) - 1;
      for (let day = candidate; day !== edge; day += step) if (works(day + step)) return false;
      return true;
    },
  };
}

/** The rule of a pattern. `works` tells business days. Throws a RangeError for a date that is none. */
export function dayRule(pattern: RecurrencePattern, works: (day: number) => boolean): DayRule {
  switch (pattern.kind) {
    case 'weekly':
      return { means: (day) => pattern.weekdays.includes(weekdayOf(day)) };
    case 'everyNthWeek':
      return everyNthWeek(pattern);
    case 'dayOfMonth':
      return dayOfMonth(pattern.day, pattern.shortMonth ?? 'lastDay');
    case 'weekdayOfMonth':
      return weekdayOfMonth(pattern.nth, pattern.weekday);
    case 'businessDayOfMonth':
      return businessDayOfMonth(pattern.which, works);
    case 'once': {
      const on = dayOf(pattern.on);
      return { means: (day) => day === on, earliest: on, latest: on };
    }
  }
}

import { formatLocalDate } from '../format.ts';
import { WEEKDAYS, type Weekday } from '../local-date.ts';
import type { RecurringPattern } from './recurring.ts';
import type { When } from './when.ts';
import { ordinalWord, WEEKDAY_NAMES } from './words.ts';

/** The words that `readWhen` reads back as the same: 'every other Monday at 09:00, starting Mon 7 Dec 2026'. */
export function printWhen(when: When): string {
  if (when.kind === 'once') return `${formatLocalDate(when.on)} at ${when.time}`;
  const from = when.from ? `, starting ${formatLocalDate(when.from)}` : '';
  const until = when.until ? `, until ${formatLocalDate(when.until)}` : '';
  return `${printPattern(when.pattern)} at ${when.time}${from}${until}`;
}

function printPattern(pattern: RecurringPattern): string {
  switch (pattern.kind) {
    case 'weekly':
      return `every ${printDays(pattern.weekdays)}`;
    case 'everyNthWeek':
      return pattern.weeks === 2
        ? `every other ${nameDays(pattern.weekdays)}`
        : `every ${pattern.weeks} weeks on ${nameDays(pattern.weekdays)}`;
    case 'dayOfMonth':
      return pattern.day === 31
        ? 'on the last day of every month'
        : `on the ${ordinalWord(pattern.day)} of every month`;
    case 'weekdayOfMonth': {
      const nth = pattern.nth === 'last' ? 'last' : ordinalWord(pattern.nth);
      return `on the ${nth} ${WEEKDAY_NAMES[pattern.weekday]} of every month`;
    }
    case 'businessDayOfMonth':
      return `on the ${pattern.which} business day of every month`;
  }
}

function printDays(days: readonly Weekday[]): string {
  const sorted = WEEKDAYS.filter((day) => days.includes(day));
  if (sorted.length === 7) return 'day';
  if (sorted.join() === 'mon,tue,wed,thu,fri') return 'weekday';
  return nameDays(sorted);
}

/** 'Monday, Wednesday and Friday'. */
function nameDays(days: readonly Weekday[]): string {
  const names = WEEKDAYS.filter((day) => days.includes(day)).map((day) => WEEKDAY_NAMES[day]);
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
}

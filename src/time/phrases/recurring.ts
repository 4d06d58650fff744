import { civilDate, dayOf, formatDay, WEEKDAYS, type Weekday, weekdayOf } from '../local-date.ts';
import type { RecurrencePattern } from '../recurrence.ts';
import type { Checked } from '../validate.ts';
import type { LocalDate } from '../wall-clock.ts';
import {
  NUMBER_WORD,
  numberOf,
  ORDINAL_WORD,
  ordinalOf,
  WEEKDAY_WORD,
  weekdayOfWord,
  weekdaysOf,
} from './words.ts';

/** A pattern that recurs: all of them but the single date. */
export type RecurringPattern = Exclude<RecurrencePattern, { kind: 'once' }>;

const BUSINESS_WEEK: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

const EACH = '(?:every |each )';
const OF_MONTH = '(?: (?:of|in) (?:the|every|each) month| (?:every|each) month| monthly)';
const DAYS = `(${WEEKDAY_WORD}(?:(?:,? and |, ?| ?& ?| ?/ ?| or )${WEEKDAY_WORD})*)`;
const BUSINESS_DAY = '(?:business|working|work) ?day';

/** One way of saying a pattern; `startOn` is the first date that it may mean. */
type Rule = {
  says: RegExp;
  read: (groups: string[], startOn: LocalDate) => Checked<RecurringPattern> | null;
};

function ok(pattern: RecurringPattern): Checked<RecurringPattern> {
  return { ok: true, value: pattern };
}

function weekly(weekdays: readonly Weekday[]): Checked<RecurringPattern> {
  return ok({ kind: 'weekly', weekdays: [...weekdays] });
}

function everyNthWeek(o: {
  weeks: number;
  days: string | undefined;
  startOn: LocalDate;
}): Checked<RecurringPattern> | null {
  const weekdays = o.days ? weekdaysOf(o.days) : [weekdayOf(dayOf(o.startOn))];
  if (!weekdays) return null;
  if (o.weeks < 1 || o.weeks > 52)
    return { ok: false, message: 'Choose between every week and every 52 weeks.' };
  if (o.weeks === 1) return weekly(weekdays);
  let anchor = dayOf(o.startOn);
  while (!weekdays.includes(weekdayOf(anchor))) anchor += 1;
  return ok({ kind: 'everyNthWeek', weeks: o.weeks, weekdays, anchorOn: formatDay(anchor) });
}

function monthDay(ordinal: number | 'last'): Checked<RecurringPattern> {
  if (ordinal === 'last') return ok({ kind: 'dayOfMonth', day: 31 });
  if (ordinal < 1 || ordinal > 31) return { ok: false, message: `No month has a day ${ordinal}.` };
  return ok({ kind: 'dayOfMonth', day: ordinal });
}

function nthWeekday(ordinal: number | 'last', word: string): Checked<RecurringPattern> | null {
  const weekday = weekdayOfWord(word);
  if (!weekday) return null;
  switch (ordinal) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
    case 'last':
      return ok({ kind: 'weekdayOfMonth', nth: ordinal, weekday });
    default:
      return {
        ok: false,
        message: 'A month has at most five of each weekday. Choose first to fifth, or last.',
      };
  }
}

const NOT_KNOWN =
  'Reminders repeat on days of the week or of the month, such as “every weekday at 9” or “monthly on the 15th”.';

const RULES: Rule[] = [
  {
    says: rule(`(?:${EACH}(?:day|single day)|daily|everyday|every|each)`),
    read: () => weekly(WEEKDAYS),
  },
  {
    says: rule(`(?:${EACH}(?:weekday|${BUSINESS_DAY})|(?:on )?(?:weekdays|${BUSINESS_DAY}s))`),
    read: () => weekly(BUSINESS_WEEK),
  },
  {
    says: rule(`(?:${EACH}weekend|(?:on |at )?(?:the )?weekends)`),
    read: () => weekly(['sat', 'sun']),
  },
  {
    says: rule(`(?:${EACH}week|weekly)(?: on ${DAYS})?`),
    read: ([days], startOn) => everyNthWeek({ weeks: 1, days, startOn }),
  },
  {
    says: rule(`${EACH}(?:other|second|2nd) ${DAYS}`),
    read: ([days], startOn) => everyNthWeek({ weeks: 2, days, startOn }),
  },
  {
    says: rule(
      `(?:${EACH}(?:other|second|2nd) week|fortnightly|${EACH}fortnight|bi-?weekly)(?: on ${DAYS})?`,
    ),
    read: ([days], startOn) => everyNthWeek({ weeks: 2, days, startOn }),
  },
  {
    says: rule(`${EACH}(${NUMBER_WORD}) weeks?(?: on ${DAYS})?`),
    read: ([weeks = '', days], startOn) => everyNthWeek({ weeks: numberOf(weeks), days, startOn }),
  },
  {
    says: rule(`${EACH}${DAYS}`),
    read: ([days = '']) => {
      const weekdays = weekdaysOf(days);
      return weekdays && weekly(weekdays);
    },
  },
  {
    says: rule(`(?:on )?((?:${WEEKDAY_WORD}(?:,? and |, ?| ?& ?))*${WEEKDAY_WORD.slice(0, -2)}s)`),
    read: ([days = '']) => {
      const weekdays = weekdaysOf(days);
      return weekdays && days.endsWith('days') ? weekly(weekdays) : null;
    },
  },
  {
    says: rule(`(?:on )?(?:${EACH}|the )?(first|1st|last) ${BUSINESS_DAY}${OF_MONTH}`),
    read: ([which]) =>
      ok({ kind: 'businessDayOfMonth', which: which === 'last' ? 'last' : 'first' }),
  },
  {
    says: rule(`(?:${EACH}month|monthly) on the (first|1st|last) ${BUSINESS_DAY}`),
    read: ([which]) =>
      ok({ kind: 'businessDayOfMonth', which: which === 'last' ? 'last' : 'first' }),
  },
  {
    says: rule(`(?:on )?(?:${EACH}|the )?(${ORDINAL_WORD}) (${WEEKDAY_WORD})${OF_MONTH}`),
    read: ([ordinal = '', day = '']) => nthWeekday(ordinalOf(ordinal), day),
  },
  {
    says: rule(`(?:${EACH}month|monthly) on the (${ORDINAL_WORD}) (${WEEKDAY_WORD})`),
    read: ([ordinal = '', day = '']) => nthWeekday(ordinalOf(ordinal), day),
  },
  {
    says: rule(`${EACH}(${ORDINAL_WORD}) (${WEEKDAY_WORD})`),
    read: ([ordinal = '', day = '']) => nthWeekday(ordinalOf(ordinal), day),
  },
  {
    says: rule(`(?:on )?(?:${EACH}|the )?(${ORDINAL_WORD})(?: day)?${OF_MONTH}`),
    read: ([ordinal = '']) => monthDay(ordinalOf(ordinal)),
  },
  {
    says: rule(
      `(?:${EACH}month|monthly)(?:,? on)? (?:the |day )?(${ORDINAL_WORD}|\\d{1,2})(?: day)?`,
    ),
    read: ([ordinal = '']) => monthDay(ordinalOf(ordinal)),
  },
  {
    says: rule(`${EACH}(\\d{1,2}(?:st|nd|rd|th))`),
    read: ([ordinal = '']) => monthDay(ordinalOf(ordinal)),
  },
  {
    says: rule(`(?:${EACH}month|monthly)`),
    read: (_groups, startOn) => monthDay(civilDate(dayOf(startOn)).day),
  },
  {
    says: rule(
      `(?:hourly|yearly|annually|quarterly|${EACH}(?:(?:other|${NUMBER_WORD}) )?(?:minute|min|hour|day|month|quarter|year)s?)`,
    ),
    read: () => ({ ok: false, message: NOT_KNOWN }),
  },
];

function rule(source: string): RegExp {
  return new RegExp(`^${source}$`);
}

/** The pattern that a normalised phrase without its time names; a sentence for one that Tandem lacks; null when it names none. */
export function readRecurring(
  phrase: string,
  startOn: LocalDate,
): Checked<RecurringPattern> | null {
  for (const { says, read } of RULES) {
    const match = says.exec(phrase);
    const pattern = match && read(match.slice(1), startOn);
    if (pattern) return pattern;
  }
  return null;
}

import type { DateTime } from 'luxon';
import {
  type CompiledCalendar,
  compiledCalendar,
  millisecondsOf,
  worksOnDay,
} from './calendar-windows.ts';
import { DAY_MS, dayOf, formatDay, type Weekday } from './local-date.ts';
import { type DayRule, dayRule } from './recurrence-pattern.ts';
import { atWallClock, type LocalDate } from './wall-clock.ts';
import type { WorkingCalendar } from './working-time.ts';
import { dayExists, shownAt } from './zone-offsets.ts';

/** Which local dates a routine is meant for, before holidays and leave. Plain data. */
export type RecurrencePattern =
  | { kind: 'weekly'; weekdays: Weekday[] }
  /** Every n-th week, counted in weeks from Monday, among them the week of `anchorOn`. */
  | { kind: 'everyNthWeek'; weeks: number; weekdays: Weekday[]; anchorOn: LocalDate }
  /** A day that a short month lacks becomes its last day, unless told to skip that month. */
  | { kind: 'dayOfMonth'; day: number; shortMonth?: 'lastDay' | 'skip' }
  | { kind: 'weekdayOfMonth'; nth: 1 | 2 | 3 | 4 | 5 | 'last'; weekday: Weekday }
  /** Business days are the working days of the person's calendar. */
  | { kind: 'businessDayOfMonth'; which: 'first' | 'last' }
  | { kind: 'once'; on: LocalDate };

/** When something recurs for one person, in the zone of that person's calendar. Plain data. */
export type Recurrence = {
  pattern: RecurrencePattern;
  /** Local time, 'HH:mm'. */
  time: string;
  /** What happens on a day without working time: nothing, the working day before or after, or asked all the same. */
  onNonWorkingDay: 'skip' | 'before' | 'after' | 'keep';
  /** First and last local date, for the date meant and the date asked on alike. */
  from?: LocalDate;
  until?: LocalDate;
  /** Local dates left out, be it the date meant or the date asked on. */
  skipOn?: LocalDate[];
};

/** One time that a routine asks: its key is the local date `on`, whatever the instant. */
export type RecurrenceTime = { on: LocalDate; at: DateTime };

/** How far ahead of `after` (or of `from`) an occurrence is looked for: four years. */
const HORIZON_DAYS = 4 * 366;
/** How far an occurrence is moved away from a long leave. */
const MAX_SHIFT_DAYS = 366;

type Search = {
  recurrence: Recurrence;
  calendar: CompiledCalendar;
  rule: DayRule;
  first: number;
  last: number;
  skipped: ReadonlySet<number>;
  works: (day: number) => boolean;
};

function prepareSearch(recurrence: Recurrence, workingCalendar: WorkingCalendar): Search {
  const calendar = compiledCalendar(workingCalendar);
  const known = new Map<number, boolean>();
  function works(day: number): boolean {
    let working = known.get(day);
    if (working === undefined) {
      working = worksOnDay(calendar, day);
      known.set(day, working);
    }
    return working;
  }
  return {
    recurrence,
    calendar,
    rule: dayRule(recurrence.pattern, works),
    first: recurrence.from === undefined ? Number.NEGATIVE_INFINITY : dayOf(recurrence.from),
    last: recurrence.until === undefined ? Number.POSITIVE_INFINITY : dayOf(recurrence.until),
    skipped: new Set((recurrence.skipOn ?? []).map(dayOf)),
    works,
  };
}

/** True when the pattern means this very date, within its bounds and not skipped. */
function isMeant(search: Search, day: number): boolean {
  return (
    day >= search.first && day <= search.last && !search.skipped.has(day) && search.rule.means(day)
  );
}

/** True when the day is meant, or follows a meant day that the zone never had. */
function isDueOn(search: Search, day: number): boolean {
  if (isMeant(search, day)) return true;
  for (let lost = day - 1; !dayExists(search.calendar.zone, lost); lost -= 1) {
    if (isMeant(search, lost)) return true;
  }
  return false;
}

/** True when the routine asks on this day: for itself, or for a non-working day moved onto it. */
function asksOn(search: Search, day: number): boolean {
  if (day < search.first || day > search.last || search.skipped.has(day)) return false;
  if (!dayExists(search.calendar.zone, day)) return false;
  const { onNonWorkingDay } = search.recurrence;
  if (onNonWorkingDay === 'keep') return isDueOn(search, day);
  if (!search.works(day)) return false;
  if (isDueOn(search, day)) return true;
  if (onNonWorkingDay === 'skip') return false;
  const step = onNonWorkingDay === 'after' ? -1 : 1;
  for (let shift = 1; shift <= MAX_SHIFT_DAYS; shift += 1) {
    const other = day + step * shift;
    if (search.works(other)) return false;
    if (dayExists(search.calendar.zone, other) && isDueOn(search, other)) return true;
  }
  return false;
}

function* occurrencesFrom(search: Search, day: number): Generator<RecurrenceTime> {
  const { rule, first, last, calendar, recurrence } = search;
  const start = Math.max(day, first, (rule.earliest ?? day) - MAX_SHIFT_DAYS);
  const end = Math.min(
    start + HORIZON_DAYS,
    last,
    (rule.latest ?? start + HORIZON_DAYS) + MAX_SHIFT_DAYS,
  );
  for (let candidate = start; candidate <= end; candidate += 1) {
    if (!asksOn(search, candidate)) continue;
    const on = formatDay(candidate);
    yield { on, at: atWallClock(on, recurrence.time, calendar.zone) };
  }
}

export type OccurrenceQuery = {
  recurrence: Recurrence;
  calendar: WorkingCalendar;
  /** Occurrences come strictly after this instant. */
  after: DateTime;
  /** Local date of the last occurrence: it and earlier dates never come again, even in a new zone. */
  afterOn?: LocalDate;
};

function* occurrencesAfter(query: OccurrenceQuery): Generator<RecurrenceTime> {
  const search = prepareSearch(query.recurrence, query.calendar);
  const after = millisecondsOf(query.after);
  // One day earlier, because a time in a gap that ends at midnight is moved past the end of its date.
  const before = Math.floor(shownAt(search.calendar.zone, after) / DAY_MS) - 1;
  const start = query.afterOn === undefined ? before : Math.max(before, dayOf(query.afterOn) + 1);
  for (const occurrence of occurrencesFrom(search, start)) {
    if (occurrence.at.toMillis() > after) yield occurrence;
  }
}

/** The next `count` occurrences, in order, at most one per local date; fewer when the routine ends or four years pass. */
export function nextOccurrences(query: OccurrenceQuery & { count: number }): RecurrenceTime[] {
  const found: RecurrenceTime[] = [];
  if (query.count < 1) return found;
  for (const occurrence of occurrencesAfter(query)) {
    found.push(occurrence);
    if (found.length >= query.count) break;
  }
  return found;
}

/** The first occurrence strictly after `after`; null when there is none within four years. Local time holds across DST. */
export function nextOccurrence(
  recurrence: Recurrence,
  calendar: WorkingCalendar,
  after: DateTime | Pick<OccurrenceQuery, 'after' | 'afterOn'>,
): RecurrenceTime | null {
  const bound = 'after' in after ? after : { after };
  return nextOccurrences({ recurrence, calendar, ...bound, count: 1 })[0] ?? null;
}

/** Every occurrence in (after, until], at most four years of them. */
export function occurrencesBetween(query: OccurrenceQuery & { until: DateTime }): RecurrenceTime[] {
  const until = millisecondsOf(query.until);
  const found: RecurrenceTime[] = [];
  for (const occurrence of occurrencesAfter(query)) {
    if (occurrence.at.toMillis() > until) break;
    found.push(occurrence);
  }
  return found;
}

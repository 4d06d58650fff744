import type { DateTime } from 'luxon';
import { holidayExceptions, holidaysFor } from '../../time/holidays.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import type { WorkingCalendar } from '../../time/working-time.ts';

/** Whose public holidays somebody has off, with the dates on which they differ from it. */
export type HolidayPlan = {
  country: string | null;
  region: string | null;
  corrections: HolidayCorrection[];
};

/** A date that is off although the calendar does not say so, or is worked although it does. */
export type HolidayCorrection = {
  on: LocalDate;
  isOff: boolean;
  name: string;
  /** A day off of the person's company. */
  isCompany: boolean;
};

export type Holiday = { on: LocalDate; name: string };

/** The years whose holidays stand in a working calendar: last year's, this one's and the next two. */
export function yearsAround(now: DateTime): number[] {
  return [now.year - 1, now.year, now.year + 1, now.year + 2];
}

/** Every day off of these years, corrected, in order. A country without data has only the added ones. */
export function daysOff(plan: HolidayPlan, years: readonly number[]): Holiday[] {
  const off = plan.corrections.filter((one) => one.isOff);
  const added = Object.fromEntries(off.map((one) => [one.on, one.name]));
  const removed = plan.corrections.filter((one) => !one.isOff).map((one) => one.on);
  const result = plan.country
    ? holidaysFor({
        country: plan.country,
        ...(plan.region && { region: plan.region }),
        years,
        added,
        removed,
      })
    : null;
  const days = result?.ok ? result.holidays : added;
  return Object.entries(days)
    .map(([on, name]) => ({ on, name }))
    .toSorted((a, b) => (a.on < b.on ? -1 : 1));
}

/** The next days off from the local date `today` on, at most `count`. */
export function nextHolidays(plan: HolidayPlan, o: { today: LocalDate; count: number }): Holiday[] {
  const year = Number(o.today.slice(0, 4));
  return daysOff(plan, [year, year + 1, year + 2])
    .filter(({ on }) => on >= o.today)
    .slice(0, o.count);
}

/** The exceptions of a working calendar that the plan stands for. */
export function planExceptions(
  plan: HolidayPlan,
  now: DateTime,
): NonNullable<WorkingCalendar['exceptions']> {
  const days = daysOff(plan, yearsAround(now));
  return holidayExceptions(Object.fromEntries(days.map(({ on, name }) => [on, name])));
}

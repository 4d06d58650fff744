import type { DateTime } from 'luxon';
import { occurrencesBetween, type Recurrence } from '../../time/recurrence.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import { type WorkingCalendar, workingTimeBetween } from '../../time/working-time.ts';

export const FORECAST_DAYS = 7;

/** Shares of the working time above which the load is amber, and red. */
export const AMBER_ABOVE = 0.85;
export const RED_ABOVE = 1;

/** One local day of the EA that is looked at; the first one begins now. */
export type ForecastDay = { on: LocalDate; from: DateTime; until: DateTime };

/** Work that is due on one day. */
export type DueWork = {
  minutes: number;
  count: number;
  /** How many of them have no estimate, and so add nothing to the minutes. */
  withoutEstimate: number;
};

export const NO_WORK: DueWork = { minutes: 0, count: 0, withoutEstimate: 0 };

export type DayLoad = DueWork & { on: LocalDate; availableMinutes: number };

/** In words: green, amber or red. 'closed' has work and no working time at all. */
export type LoadLevel = 'fits' | 'tight' | 'over' | 'closed';

export type Forecast = DueWork & {
  days: DayLoad[];
  availableMinutes: number;
  /** Null when there is no working time to compare with. */
  share: number | null;
  level: LoadLevel;
  /** The first day by which more is due than there is working time until then. */
  firstOverOn: LocalDate | null;
};

/** Today, from now on, and the six days after it in the calendar's zone. */
export function forecastDays({ zone }: WorkingCalendar, now: DateTime): ForecastDay[] {
  const midnight = now.setZone(zone).startOf('day');
  return Array.from({ length: FORECAST_DAYS }, (_, index) => {
    const start = midnight.plus({ days: index }).startOf('day');
    const until = midnight.plus({ days: index + 1 }).startOf('day');
    return { on: start.toISODate() ?? '', from: index === 0 ? now : start, until };
  });
}

/** What these duties ask for on each of the days; what is due by now is a delegation already. */
export function dutyWork(
  duties: readonly { recurrence: Recurrence; minutes: number | null }[],
  o: { calendar: WorkingCalendar; now: DateTime; days: readonly ForecastDay[] },
): DueWork[] {
  const until = o.days.at(-1)?.until ?? o.now;
  const work = o.days.map(() => ({ ...NO_WORK }));
  for (const { recurrence, minutes } of duties) {
    for (const { on } of occurrencesBetween({
      recurrence,
      calendar: o.calendar,
      after: o.now,
      until,
    })) {
      const day = work[o.days.findIndex((one) => one.on === on)];
      if (day)
        add(day, { minutes: minutes ?? 0, count: 1, withoutEstimate: minutes === null ? 1 : 0 });
    }
  }
  return work;
}

function add(to: DueWork, more: DueWork): void {
  to.minutes += more.minutes;
  to.count += more.count;
  to.withoutEstimate += more.withoutEstimate;
}

/** What is due against the working time that is left, day by day. Work without an estimate is counted and weighs nothing. */
export function buildForecast(o: {
  calendar: WorkingCalendar;
  days: readonly ForecastDay[];
  /** One list for each kind of work, each with an entry for each day. */
  work: readonly (readonly DueWork[])[];
}): Forecast {
  const total = { ...NO_WORK };
  let availableMinutes = 0;
  let firstOverOn: LocalDate | null = null;
  const days = o.days.map(({ on, from, until }, index): DayLoad => {
    const due = { ...NO_WORK };
    for (const list of o.work) add(due, list[index] ?? NO_WORK);
    const available = Math.floor(workingTimeBetween(o.calendar, from, until) / 60_000);
    add(total, due);
    availableMinutes += available;
    if (total.minutes > availableMinutes) firstOverOn ??= on;
    return { on, ...due, availableMinutes: available };
  });
  const share = availableMinutes > 0 ? total.minutes / availableMinutes : null;
  return {
    ...total,
    days,
    availableMinutes,
    share,
    level: levelOf(total.minutes, share),
    firstOverOn,
  };
}

function levelOf(minutes: number, share: number | null): LoadLevel {
  if (minutes === 0) return 'fits';
  if (share === null) return 'closed';
  if (share > RED_ABOVE) return 'over';
  return share > AMBER_ABOVE ? 'tight' : 'fits';
}

/** 115 for a share of 1.149: rounded, but never onto the side of a bound where it is not. */
export function percentOf(share: number): number {
  const rounded = Math.round(share * 100);
  for (const bound of [AMBER_ABOVE, RED_ABOVE]) {
    if (share > bound && rounded <= bound * 100) return Math.round(bound * 100) + 1;
  }
  return rounded;
}

import { DateTime } from 'luxon';
import { workingSpansOn } from '../../time/calendar-windows.ts';
import { dayOf, formatDay } from '../../time/local-date.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import {
  addWorkingTime,
  type WorkingCalendar,
  workingTimeBetween,
} from '../../time/working-time.ts';

/** The local date at an instant, in the calendar's zone. */
export function localDateAt(calendar: WorkingCalendar, at: DateTime): LocalDate {
  return at.setZone(calendar.zone).toISODate() ?? '';
}

/**
 * When the work of that local day ends: of the night shift that runs at `at`, else of the shifts that start on its
 * date. Null on a day without work.
 */
export function endOfWorkOn(calendar: WorkingCalendar, at: DateTime): DateTime | null {
  const on = localDateAt(calendar, at);
  const now = at.toMillis();
  const night = workingSpansOn(calendar, formatDay(dayOf(on) - 1)).find(
    (span) => span.start <= now && now < span.end,
  );
  const last = night ?? workingSpansOn(calendar, on).at(-1);
  return last ? DateTime.fromMillis(last.end, { zone: at.zone }) : null;
}

/**
 * A response window that lasts until the day's work ends, but at least `atLeastMinutes` of working time, so it may
 * run on into the next working day. Null when the calendar never opens.
 */
export function untilEndOfWork(o: {
  calendar: WorkingCalendar;
  from: DateTime;
  atLeastMinutes: number;
}): DateTime | null {
  const { calendar, from } = o;
  const least = afterWorkingTime(calendar, from, o.atLeastMinutes * 60_000);
  const end = endOfWorkOn(calendar, from);
  if (least === null || end === null) return least;
  return end > least ? end : least;
}

/** `addWorkingTime`, or null when the calendar never opens again. */
export function afterWorkingTime(
  calendar: WorkingCalendar,
  from: DateTime,
  milliseconds: number,
): DateTime | null {
  try {
    return addWorkingTime(calendar, from, milliseconds);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Shares of the response window, in the person's working time, at which a reminder goes out. */
export const REMINDER_SHARES: readonly number[] = [0.5, 0.8];

/** When each reminder of a response window is due, in order; none when the window holds no working time. */
export function reminderTimes(o: {
  calendar: WorkingCalendar;
  askedAt: DateTime;
  windowEndsAt: DateTime;
  shares: readonly number[];
}): DateTime[] {
  const { calendar, askedAt, windowEndsAt } = o;
  const length = workingTimeBetween(calendar, askedAt, windowEndsAt);
  if (length <= 0) return [];
  return o.shares.flatMap((share) => {
    const at = afterWorkingTime(calendar, askedAt, length * share);
    return at && at < windowEndsAt ? [at] : [];
  });
}

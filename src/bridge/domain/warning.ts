import type { DateTime } from 'luxon';
import { type WorkingCalendar, workingWindows } from '../../time/working-time.ts';
import type { ClockChange } from './overlap.ts';

/** Which of the two warnings about a change is due: in the week before it, or on the last working day before it. */
export type WarningTime = 'week' | 'day';

/** What is to be said about a change to somebody who starts work at `now`; null when it is too early. */
export function dueWarning(
  change: Pick<ClockChange, 'at'>,
  o: { calendar: WorkingCalendar; now: DateTime },
): WarningTime | null {
  const { calendar, now } = o;
  if (change.at <= now) return null;
  const next = nextDayStart(calendar, now);
  if (next === null || next >= change.at) return 'day';
  return change.at.diff(now).as('days') <= WEEK_DAYS ? 'week' : null;
}

/** A week and some hours: who starts at nine is warned a week before a change in the night. */
const WEEK_DAYS = 7.5;

function nextDayStart(calendar: WorkingCalendar, now: DateTime): DateTime | null {
  const { zone } = calendar;
  const tomorrow = now.setZone(zone).startOf('day').plus({ days: 1 });
  const windows = workingWindows(calendar, tomorrow, tomorrow.plus({ days: 31 }));
  return windows.flatMap(({ start }) => (start ? [start] : [])).at(0) ?? null;
}

/** When somebody's last stretch of work before `now` ended: what came after it is news to them. */
export function lastWorkEnd(calendar: WorkingCalendar, now: DateTime): DateTime {
  const windows = workingWindows(calendar, now.minus({ days: LOOK_BACK_DAYS }), now);
  const ended = windows.flatMap(({ end }) => (end && end < now ? [end] : [])).at(-1);
  return ended ?? now.minus({ days: 1 });
}

const LOOK_BACK_DAYS = 45;

/** Whether somebody was on leave at some time from `since` to `now`. */
export function wasAway(calendar: WorkingCalendar, since: DateTime, now: DateTime): boolean {
  return (calendar.away ?? []).some(({ from, until }) => from < now && until > since);
}

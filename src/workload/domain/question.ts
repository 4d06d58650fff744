import type { DateTime } from 'luxon';
import { isWorkingDay } from '../../time/calendar-windows.ts';
import { dayOf, formatDay } from '../../time/local-date.ts';
import { atWallClock, type LocalDate } from '../../time/wall-clock.ts';
import { type WorkingCalendar, workingWindows } from '../../time/working-time.ts';

export const ANSWERS = ['moved', 'dropped', 'kept'] as const;

export type LoadAnswer = (typeof ANSWERS)[number];

/** One delegation that could give way, lowest priority first. Its title is read when it is shown. */
export type QuestionItem = { delegationId: string; answer: LoadAnswer | null };

export type LoadQuestion = {
  workspaceId: string;
  pairId: string;
  weekOn: LocalDate;
  askedAt: DateTime;
  content: {
    dueMinutes: number;
    availableMinutes: number;
    n: number;
    withoutEstimate: number;
    items: QuestionItem[];
  };
};

/** As many as one message asks about. */
export const MOST_ITEMS = 6;

/** Days by which "Move" puts something off. */
export const MOVE_DAYS = 7;

/** The Monday of the week of `at` on that clock. */
export function weekOf(at: DateTime, zone: string): LocalDate {
  return at.setZone(zone).startOf('week').toISODate() ?? '';
}

/** Days from one question to the next at least, by the days of the clock in `zone`. */
const PAUSE_DAYS = 7;

/** Whether seven days lie between the last question and `now`, whatever the time of day. */
export function mayAskAgain(o: { lastAt: DateTime | null; now: DateTime; zone: string }): boolean {
  if (!o.lastAt) return true;
  const dayAt = (at: DateTime) => dayOf(at.setZone(o.zone).toISODate() ?? '');
  return dayAt(o.now) - dayAt(o.lastAt) >= PAUSE_DAYS;
}

/** Working days are looked for no further; somebody away for longer gets the date as it is. */
const DAYS_LOOKED_AT = 60;

/**
 * A week after `dueAt`, or after today when that has passed, at the same time on the calendar's clock: on that day or
 * the next one on which there is work then.
 */
export function dueAfterMove(
  dueAt: DateTime,
  o: { calendar: WorkingCalendar; now: DateTime },
): DateTime {
  const { calendar, now } = o;
  const local = dueAt.setZone(calendar.zone);
  const late = Math.max(0, Math.ceil(now.diff(dueAt, 'days').days));
  const first = dayOf(local.toISODate() ?? '') + late + MOVE_DAYS;
  const at = (days: number) =>
    atWallClock(formatDay(first + days), local.toFormat('HH:mm'), calendar.zone);
  for (let days = 0; days < DAYS_LOOKED_AT; days += 1) {
    const moved = at(days);
    const isAway = calendar.away?.some(({ from, until }) => from < moved && moved < until);
    // A night's work ends on the day after.
    const isNight = workingWindows(calendar, moved.minus({ minutes: 1 }), moved).length > 0;
    if (!isAway && (isNight || isWorkingDay(calendar, formatDay(first + days)))) return moved;
  }
  return at(0);
}

import type { DateTime } from 'luxon';
import { nextOccurrences, type RecurrenceTime } from '../../time/recurrence.ts';
import { nextWorkingInstant, type WorkingCalendar } from '../../time/working-time.ts';
import { type Reminder, recurrenceOf } from './reminder.ts';

export type NextTime = RecurrenceTime & {
  /** When it is sent instead, because `at` lies outside of working hours; null when it is sent at `at`. */
  heldUntil: DateTime | null;
};

type Timed = Pick<Reminder, 'timing' | 'urgent' | 'mutedUntilOn' | 'pausedAt' | 'deletedAt'>;

/** The next times of a reminder, in order, with what quiet hours make of them. */
export function nextTimes(
  reminder: Timed,
  o: { calendar: WorkingCalendar; now: DateTime; count: number },
): NextTime[] {
  const { calendar, now, count } = o;
  const recurrence = recurrenceOf(reminder, calendar);
  return nextOccurrences({ recurrence, calendar, after: now, count }).map((next) => ({
    ...next,
    heldUntil: reminder.urgent ? null : holdUntil(calendar, next.at),
  }));
}

/** The next work start for an instant outside of working hours; null inside, or when work never starts again. */
function holdUntil(calendar: WorkingCalendar, at: DateTime): DateTime | null {
  const opensAt = nextWorkingInstant(calendar, at);
  return opensAt && opensAt > at ? opensAt : null;
}

import type { DateTime } from 'luxon';
import type { Pair } from '../../pairs/index.ts';
import type { Weekday } from '../../time/local-date.ts';
import type { When } from '../../time/phrases/when.ts';
import type { Recurrence } from '../../time/recurrence.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import { addWorkingTime, type WorkingCalendar } from '../../time/working-time.ts';

export type Reminder = {
  workspaceId: string;
  id: string;
  pairId: string;
  /** Who wrote it. */
  fromId: string;
  /** Who is reminded. */
  forId: string;
  text: string;
  /** On the clock of the one who is reminded. */
  timing: When;
  urgent: boolean;
  tellWhenDone: boolean;
  repeats: number;
  createdAt: DateTime;
  editedAt: DateTime | null;
  pausedAt: DateTime | null;
  /** Local date on which a muted series begins again. */
  mutedUntilOn: LocalDate | null;
  /** Set for a single reminder that was sent. */
  sentAt: DateTime | null;
  deletedAt: DateTime | null;
};

/** What a person writes; the rest of a reminder follows from it. */
export type ReminderContent = Pick<
  Reminder,
  'pairId' | 'forId' | 'text' | 'timing' | 'urgent' | 'tellWhenDone' | 'repeats'
>;

/** Longest text, in UTF-16 units. */
export const MAX_TEXT = 1000;
/** How often a reminder is repeated at most. */
export const MAX_REPEATS = 5;
export const DEFAULT_REPEATS = 1;

/** Working minutes of the receiver between two repeats, and after the last one. */
const REPEAT_MINUTES = 60;

/** Hours for which a deleted reminder can be restored. */
export const RESTORE_HOURS = 24;

export function isForSelf(reminder: Pick<Reminder, 'fromId' | 'forId'>): boolean {
  return reminder.fromId === reminder.forId;
}

/** What the engine is given: a week's day that is never worked is kept, a worked one is left out on holidays. */
export function recurrenceOf(
  reminder: Pick<Reminder, 'timing' | 'urgent' | 'mutedUntilOn' | 'pausedAt' | 'deletedAt'>,
  calendar: WorkingCalendar,
): Recurrence {
  const { pausedAt, deletedAt } = reminder;
  const rests = pausedAt !== null || deletedAt !== null;
  const recurrence = activeRecurrenceOf(reminder, calendar);
  // The end lies in the past, so that planning anew for whatever reason cannot wake it.
  return rests ? { ...recurrence, until: LONG_AGO } : recurrence;
}

const LONG_AGO = '1970-01-01';

function activeRecurrenceOf(
  reminder: Pick<Reminder, 'timing' | 'urgent' | 'mutedUntilOn'>,
  calendar: WorkingCalendar,
): Recurrence {
  const { timing, mutedUntilOn } = reminder;
  if (timing.kind === 'once')
    return { pattern: { kind: 'once', on: timing.on }, time: timing.time, onNonWorkingDay: 'keep' };
  const { pattern, time, until } = timing;
  const from = [timing.from, mutedUntilOn]
    .filter((on) => on !== undefined && on !== null)
    .toSorted()
    .at(-1);
  const isWeekly = pattern.kind === 'weekly' || pattern.kind === 'everyNthWeek';
  const onlyWorkdays = isWeekly && pattern.weekdays.every((day) => worksOn(calendar, day));
  return {
    pattern,
    time,
    onNonWorkingDay: onlyWorkdays && !reminder.urgent ? 'skip' : 'keep',
    ...(from && { from }),
    ...(until && { until }),
  };
}

function worksOn(calendar: WorkingCalendar, day: Weekday): boolean {
  return (calendar.weekly[day] ?? []).length > 0;
}

/** The pair of these two people among those of one of them; null when they have none together. */
export function pairWith(pairs: readonly Pair[], partnerId: string): Pair | null {
  return (
    pairs.find(({ executive, ea }) => executive.userId === partnerId || ea.userId === partnerId) ??
    null
  );
}

/** Until when an answer is waited for: an hour of working time after it was sent and after each repeat. Null when work never opens. */
export function windowEnd(
  reminder: Pick<Reminder, 'repeats'>,
  calendar: WorkingCalendar,
  askedAt: DateTime,
): DateTime | null {
  const length = (reminder.repeats + 1) * REPEAT_MINUTES * 60_000;
  try {
    return addWorkingTime(calendar, askedAt, length);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

import type { DateTime } from 'luxon';
import { workingSpansOn } from '../time/calendar-windows.ts';
import {
  nextOccurrence,
  occurrencesBetween,
  type Recurrence,
  type RecurrenceTime,
} from '../time/recurrence.ts';
import type { LocalDate } from '../time/wall-clock.ts';
import type { WorkingCalendar } from '../time/working-time.ts';

/** Something recurring for one person of a pair. `kind` names what is done when it is due. */
export type Routine = {
  workspaceId: string;
  id: string;
  pairId: string;
  userId: string;
  kind: string;
  recurrence: Recurrence;
  calendar: WorkingCalendar;
};

export type OccurrenceState = 'due' | 'asked' | 'snoozed' | 'done' | 'skipped' | 'not_asked';

export type OccurrenceKey = { workspaceId: string; routineId: string; dueOn: LocalDate };

export type Occurrence = OccurrenceKey & {
  dueAt: DateTime;
  state: OccurrenceState;
  reason: string | null;
  askedTimes: number;
  nextStepAt: DateTime | null;
};

/** A routine whose time has come, with the occurrence that was planned. */
export type DueRoutine = Routine & { due: RecurrenceTime };

export type SweepResult = {
  occurrences: { on: LocalDate; at: DateTime; state: 'due' | 'not_asked'; reason: string | null }[];
  next: RecurrenceTime | null;
};

export const MISSED_WHILE_AWAY = 'Tandem was not running at that time';

/**
 * What a due routine does at `now`: the latest occurrence is asked if it still makes sense, earlier ones are
 * recorded as not asked, and the next one lies strictly after `now`. After an outage nobody is asked twice.
 */
export function advanceRoutine(routine: DueRoutine, now: DateTime): SweepResult {
  const { recurrence, calendar, due } = routine;
  const later = occurrencesBetween({
    recurrence,
    calendar,
    after: due.at,
    afterOn: due.on,
    until: now,
  });
  const all = [due, ...later];
  const last = all.at(-1) ?? due;
  const occurrences = all.map((one) => {
    const ask = one === last && isWorthAsking({ due: one, calendar, now });
    return {
      ...one,
      state: ask ? ('due' as const) : ('not_asked' as const),
      reason: ask ? null : MISSED_WHILE_AWAY,
    };
  });
  return {
    occurrences,
    next: nextOccurrence(recurrence, calendar, { after: now, afterOn: last.on }),
  };
}

/** Minutes after its time within which an occurrence is asked whatever the working hours say. */
const ALWAYS_WITHIN_MINUTES = 15;

/** Whether a question may still be asked at `now`: on time, or before that day's work ends. */
export function isWorthAsking(o: {
  due: RecurrenceTime;
  calendar: WorkingCalendar;
  now: DateTime;
}): boolean {
  const { due, calendar, now } = o;
  if (now <= due.at.plus({ minutes: ALWAYS_WITHIN_MINUTES })) return true;
  const endOfWork = workingSpansOn(calendar, due.on).at(-1)?.end;
  return endOfWork !== undefined && now.toMillis() < endOfWork;
}

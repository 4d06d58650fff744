import type { DateTime } from 'luxon';
import {
  nextOccurrence,
  occurrencesBetween,
  type Recurrence,
  type RecurrenceTime,
} from '../../time/recurrence.ts';
import type { WorkingCalendar } from '../../time/working-time.ts';
import type { DueRoutine } from './routine.ts';
import { endOfWorkOn } from './window.ts';

/** What a sweep writes for one routine. */
export type Advance = {
  occurrences: (RecurrenceTime & { state: 'due' | 'not_asked'; reason: string | null })[];
  next: RecurrenceTime | null;
};

export const NOT_RUNNING = 'Tandem was not running at that time';

/**
 * What a due routine does at `now`: the latest occurrence is asked if it still makes sense, earlier ones are
 * recorded as not asked, and the next one lies strictly after `now`. After an outage nobody is asked twice.
 */
export function advanceRoutine(routine: DueRoutine, now: DateTime): Advance {
  const { recurrence, calendar, due } = routine;
  const following = nextOccurrence(recurrence, calendar, { after: due.at, afterOn: due.on });
  const isPunctual = following === null || following.at > now;
  const all = isPunctual ? [due] : [due, ...missedSince(routine, now)];
  const last = all.at(-1) ?? due;
  const occurrences = all.map((one) => {
    const ask =
      one === last && (isSingle(recurrence) || isWorthAsking({ plannedAt: one.at, calendar, now }));
    return {
      ...one,
      state: ask ? ('due' as const) : ('not_asked' as const),
      reason: ask ? null : NOT_RUNNING,
    };
  });
  return {
    occurrences,
    next: isPunctual
      ? following
      : nextOccurrence(recurrence, calendar, { after: now, afterOn: last.on }),
  };
}

function missedSince({ recurrence, calendar, due }: DueRoutine, now: DateTime): RecurrenceTime[] {
  return occurrencesBetween({ recurrence, calendar, after: due.at, afterOn: due.on, until: now });
}

/** What happens only once is asked however late: there is no next time that makes up for it. */
export function isSingle(recurrence: Recurrence): boolean {
  return recurrence.pattern.kind === 'once';
}

/** Milliseconds after its time within which a question is on time. */
const PUNCTUAL_MS = 15 * 60_000;

/** Whether a question planned for `plannedAt` may still be asked at `now`: on time, or before that day's work ends. */
export function isWorthAsking(o: {
  plannedAt: DateTime;
  calendar: WorkingCalendar;
  now: DateTime;
}): boolean {
  const { plannedAt, calendar, now } = o;
  if (now.toMillis() - plannedAt.toMillis() <= PUNCTUAL_MS) return true;
  const end = endOfWorkOn(calendar, plannedAt);
  return end !== null && now < end;
}

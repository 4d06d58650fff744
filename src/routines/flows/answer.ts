import type { DateTime } from 'luxon';
import type { Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import { nextWorkingInstant } from '../../time/working-time.ts';
import { MAX_SNOOZES, type Occurrence, standingOf } from '../domain/occurrence.ts';
import type { RoutineOf } from '../domain/routine.ts';
import { type SnoozeChoice, snoozeEnd } from '../domain/snooze.ts';
import type { LockedOccurrence } from '../store/occurrences.ts';

export type OccurrenceOf = RoutineOf & { dueOn: LocalDate };

/**
 * The person has done it: on time, in the grace time or late. Nobody is reminded or told any more. Null when the
 * routine had no occurrence on that day; the first answer counts. Call inside a transaction.
 */
export async function answerOccurrence(
  stores: Stores,
  of: OccurrenceOf,
  now: DateTime,
): Promise<Occurrence | null> {
  const found = await stores.routines.lockOccurrenceOf(of);
  if (!found) return null;
  const { occurrence } = found;
  if (occurrence.state === 'done') return occurrence;
  return await stores.routines.change(occurrence, {
    state: 'done',
    reason: null,
    standing: standingOf(occurrence.windowEndsAt, now),
    answeredAt: now,
    next: null,
    now,
  });
}

/**
 * Asks again after a while or at a picked instant, at the next work start when that is in quiet hours. Only this
 * occurrence moves, never the routine.
 */
export async function snoozeOccurrence(
  stores: Stores,
  of: OccurrenceOf,
  o: { until: SnoozeChoice | DateTime; now: DateTime },
): Promise<{ occurrence: Occurrence; until: DateTime }> {
  const { occurrence, routine } = await lockOpen(stores, of);
  if (occurrence.snoozedTimes >= MAX_SNOOZES) {
    throw new UserFacingError(
      `You have put this off ${MAX_SNOOZES} times already. Do it now, or skip it and say why.`,
    );
  }
  const { calendar } = routine;
  const picked =
    typeof o.until === 'string' ? snoozeEnd(o.until, { calendar, now: o.now }) : o.until;
  if (picked <= o.now) throw new UserFacingError('That time has passed. Choose a later one.');
  const until = nextWorkingInstant(calendar, picked) ?? picked;
  const snoozed = await stores.routines.change(occurrence, {
    state: 'snoozed',
    reason: null,
    snoozedTimes: occurrence.snoozedTimes + 1,
    next: { step: 'ask', at: until },
    now: o.now,
  });
  return { occurrence: snoozed, until };
}

/** Leaves this occurrence out. It does not count as missed. */
export async function skipOccurrence(
  stores: Stores,
  of: OccurrenceOf,
  o: { reason: string | null; now: DateTime },
): Promise<Occurrence> {
  const { occurrence } = await lockOpen(stores, of);
  const { reason, now } = o;
  return await stores.routines.change(occurrence, { state: 'skipped', reason, next: null, now });
}

async function lockOpen(stores: Stores, of: OccurrenceOf): Promise<LockedOccurrence> {
  const found = await stores.routines.lockOccurrenceOf(of);
  if (!found) throw new UserFacingError('There is nothing planned for that day any more.');
  const sentence = CLOSED[found.occurrence.state];
  if (sentence !== null) throw new UserFacingError(sentence);
  return found;
}

const CLOSED: Record<Occurrence['state'], string | null> = {
  due: null,
  asked: null,
  snoozed: null,
  done: 'This is done already.',
  missed: 'The time for this is over, so it cannot be put off. You can still do it now.',
  skipped: 'This is skipped already.',
  excused: 'This is excused already: you need not do it.',
  not_asked: 'This was not asked, so there is nothing to put off.',
};

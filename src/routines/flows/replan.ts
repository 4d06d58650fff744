import type { DateTime } from 'luxon';
import type { Stores } from '../../deps.ts';
import { nextOccurrence } from '../../time/recurrence.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Routine } from '../domain/routine.ts';
import { isCutShort, isOffByCalendar } from '../domain/steps.ts';
import { localDateAt } from '../domain/window.ts';
import { stepJob, toStepJobs } from '../queues.ts';

/** Days back that leave and holidays entered afterwards still excuse what was missed. */
const EXCUSED_DAYS_BACK = 31;

/**
 * After a person's calendar changed (zone, hours, holidays, leave): plans their routines anew, never a local date
 * that has passed, and excuses what is open or was missed on a day that is now off. Call in the transaction of that
 * change.
 */
export async function replanMember(
  stores: Stores,
  o: { workspaceId: string; userId: string; now: DateTime },
): Promise<void> {
  const { workspaceId, userId, now } = o;
  for (const routine of await stores.routines.lockAllOf(workspaceId, userId)) {
    const { recurrence, calendar, lastDueOn } = routine;
    const after = { after: now, ...(lastDueOn && { afterOn: lastDueOn }) };
    // What is due already belongs to the next sweep, which asks or excuses it by the new calendar.
    if (!routine.next || routine.next.at > now)
      await stores.routines.setNext(routine, nextOccurrence(recurrence, calendar, after));
    if (recurrence.onNonWorkingDay === 'keep') continue;
    const open = await stores.routines.lockOpen(routine);
    const from = localDateAt(calendar, now.minus({ days: EXCUSED_DAYS_BACK }));
    const missed = await stores.routines.lockMissed(routine, from);
    const excused = [
      ...missed.filter(({ dueOn }) => isOffByCalendar(calendar, dueOn)),
      ...open.filter((occurrence) => isCutShort({ occurrence, calendar, now })),
    ];
    for (const occurrence of excused) await excuse(stores, occurrence, now);
  }
}

/** Plans nothing more for a pair and excuses what is open. Call in the transaction that ends it. */
export async function stopPair(
  stores: Stores,
  o: { workspaceId: string; pairId: string; now: DateTime },
): Promise<void> {
  for (const routine of await stores.routines.lockAllOfPair(o.workspaceId, o.pairId)) {
    await stores.routines.setNext(routine, null);
    await excuseOpen(stores, routine, o.now);
  }
}

/** Excuses what a person was asked and has not answered, in all their pairs. */
export async function excuseMember(
  stores: Stores,
  o: { workspaceId: string; userId: string; now: DateTime },
): Promise<void> {
  for (const routine of await stores.routines.lockAllOf(o.workspaceId, o.userId))
    await excuseOpen(stores, routine, o.now);
}

async function excuseOpen(stores: Stores, routine: Routine, now: DateTime): Promise<void> {
  for (const occurrence of await stores.routines.lockOpen(routine))
    await excuse(stores, occurrence, now);
}

async function excuse(stores: Stores, occurrence: Occurrence, now: DateTime): Promise<void> {
  const { workspaceId, routineId, dueOn } = occurrence;
  await stores.routines.change(occurrence, { next: { step: 'excuse', at: null }, now });
  const due = { workspaceId, routineId, dueOn, step: 'excuse', plannedAt: now } as const;
  await stores.enqueue(stepJob, toStepJobs([due]));
}

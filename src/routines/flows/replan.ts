import type { DateTime } from 'luxon';
import type { Stores } from '../../deps.ts';
import { nextOccurrence } from '../../time/recurrence.ts';
import { isCutShort } from '../domain/steps.ts';
import { stepJob, toStepJobs } from '../queues.ts';

/**
 * After a person's calendar changed (zone, hours, holidays, leave): plans their routines anew, never a local date
 * that has passed, and excuses what is open on a day that is now off. Call in the transaction of that change.
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
    for (const occurrence of await stores.routines.lockOpen(routine)) {
      if (!isCutShort({ occurrence, calendar, now })) continue;
      await stores.routines.change(occurrence, { next: { step: 'excuse', at: null }, now });
      const { routineId, dueOn } = occurrence;
      const due = { workspaceId, routineId, dueOn, step: 'excuse', plannedAt: now } as const;
      await stores.enqueue(stepJob, toStepJobs([due]));
    }
  }
}

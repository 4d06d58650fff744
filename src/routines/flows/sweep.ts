import type { DateTime } from 'luxon';
import type { Deps } from '../../deps.ts';
import { type Advance, advanceRoutine } from '../domain/advance.ts';
import type { DueRoutine } from '../domain/routine.ts';
import { stepJob, toStepJobs } from '../queues.ts';

/** Rows of one transaction: it stays well below a second. */
const BATCH = 1000;

/** Finds what is due, plans the next times and queues the questions; each batch is one transaction. */
export async function sweepRoutines(deps: Deps): Promise<void> {
  let claimed: number;
  do {
    claimed = await deps.transact(async (stores) => {
      const now = deps.now();
      const due = await stores.routines.claimDue(now, BATCH);
      if (due.length === 0) return 0;
      const decided = due.map((routine) => ({ routine, advance: decide(deps, routine, now) }));
      const steps = await stores.routines.advanceAll(decided, now);
      await stores.enqueue(stepJob, toStepJobs(steps));
      return due.length;
    });
  } while (claimed === BATCH);
}

/** A routine that cannot be read is looked at again in an hour, so that it holds up no other. */
function decide(deps: Deps, routine: DueRoutine, now: DateTime): Advance {
  try {
    return advanceRoutine(routine, now);
  } catch (error) {
    const { workspaceId, id, kind } = routine;
    deps.log.error({ err: error, workspaceId, routine: id, kind }, 'a routine cannot be planned');
    return { occurrences: [], next: { on: routine.due.on, at: now.plus({ hours: 1 }) } };
  }
}

/** Queues the steps whose time has come: reminders, ends of windows, snoozes that are over. */
export async function sweepSteps(deps: Deps): Promise<void> {
  let claimed: number;
  do {
    claimed = await deps.transact(async (stores) => {
      const steps = await stores.routines.claimSteps(deps.now(), BATCH);
      await stores.enqueue(stepJob, toStepJobs(steps));
      return steps.length;
    });
  } while (claimed === BATCH);
}

import type { Feature } from '../feature.ts';
import { handleEach } from '../jobs/index.ts';
import type { RoutineKind } from './flows/kind.ts';
import { takeSteps } from './flows/step.ts';
import { sweepRoutines, sweepSteps } from './flows/sweep.ts';
import { readStepJob, stepJob } from './queues.ts';
import { ROUTINE_RECORDS } from './views/records.ts';

export type { Occurrence } from './domain/occurrence.ts';
export type { PlannedRoutine, RoutineControls, RoutineOf } from './domain/routine.ts';
export { nextWorkStart, type SnoozeChoice, snoozeEnd } from './domain/snooze.ts';
export { untilEndOfWork } from './domain/window.ts';
export {
  answerOccurrence,
  type OccurrenceOf,
  skipOccurrence,
  snoozeOccurrence,
} from './flows/answer.ts';
export type { RoutineCall, RoutineKind } from './flows/kind.ts';
export { changeControls, planRoutine, previewControls, skipNext } from './flows/plan.ts';
export { excuseMember, replanMember, stopPair } from './flows/replan.ts';
export { createRoutineStore, type RoutineStore } from './store/routines.ts';

/** Makes routines of these kinds come due. */
export function routines(kinds: readonly RoutineKind[]): Feature {
  return {
    name: 'routines',
    records: ROUTINE_RECORDS,
    jobs: (deps) => [handleEach(stepJob, (job) => takeSteps(deps, kinds, readStepJob(job)))],
    sweeps: (deps) => [
      {
        name: 'routines.due',
        run: () => sweepRoutines(deps),
        nextAt: () => deps.routines.nextDueAt(),
      },
      {
        name: 'routines.steps',
        run: () => sweepSteps(deps),
        nextAt: () => deps.routines.nextStepAt(),
      },
    ],
  };
}

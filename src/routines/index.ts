import type { Feature } from '../feature.ts';
import { handleEach } from '../jobs/index.ts';
import { askOccurrence, type RoutineKind, sweepRoutines, sweepSnoozed } from './flows.ts';
import { askJob } from './queues.ts';

export type { Occurrence, OccurrenceKey, Routine } from './domain.ts';
export { planRoutine, type RoutineKind } from './flows.ts';
export { createRoutineStore, type RoutineStore } from './store.ts';

/** Makes routines of these kinds come due. */
export function routines(kinds: readonly RoutineKind[]): Feature {
  return {
    name: 'routines',
    jobs: (deps) => [handleEach(askJob, (key) => askOccurrence(deps, kinds, key))],
    sweeps: (deps) => [
      {
        name: 'routines.due',
        run: () => sweepRoutines(deps),
        nextAt: () => deps.routines.nextAt(),
      },
      { name: 'routines.snoozed', run: () => sweepSnoozed(deps) },
    ],
  };
}

import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import { createOccurrenceStore } from './occurrences.ts';
import { createPlanStore } from './plans.ts';
import { createSweepStore } from './sweep.ts';

export function createRoutineStore(db: Tx) {
  return {
    ...createPlanStore(db),
    ...createOccurrenceStore(db),
    ...createSweepStore(db),

    /** When a routine is next due or an occurrence has its next step, where the app is installed; or null. */
    async nextAt(): Promise<DateTime | null> {
      const pair = { workspace: { removedAt: null } };
      const routine = await db.routine.findFirst({
        where: { nextDueAt: { not: null }, pair },
        orderBy: { nextDueAt: 'asc' },
        select: { nextDueAt: true },
      });
      const occurrence = await db.occurrence.findFirst({
        where: { nextStepAt: { not: null }, routine: { pair } },
        orderBy: { nextStepAt: 'asc' },
        select: { nextStepAt: true },
      });
      const times = [routine?.nextDueAt, occurrence?.nextStepAt].flatMap((at) => (at ? [at] : []));
      const first = times.toSorted((a, b) => a.getTime() - b.getTime()).at(0);
      return first ? toInstant(first) : null;
    },
  };
}

export type RoutineStore = ReturnType<typeof createRoutineStore>;

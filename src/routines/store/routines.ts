import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import { createOccurrenceStore } from './occurrences.ts';
import { createPlanStore } from './plans.ts';
import { createSweepStore } from './sweep.ts';

const INSTALLED = { workspace: { removedAt: null } };

export function createRoutineStore(db: Tx) {
  return {
    ...createPlanStore(db),
    ...createOccurrenceStore(db),
    ...createSweepStore(db),

    /** When a routine is next due, where the app is installed; null when none is. */
    async nextDueAt(): Promise<DateTime | null> {
      const routine = await db.routine.findFirst({
        where: { nextDueAt: { not: null }, pair: INSTALLED },
        orderBy: { nextDueAt: 'asc' },
        select: { nextDueAt: true },
      });
      return routine?.nextDueAt ? toInstant(routine.nextDueAt) : null;
    },

    /** When an occurrence has its next step, where the app is installed; null when none has. */
    async nextStepAt(): Promise<DateTime | null> {
      const occurrence = await db.occurrence.findFirst({
        where: { nextStepAt: { not: null }, routine: { pair: INSTALLED } },
        orderBy: { nextStepAt: 'asc' },
        select: { nextStepAt: true },
      });
      return occurrence?.nextStepAt ? toInstant(occurrence.nextStepAt) : null;
    },
  };
}

export type RoutineStore = ReturnType<typeof createRoutineStore>;

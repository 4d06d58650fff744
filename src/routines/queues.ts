import { DateTime } from 'luxon';
import { z } from 'zod';
import { defineJob } from '../jobs/index.ts';
import type { DueStep } from './domain/occurrence.ts';

const Step = z.object({
  workspaceId: z.string(),
  routineId: z.string(),
  dueOn: z.string(),
  step: z.enum(['ask', 'remind', 'close', 'tell', 'excuse']),
  /** When it was to be taken. */
  plannedAt: z.iso.datetime(),
});

/**
 * Takes steps of some occurrences. Several share a job, because queueing costs more than they do; a step that is
 * taken is not taken again, so a job that failed in part can be repeated as a whole.
 */
export const stepJob = defineJob({
  name: 'routines.step',
  data: z.object({ steps: z.array(Step) }),
  // Nothing else takes a step that was queued, so it is tried for a day; a process that dies counts as a try too.
  retryLimit: 300,
});

type StepJob = { steps: z.infer<typeof Step>[] };

const STEPS_PER_JOB = 10;

/** The jobs that take these steps. */
export function toStepJobs(steps: readonly DueStep[]): StepJob[] {
  const items = steps.map(({ plannedAt, ...step }) => ({
    ...step,
    plannedAt: plannedAt.toUTC().toISO() ?? '',
  }));
  return Array.from({ length: Math.ceil(items.length / STEPS_PER_JOB) }, (_, index) => ({
    steps: items.slice(index * STEPS_PER_JOB, (index + 1) * STEPS_PER_JOB),
  }));
}

export function readStepJob(job: StepJob): DueStep[] {
  return job.steps.map((step) => ({ ...step, plannedAt: DateTime.fromISO(step.plannedAt) }));
}

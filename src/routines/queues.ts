import { z } from 'zod';
import { defineJob } from '../jobs/index.ts';

/** Takes one step of one occurrence. `plannedAt` is the instant at which it was to be taken. */
export const stepJob = defineJob({
  name: 'routines.step',
  data: z.object({
    workspaceId: z.string(),
    routineId: z.string(),
    dueOn: z.string(),
    step: z.enum(['ask', 'remind', 'close', 'tell', 'excuse']),
    plannedAt: z.iso.datetime(),
  }),
});

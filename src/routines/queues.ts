import { z } from 'zod';
import { defineJob } from '../jobs/index.ts';

/** Asks one occurrence. */
export const askJob = defineJob({
  name: 'routines.ask',
  data: z.object({ workspaceId: z.string(), routineId: z.string(), dueOn: z.string() }),
});

import { z } from 'zod';
import { defineJob } from '../jobs/index.ts';

/** Wakes one process: a Home tab is to be published. Which one stands in the rows, so a lost or doubled signal does no harm. */
export const publishJob = defineJob({
  name: 'home.publish',
  data: z.object({ workspaceId: z.string() }),
});

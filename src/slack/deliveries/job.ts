import { z } from 'zod';
import { defineJob } from '../../jobs/index.ts';

/** Wakes one process: there is something to send. What there is to send stands in the rows, so a lost or doubled one does no harm. */
export const sendJob = defineJob({
  name: 'deliveries.send',
  data: z.object({ workspaceId: z.string() }),
});

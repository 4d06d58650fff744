import { z } from 'zod';
import { defineJob } from '../../jobs/index.ts';

/** Sends one delivery. Doing it twice does no harm: the row says whether there is anything left to do. */
export const sendJob = defineJob({
  name: 'deliveries.send',
  data: z.object({ workspaceId: z.string(), id: z.string() }),
});

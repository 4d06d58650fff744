import { z } from 'zod';
import { defineJob } from '../jobs/index.ts';

/** Builds the files of an export and hands them over. What is done by then stands in the row, so it can be repeated. */
export const exportJob = defineJob({
  name: 'privacy.export',
  data: z.object({ workspaceId: z.string(), id: z.string() }),
  retryLimit: 20,
  expireInSeconds: 900,
});

/** Takes messages away from Slack that were erased here. One that is gone already is done. */
export const unpostJob = defineJob({
  name: 'privacy.unpost',
  data: z.object({
    workspaceId: z.string(),
    places: z.array(z.object({ channel: z.string(), ts: z.string() })),
  }),
  retryLimit: 100,
});

export const PLACES_PER_JOB = 20;

import { z } from 'zod';
import { defineJob } from '../jobs/index.ts';

const ImportKey = z.object({ workspaceId: z.string(), id: z.string() });

/** Reads the file of an import and says what would come of it. */
export const readImportJob = defineJob({
  name: 'delegations.read-import',
  data: ImportKey,
  retryLimit: 5,
  expireInSeconds: 300,
});

/** Writes a confirmed import, all of it or nothing. */
export const writeImportJob = defineJob({
  name: 'delegations.write-import',
  data: ImportKey,
  retryLimit: 5,
  expireInSeconds: 300,
});

/** Looks anew at the work of a pair that has very much of it, after its hours have changed. */
export const replanJob = defineJob({
  name: 'delegations.replan',
  data: z.object({ workspaceId: z.string(), pairId: z.string(), below: z.int() }),
  retryLimit: 5,
  expireInSeconds: 300,
});

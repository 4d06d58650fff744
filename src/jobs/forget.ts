import type { Tx } from '../database/index.ts';

/** Deletes queued and finished jobs whose data or outcome holds one of these words, dead letters too. */
export async function forgetJobs(tx: Tx, words: readonly string[]): Promise<void> {
  const [found] = await tx.$queryRaw<{ exists: boolean }[]>`
    SELECT to_regclass('pgboss.job') IS NOT NULL AS exists`;
  if (!found?.exists) return;
  for (const word of words) {
    await tx.$executeRaw`
      DELETE FROM pgboss.job
      WHERE position(${word} IN data::text) > 0 OR position(${word} IN coalesce(output::text, '')) > 0`;
  }
}

import type { PgBoss } from 'pg-boss';
import type { JobDefinition } from './index.ts';

/** Where items of a queue end up that failed for good. */
export function deadLetterQueue(name: string): string {
  return `${name}.dead`;
}

/** Creates a job's queue and its queue of dead letters, or brings their settings up to date. */
export async function openQueue(boss: PgBoss, job: JobDefinition<object>): Promise<void> {
  const deadLetter = deadLetterQueue(job.name);
  const settings = {
    deadLetter,
    notify: true,
    retryLimit: job.retryLimit ?? 5,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 300,
    expireInSeconds: job.expireInSeconds ?? 120,
    // What a killed process had begun is taken up by others after this time.
    heartbeatSeconds: 15,
    deleteAfterSeconds: 24 * 60 * 60,
  };
  await boss.createQueue(deadLetter, { retentionSeconds: 60 * 24 * 60 * 60 });
  await boss.createQueue(job.name, settings);
  await boss.updateQueue(job.name, settings);
}

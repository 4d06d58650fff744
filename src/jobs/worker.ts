import type { JobResult, JobWithMetadata, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { asRequest } from '../operation/request.ts';
import type { JobHandler, RunContext } from './index.ts';

const POLL_SECONDS = 2;

/** Starts working on a handler's queue; the result names the worker. */
export async function workQueue(options: {
  boss: PgBoss;
  handler: JobHandler;
  log: Logger;
}): Promise<string> {
  const { boss, handler, log } = options;
  return boss.work(
    handler.job.name,
    {
      batchSize: handler.batchSize,
      localConcurrency: handler.concurrency,
      includeMetadata: true,
      perJobResults: true,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: POLL_SECONDS,
      // Retries and delays become due without a notification, so polling stays as frequent.
      notifyPollingIntervalSeconds: POLL_SECONDS,
    },
    (jobs: JobWithMetadata<object>[]) => asRequest(() => runBatch({ jobs, handler, log })),
  );
}

async function runBatch(options: {
  jobs: JobWithMetadata<object>[];
  handler: JobHandler;
  log: Logger;
}): Promise<JobResult[]> {
  const { jobs, handler, log } = options;
  const readable = jobs.filter((job) => handler.job.data.safeParse(job.data).success);
  const outcomes = await handler.run(
    readable.map((job) => ({ data: job.data, context: toContext(job) })),
  );
  const outcomeOf = new Map(readable.map((job, index) => [job.id, outcomes[index]]));
  return jobs.map((job) => {
    const outcome = outcomeOf.get(job.id);
    if (outcome?.status === 'fulfilled') return { id: job.id, status: 'completed' };
    const about = { job: job.name, id: job.id, attempt: job.retryCount + 1 };
    if (!outcomeOf.has(job.id)) {
      log.error(about, 'a job cannot be read and is put aside');
      return { id: job.id, status: 'deadletter', output: { message: 'its data cannot be read' } };
    }
    const error: unknown = outcome?.reason ?? new Error('the handler gave no outcome');
    if (toContext(job).isLastAttempt) log.error({ ...about, err: error }, 'a job failed for good');
    else log.warn({ ...about, err: error }, 'a job failed and will be tried again');
    return { id: job.id, status: 'failed', output: error };
  });
}

function toContext(job: JobWithMetadata<object>): RunContext {
  return {
    signal: job.signal,
    attempt: job.retryCount + 1,
    isLastAttempt: job.retryCount >= job.retryLimit,
  };
}

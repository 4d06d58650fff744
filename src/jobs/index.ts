import { setTimeout } from 'node:timers/promises';
import { fromPrisma, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { ZodType } from 'zod';
import type { Database, Tx } from '../database/index.ts';
import { createQueueState, type QueueDepth } from './queue-state.ts';
import { deadLetterQueue, openQueue } from './queues.ts';
import { type Sweep, type SweepTimes, startTicking, sweepOnce } from './sweeps.ts';

export type { Sweep } from './sweeps.ts';

import { workQueue } from './worker.ts';

/** A kind of queued work: its name for ever, what one item holds, and how often it is tried. */
export type JobDefinition<T extends object> = {
  name: string;
  /** Items are JSON: what this reads back is what was enqueued. */
  data: ZodType<T>;
  /** Tries after the first one, with exponential pauses between them; then it is a dead letter. */
  retryLimit?: number;
  /** Seconds after which a try counts as failed and its `signal` is aborted. */
  expireInSeconds?: number;
};

export type RunContext = {
  /** Aborted when the time is up, the claim was lost, or the process stops waiting. */
  signal: AbortSignal;
  /** 1 for the first try. */
  attempt: number;
  isLastAttempt: boolean;
};

/** One item of a batch. */
export type WorkItem<T> = { data: T; context: RunContext };

/** Who works on a queue. Made by `handleEach` or `handleBatch`. */
export type JobHandler = {
  job: JobDefinition<object>;
  /** Items taken at once, which also run at once. */
  batchSize: number;
  /** Batches at once, in this process. */
  concurrency: number;
  /** One outcome for each item, in their order; items that cannot be read never get here. */
  run(items: WorkItem<object>[]): Promise<PromiseSettledResult<unknown>[]>;
};

type HandlerOptions = Partial<Pick<JobHandler, 'batchSize' | 'concurrency'>>;

/** Names a kind of work, once, beside the code that enqueues it. */
export function defineJob<T extends object>(definition: JobDefinition<T>): JobDefinition<T> {
  return definition;
}

/** Works on items one by one; those of a batch run side by side and fail each for itself. */
export function handleEach<T extends object>(
  job: JobDefinition<T>,
  run: (item: T, context: RunContext) => Promise<void>,
  options: HandlerOptions = {},
): JobHandler {
  return handleBatch(
    job,
    (items) => Promise.allSettled(items.map(async ({ data, context }) => run(data, context))),
    options,
  );
}

/** Works on a whole batch; `run` answers with one outcome for each item, in their order. */
export function handleBatch<T extends object>(
  job: JobDefinition<T>,
  run: (items: WorkItem<T>[]) => Promise<PromiseSettledResult<unknown>[]>,
  options: HandlerOptions = {},
): JobHandler {
  return {
    job,
    batchSize: options.batchSize ?? 20,
    concurrency: options.concurrency ?? 1,
    run: (items) =>
      run(items.map(({ data, context }) => ({ data: job.data.parse(data), context }))),
  };
}

/**
 * Queues items in the transaction of the change that causes them: they run after it commits, and not
 * at all when it does not. One statement, however many. `startAfter` is in seconds of real time.
 */
// oxlint-disable-next-line max-params -- the delay is the exception
export type Enqueue = <T extends object>(
  tx: Tx,
  job: JobDefinition<T>,
  items: T[],
  options?: { startAfter?: number },
) => Promise<void>;

export type Jobs = {
  /** Creates the queues and begins to work. With `tick: 'manual'` no clock runs the sweeps. */
  start(work: {
    handlers: JobHandler[];
    sweeps: Sweep[];
    tick: 'cron' | 'manual';
    /** Queues that are filled here and worked on elsewhere. */
    others?: JobDefinition<object>[];
  }): Promise<void>;
  enqueue: Enqueue;
  /**
   * Runs every sweep once, or those that are wanted, one after another, and says how many there were. A failing one is
   * logged and does not stop the next.
   */
  runSweeps(isWanted?: (sweep: Sweep) => Promise<boolean>): Promise<number>;
  /** Resolves when no job that could run now is queued or running; jobs for later do not count. */
  idle(): Promise<void>;
  depth(): Promise<QueueDepth[]>;
  /** Seconds since each sweep last ended well, or since the start; empty when no clock runs them. */
  sweepAges(): { sweep: string; seconds: number }[];
  /** Puts the dead letters of a job back into its queue and says how many there were. */
  retryDeadLetters(job: JobDefinition<object>): Promise<number>;
  /** Takes no more work, lets running work finish for up to `within` milliseconds, gives back the rest. */
  stop(options?: { within?: number }): Promise<void>;
};

/** The queue on a database that is open and stays open until `stop` has resolved. */
export function createJobs(options: { database: Database; log: Logger }): Jobs {
  const { database } = options;
  const log = options.log.child({ part: 'jobs' });
  const boss = new PgBoss({
    ...database.jobsConnection,
    schema: 'pgboss',
    schedule: false,
    useListenNotify: true,
    registerInstance: false,
    openTelemetry: { enabled: false },
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
    reindex: database.kind === 'postgres',
    monitorVacuum: database.kind === 'postgres',
  });
  boss.on('error', (error) => log.error({ err: error }, 'the job queue reports an error'));
  boss.on('warning', (warning) => log.warn({ warning }, 'the job queue reports a warning'));

  const queues: string[] = [];
  const workers: string[] = [];
  const times: SweepTimes = new Map();
  let sweeps: Sweep[] = [];
  let stopTicking: (() => Promise<void>) | undefined;
  const state = createQueueState({ boss, queues, workers });

  return {
    async start(work) {
      await boss.start();
      sweeps = work.sweeps;
      for (const { job } of work.handlers) {
        await openQueue(boss, job);
        queues.push(job.name);
      }
      for (const job of work.others ?? []) await openQueue(boss, job);
      if (database.kind === 'embedded') await state.releaseOrphans();
      for (const handler of work.handlers) {
        workers.push(await workQueue({ boss, handler, log }));
      }
      for (const { name } of sweeps) times.set(name, performance.now());
      if (work.tick === 'cron') stopTicking = startTicking({ sweeps, log, times });
    },
    // oxlint-disable-next-line max-params -- as in Enqueue
    async enqueue(tx, job, items, { startAfter = 0 } = {}) {
      if (items.length === 0) return;
      const inserts = items.map((data) => ({
        data,
        startAfter: Math.ceil(startAfter * 1000) / 1000,
      }));
      await boss.insert(job.name, inserts, { db: fromPrisma(tx) });
    },
    async runSweeps(isWanted) {
      let count = 0;
      for (const sweep of sweeps) {
        if (isWanted && !(await isWanted(sweep))) continue;
        await sweepOnce(sweep, { log, times });
        count += 1;
      }
      return count;
    },
    idle: state.idle,
    depth: state.depth,
    sweepAges() {
      if (!stopTicking) return [];
      return [...times].map(([sweep, at]) => ({ sweep, seconds: (performance.now() - at) / 1000 }));
    },
    async retryDeadLetters(job) {
      return boss.redrive(deadLetterQueue(job.name), { destination: job.name });
    },
    async stop({ within = 10_000 } = {}) {
      await Promise.race([stopTicking?.(), setTimeout(within, undefined, { ref: false })]);
      await boss.stop({ graceful: true, timeout: within });
    },
  };
}

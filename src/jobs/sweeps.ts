import { schedule } from 'node-cron';
import type { Logger } from 'pino';
import { asRequest } from '../operation/request.ts';

/** What looks for rows that are due, each minute on every replica. */
export type Sweep = { name: string; run(): Promise<void> };

const EVERY_MINUTE = '* * * * *';

/** When each sweep last ended well, on the machine's monotonic clock. */
export type SweepTimes = Map<string, number>;

export type Sweeping = { log: Logger; times: SweepTimes };

/** Runs a sweep; a failure is logged with its name and goes no further. */
export async function sweepOnce(sweep: Sweep, { log, times }: Sweeping): Promise<void> {
  try {
    await asRequest(() => sweep.run());
    times.set(sweep.name, performance.now());
  } catch (error) {
    log.error({ err: error, sweep: sweep.name }, 'a sweep failed');
  }
}

/** Runs each sweep at once and then every minute, never the same one twice at a time. */
export function startTicking(options: Sweeping & { sweeps: Sweep[] }): () => Promise<void> {
  const { sweeps, log } = options;
  const running = new Set<Promise<void>>();
  const logger = {
    info: (message: string) => log.debug(message),
    warn: (message: string) => log.warn(message),
    error: (message: string | Error) => log.error({ err: message }, 'the minute tick failed'),
    debug: () => {},
  };
  const tasks = sweeps.map((sweep) => {
    const task = schedule(EVERY_MINUTE, () => track(sweepOnce(sweep, options)), {
      name: sweep.name,
      noOverlap: true,
      logger,
    });
    task.on('execution:missed', () => {});
    void task.execute();
    return task;
  });

  async function track(run: Promise<void>): Promise<void> {
    running.add(run);
    await run;
    running.delete(run);
  }

  return async () => {
    await Promise.all(tasks.map(async (task) => task.destroy()));
    await Promise.all(running);
  };
}

import { setTimeout } from 'node:timers/promises';
import type { PgBoss } from 'pg-boss';
import { deadLetterQueue } from './queues.ts';

export type QueueDepth = {
  queue: string;
  /** Could run now. */
  ready: number;
  /** Waiting for their time. */
  delayed: number;
  active: number;
  deadLetters: number;
};

// The queue's delays are in the database's real time, unlike every due time of the product.
/* oxlint-disable tandem/clock */
const BUSY = `
  SELECT 1 FROM pgboss.job
   WHERE name = ANY($1::text[])
     AND (state = 'active' OR (state < 'active' AND NOT blocked AND start_after <= now()))
   LIMIT 1`;
const DEPTH = `
  SELECT name,
         count(*) FILTER (WHERE state < 'active' AND start_after <= now())::int AS ready,
         count(*) FILTER (WHERE state < 'active' AND start_after > now())::int AS delayed,
         count(*) FILTER (WHERE state = 'active')::int AS active
    FROM pgboss.job
   WHERE name = ANY($1::text[]) AND state <= 'active'
   GROUP BY name`;
/* oxlint-enable tandem/clock */
const LONGEST_PAUSE = 25;
const ORPHANS = `SELECT id, name FROM pgboss.job WHERE name = ANY($1::text[]) AND state = 'active'`;

/** What is in the queues `queues` and whether anything runs; both lists may still grow. */
export function createQueueState(options: { boss: PgBoss; queues: string[]; workers: string[] }) {
  const { boss, queues, workers } = options;

  async function isBusy(): Promise<boolean> {
    const { rows } = await boss.getDb().executeSql(BUSY, [queues]);
    return rows.length > 0;
  }

  async function idle(): Promise<void> {
    for (let pause = 2; await isBusy(); pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
      for (const worker of workers) boss.notifyWorker(worker);
      await setTimeout(pause);
    }
  }

  async function depth(): Promise<QueueDepth[]> {
    const names = queues.flatMap((queue) => [queue, deadLetterQueue(queue)]);
    const { rows } = await boss.getDb().executeSql(DEPTH, [names]);
    const byName = new Map<string, Omit<QueueDepth, 'queue' | 'deadLetters'>>(
      rows.map((row) => [row.name, row]),
    );
    return queues.map((queue) => {
      const { ready = 0, delayed = 0, active = 0 } = byName.get(queue) ?? {};
      const deadLetters = byName.get(deadLetterQueue(queue))?.ready ?? 0;
      return { queue, ready, delayed, active, deadLetters };
    });
  }

  /** Gives back what a killed process had begun. Only for a database that nobody else can use. */
  async function releaseOrphans(): Promise<void> {
    const { rows } = await boss.getDb().executeSql(ORPHANS, [queues]);
    for (const { id, name } of rows) {
      await boss.fail(name, id, { message: 'the process that worked on it has ended' });
    }
  }

  return { idle, depth, releaseOrphans };
}

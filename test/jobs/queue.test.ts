import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { z } from 'zod';
import type { Database } from '../../src/database/index.ts';
import {
  createJobs,
  defineJob,
  handleBatch,
  handleEach,
  type JobHandler,
  type Jobs,
} from '../../src/jobs/index.ts';
import { bothKinds } from '../support/databases.ts';

const log = pino({ level: 'silent' });
const greet = defineJob({ name: 'test.greet', data: z.object({ name: z.string() }) });
const hopeless = defineJob({
  name: 'test.hopeless',
  data: z.object({ name: z.string() }),
  retryLimit: 0,
});

describe.each(await bothKinds())('on $kind', ({ create }) => {
  let database: Database;
  let jobs: Jobs;
  let greeted: string[];

  beforeEach(async () => {
    database = await create();
    jobs = createJobs({ database, log });
    greeted = [];
  });
  afterEach(async () => {
    await jobs.stop({ within: 1_000 });
    await database.close();
  });

  const greeter = handleEach(greet, async ({ name }) => {
    greeted.push(name);
  });
  async function startWith(...handlers: JobHandler[]): Promise<void> {
    await jobs.start({ handlers, sweeps: [], tick: 'manual' });
  }
  async function depthOf(queue: string) {
    return (await jobs.depth()).find((depth) => depth.queue === queue);
  }

  test('a job runs after the transaction that queued it commits', async () => {
    await startWith(greeter);
    await database.prisma.$transaction((tx) => jobs.enqueue(tx, greet, [{ name: 'Ana' }]));
    await jobs.idle();
    expect(greeted).toEqual(['Ana']);
  });

  test('a transaction that is rolled back queues nothing', async () => {
    await startWith(greeter);
    const failing = database.prisma.$transaction(async (tx) => {
      await jobs.enqueue(tx, greet, [{ name: 'Ana' }]);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await jobs.idle();
    expect(greeted).toEqual([]);
    expect(await depthOf(greet.name)).toMatchObject({ ready: 0, delayed: 0 });
  });

  test('a job starts at once and not at the next poll', async () => {
    const started = Promise.withResolvers<number>();
    await startWith(handleEach(greet, async () => started.resolve(performance.now())));
    await jobs.idle();
    await database.prisma.$transaction((tx) => jobs.enqueue(tx, greet, [{ name: 'Ana' }]));
    const committed = performance.now();
    expect((await started.promise) - committed).toBeLessThan(500);
  });

  test('a thousand jobs are queued by one statement and all run once', async () => {
    await startWith(greeter);
    const names = Array.from({ length: 1_000 }, (_, index) => `Person ${index}`);
    await jobs.enqueue(
      database.prisma,
      greet,
      names.map((name) => ({ name })),
    );
    await jobs.idle();
    expect(greeted.toSorted()).toEqual(names.toSorted());
  });

  test('one failing job of a batch does not fail the others, and is tried again', async () => {
    const attempts: number[] = [];
    await startWith(
      handleEach(greet, async ({ name }, { attempt }) => {
        if (name === 'Bo') attempts.push(attempt);
        if (name === 'Bo' && attempt === 1) throw new Error('not yet');
        greeted.push(name);
      }),
    );
    await jobs.enqueue(database.prisma, greet, [{ name: 'Ana' }, { name: 'Bo' }, { name: 'Cy' }]);
    await jobs.idle();
    expect(greeted.toSorted()).toEqual(['Ana', 'Cy']);
    expect(await depthOf(greet.name)).toMatchObject({ delayed: 1, deadLetters: 0 });
    while (attempts.length < 2) await setTimeout(20);
    await jobs.idle();
    expect(greeted.toSorted()).toEqual(['Ana', 'Bo', 'Cy']);
    expect(attempts).toEqual([1, 2]);
  });

  test('a batch handler says for each item what came of it', async () => {
    await startWith(
      handleBatch(hopeless, async (items) =>
        items.map(({ data }) =>
          data.name === 'Bo'
            ? { status: 'rejected', reason: new Error('no') }
            : { status: 'fulfilled', value: null },
        ),
      ),
    );
    await jobs.enqueue(database.prisma, hopeless, [{ name: 'Ana' }, { name: 'Bo' }]);
    await jobs.idle();
    expect(await depthOf(hopeless.name)).toMatchObject({ ready: 0, delayed: 0, deadLetters: 1 });
  });

  test('what fails for good is a dead letter and can be tried again on request', async () => {
    let broken = true;
    await startWith(
      handleEach(hopeless, async ({ name }, { isLastAttempt }) => {
        expect(isLastAttempt).toBe(true);
        if (broken) throw new Error('broken');
        greeted.push(name);
      }),
    );
    await jobs.enqueue(database.prisma, hopeless, [{ name: 'Ana' }]);
    await jobs.idle();
    expect(await depthOf(hopeless.name)).toMatchObject({ ready: 0, active: 0, deadLetters: 1 });
    broken = false;
    expect(await jobs.retryDeadLetters(hopeless)).toBe(1);
    await jobs.idle();
    expect(greeted).toEqual(['Ana']);
    expect(await depthOf(hopeless.name)).toMatchObject({ deadLetters: 0 });
  });

  test('a job that this version cannot read is put aside, and the others of its batch run', async () => {
    await startWith(greeter);
    const unreadable = { ...greet, data: z.object({ name: z.number() }) };
    await database.prisma.$transaction(async (tx) => {
      await jobs.enqueue(tx, unreadable, [{ name: 7 }]);
      await jobs.enqueue(tx, greet, [{ name: 'Ana' }]);
    });
    await jobs.idle();
    expect(greeted).toEqual(['Ana']);
    expect(await depthOf(greet.name)).toMatchObject({ ready: 0, delayed: 0, deadLetters: 1 });
  });

  test('a job for later does not keep the queue from being idle, and runs when its time comes', async () => {
    await startWith(greeter);
    await jobs.enqueue(database.prisma, greet, [{ name: 'Ana' }], { startAfter: 0.4 });
    await jobs.idle();
    expect(greeted).toEqual([]);
    expect(await depthOf(greet.name)).toMatchObject({ ready: 0, delayed: 1 });
    while ((await depthOf(greet.name))?.delayed === 1) await setTimeout(20);
    await jobs.idle();
    expect(greeted).toEqual(['Ana']);
  });

  test('jobs that queue jobs are all done when the queue is idle', async () => {
    await startWith(
      handleEach(greet, async ({ name }) => {
        greeted.push(name);
        if (name.length < 6) await jobs.enqueue(database.prisma, greet, [{ name: `${name}!` }]);
      }),
    );
    await jobs.enqueue(database.prisma, greet, [{ name: 'A' }]);
    await jobs.idle();
    expect(greeted).toEqual(['A', 'A!', 'A!!', 'A!!!', 'A!!!!', 'A!!!!!']);
  });

  test('stopping lets a running job finish', async () => {
    const running = Promise.withResolvers<void>();
    await startWith(
      handleEach(greet, async ({ name }) => {
        running.resolve();
        await setTimeout(200);
        greeted.push(name);
      }),
    );
    await jobs.enqueue(database.prisma, greet, [{ name: 'Ana' }]);
    await running.promise;
    await jobs.stop({ within: 5_000 });
    expect(greeted).toEqual(['Ana']);
    const left = await database.prisma.$queryRaw`
      SELECT state::text FROM pgboss.job WHERE name = ${greet.name}`;
    expect(left).toEqual([{ state: 'completed' }]);
  });

  test('stopping gives back what does not finish in time, and tells it so', async () => {
    const running = Promise.withResolvers<void>();
    const told = Promise.withResolvers<void>();
    await startWith(
      handleEach(greet, async (_item, { signal }) => {
        signal.addEventListener('abort', () => told.resolve());
        running.resolve();
        await told.promise;
        throw new Error('interrupted');
      }),
    );
    await jobs.enqueue(database.prisma, greet, [{ name: 'Ana' }]);
    await running.promise;
    await jobs.stop({ within: 1_000 });
    await told.promise;
    const left = await database.prisma.$queryRaw`
      SELECT state::text FROM pgboss.job WHERE name = ${greet.name}`;
    expect(left).toEqual([{ state: 'retry' }]);

    jobs = createJobs({ database, log });
    await startWith(greeter);
    while (greeted.length === 0) await setTimeout(20);
    expect(greeted).toEqual(['Ana']);
  });
});

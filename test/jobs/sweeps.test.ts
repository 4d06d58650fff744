import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Database } from '../../src/database/index.ts';
import { createJobs, type Jobs } from '../../src/jobs/index.ts';
import { createTestDatabase } from '../support/databases.ts';

let database: Database;
let jobs: Jobs;
let lines: { sweep?: string; err?: { message: string } }[];

beforeEach(async () => {
  lines = [];
  database = await createTestDatabase();
  jobs = createJobs({
    database,
    log: pino({}, { write: (line: string) => lines.push(JSON.parse(line)) }),
  });
});
afterEach(async () => {
  await jobs.stop({ within: 1_000 });
  await database.close();
});

test('a sweep that fails is logged by name and does not stop the others', async () => {
  const ran: string[] = [];
  await jobs.start({
    handlers: [],
    sweeps: [
      { name: 'first', run: async () => void ran.push('first') },
      { name: 'failing', run: () => Promise.reject(new Error('out of paper')) },
      { name: 'last', run: async () => void ran.push('last') },
    ],
    tick: 'manual',
  });
  await jobs.runSweeps();
  expect(ran).toEqual(['first', 'last']);
  expect(lines).toEqual([
    expect.objectContaining({
      sweep: 'failing',
      err: expect.objectContaining({ message: 'out of paper' }),
    }),
  ]);
});

test('without a clock nothing runs by itself', async () => {
  let runs = 0;
  await jobs.start({
    handlers: [],
    sweeps: [{ name: 'count', run: async () => void runs++ }],
    tick: 'manual',
  });
  expect(runs).toBe(0);
  await jobs.runSweeps();
  await jobs.runSweeps();
  expect(runs).toBe(2);
});

test('with the clock every sweep runs at once at the start, and stopping waits for one that runs', async () => {
  const started = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  let finished = false;
  await jobs.start({
    handlers: [],
    sweeps: [
      {
        name: 'slow',
        async run() {
          started.resolve();
          await release.promise;
          finished = true;
        },
      },
    ],
    tick: 'cron',
  });
  await started.promise;
  const stopping = jobs.stop({ within: 1_000 });
  release.resolve();
  await stopping;
  expect(finished).toBe(true);
});

import { setTimeout } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { z } from 'zod';
import type { Database, Tx } from '../../src/database/index.ts';
import type { Deps, Stores } from '../../src/deps.ts';
import { createJobs, defineJob, handleEach, type Jobs } from '../../src/jobs/index.ts';
import { createRoutineStore, routines } from '../../src/routines/index.ts';
import { createPostgresDatabase } from '../support/databases.ts';
import type { Measurement } from './measurement.ts';

const DUE = 10_000;
const FEW = 20_000;
const MANY = 1_000_000;
const IDLE = 100_000;
const IDLE_SECONDS = 60;
const MEMBERS = 1000;
const ROUNDS = 5;

/** 09:00 in Manila, where everybody works seven days a week. */
const FIRST_DAY = DateTime.fromISO('2026-03-02T01:00:00Z', { zone: 'utc' });

/** Jobs as the sweep queues them, inserted in the same batches. */
const BATCH = 1000;
const plainJob = defineJob({
  name: 'bench.plain',
  data: z.object({
    workspaceId: z.string(),
    routineId: z.string(),
    dueOn: z.string(),
    step: z.string(),
    plannedAt: z.string(),
  }),
});

type Bench = {
  database: Database;
  jobs: Jobs;
  sweep: () => Promise<void>;
  /** Moves the clock to 09:00 of that day. */
  turnTo: (day: number) => void;
};

export async function run(): Promise<Measurement[]> {
  const few = await measureSweep(FEW);
  const many = await measureSweep(MANY);
  const idle = await measureIdle();
  const ratio = many.sweep / many.plain;
  const growth = many.sweep / few.sweep;
  const name = (existing: number) => `sweep of ${DUE} due routines, ${existing} exist`;
  return [
    {
      name: name(MANY),
      value: many.sweep,
      unit: 'ms',
      baseline: { name: `pg-boss inserts ${DUE} jobs`, value: many.plain },
      ratio,
      goal: '<= 3',
      met: ratio <= 3,
    },
    {
      name: name(MANY),
      value: many.sweep,
      unit: 'ms',
      baseline: { name: `${FEW} exist`, value: few.sweep },
      ratio: growth,
      goal: '<= 1.2',
      met: growth <= 1.2,
    },
    {
      name: name(FEW),
      value: few.sweep,
      unit: 'ms',
      baseline: { name: `pg-boss inserts ${DUE} jobs`, value: few.plain },
      ratio: few.sweep / few.plain,
    },
    { name: `idle process, ${IDLE} routines, none due`, value: idle, unit: '% of a core' },
  ];
}

/** Medians of several days, sweep and plain inserts by turns. */
async function measureSweep(existing: number): Promise<{ sweep: number; plain: number }> {
  const bench = await open({ existing, due: DUE });
  try {
    const sweeps: number[] = [];
    const plains: number[] = [];
    for (let day = 0; day <= ROUNDS; day += 1) {
      bench.turnTo(day);
      const sweep = await timed(bench.sweep);
      const plain = await timed(() => insertPlain(bench));
      await checkSwept(bench.database, day);
      // The first day warms up.
      if (day === 0) continue;
      sweeps.push(sweep);
      plains.push(plain);
    }
    return { sweep: median(sweeps), plain: median(plains) };
  } finally {
    await close(bench);
  }
}

async function insertPlain({ database, jobs }: Bench): Promise<void> {
  for (let done = 0; done < DUE; done += BATCH) {
    const items = Array.from({ length: BATCH }, (_, index) => ({
      workspaceId: 'T1',
      routineId: `00000000-0000-4000-8000-${String(done + index).padStart(12, '0')}`,
      dueOn: '2026-03-02',
      step: 'ask',
      plannedAt: '2026-03-02T01:00:00.000Z',
    }));
    await database.prisma.$transaction((tx) => jobs.enqueue(tx, plainJob, items));
  }
}

/** CPU of this process with its clock ticking and its workers waiting. */
async function measureIdle(): Promise<number> {
  const bench = await open({ existing: IDLE, due: 0, works: true });
  try {
    await setTimeout(2000);
    const before = process.cpuUsage();
    await setTimeout(IDLE_SECONDS * 1000);
    const { user, system } = process.cpuUsage(before);
    return ((user + system) / 1e6 / IDLE_SECONDS) * 100;
  } finally {
    await close(bench);
  }
}

/** Queues without a worker, unless it `works`: what is measured is queueing, not asking. */
async function open(o: { existing: number; due: number; works?: boolean }): Promise<Bench> {
  const database = await createPostgresDatabase();
  const log = pino({ level: 'silent' });
  const jobs = createJobs({ database, log });
  const storesOn = (db: Tx) =>
    ({
      routines: createRoutineStore(db),
      enqueue: (job, items) => jobs.enqueue(db, job, items),
    }) as Pick<Stores, 'routines' | 'enqueue'> as Stores;
  let now = FIRST_DAY;
  const deps = {
    ...storesOn(database.prisma),
    now: () => now,
    log,
    jobs,
    database,
    transact: (work) => database.prisma.$transaction((tx) => work(storesOn(tx))),
  } as Omit<Deps, 'slack'> as Deps;
  const feature = routines([]);
  const sweeps = feature.sweeps?.(deps) ?? [];
  const handlers = feature.jobs?.(deps) ?? [];
  await seed(database, o);
  if (!o.works) {
    const opener = createJobs({ database, log });
    const plain = handleEach(plainJob, () => Promise.resolve());
    await opener.start({ handlers: [...handlers, plain], sweeps: [], tick: 'manual' });
    await opener.stop();
  }
  await jobs.start({
    handlers: o.works ? handlers : [],
    sweeps,
    tick: o.works ? 'cron' : 'manual',
  });
  return {
    database,
    jobs,
    sweep: () => sweeps[0]?.run() ?? Promise.reject(new Error('there is no sweep')),
    turnTo: (day) => {
      now = FIRST_DAY.plus({ days: day, seconds: 30 });
    },
  };
}

/** Routines of which `due`, spread over all, are due each day at 09:00, the others in a year. */
async function seed(
  { prisma }: Database,
  { existing, due }: { existing: number; due: number },
): Promise<void> {
  const at = FIRST_DAY.toJSDate();
  const weekly = JSON.stringify(
    Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['09:00', '17:00']]]),
    ),
  );
  const recurrence = JSON.stringify({
    pattern: { kind: 'weekly', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
    time: '09:00',
    onNonWorkingDay: 'skip',
  });
  const every = due === 0 ? existing + 1 : existing / due;
  await prisma.$executeRaw`INSERT INTO workspaces (id, name, "botUserId", "createdAt") VALUES ('T1', 'Acme', 'UBOT', ${at})`;
  await prisma.$executeRaw`
    INSERT INTO members ("workspaceId", "userId", name, zone, weekly, exceptions, away, "updatedAt")
    SELECT 'T1', 'U' || i, 'Member ' || i, 'Asia/Manila', ${weekly}::jsonb,
      jsonb_build_object('2026-12-25', '[]'::jsonb, (date '2027-01-01' + i)::text, '[]'::jsonb), '[]', ${at}
    FROM generate_series(0, ${MEMBERS - 1}::int) i`;
  await prisma.$executeRaw`
    INSERT INTO pairs ("workspaceId", id, "executiveId", "eaId", "channelId", "startedOn", engagement, "createdAt")
    SELECT 'T1', 'P' || i, 'U' || i, 'U' || (i + 1), 'C' || i, '2026-01-01', 'direct', ${at}
    FROM generate_series(0, ${MEMBERS - 2}::int, 2) i`;
  await prisma.$executeRaw`
    INSERT INTO routines ("workspaceId", id, "pairId", "userId", kind, subject, recurrence, "nextDueAt", "nextDueOn", "createdAt")
    SELECT 'T1', gen_random_uuid()::text, 'P' || (i / 2 * 2) % ${MEMBERS}::int, 'U' || i % ${MEMBERS}::int, 'bench', i::text,
      ${recurrence}::jsonb,
      CASE WHEN i % ${every}::int = 0 AND ${due}::int > 0 THEN ${at}::timestamptz
        ELSE ${at}::timestamptz + interval '1 year' + i * interval '1 second' END,
      '2026-03-02', ${at}
    FROM generate_series(0, ${existing - 1}::int) i`;
  await prisma.$executeRawUnsafe('VACUUM ANALYZE');
}

/** Every due routine has its occurrence of that day and its job. */
async function checkSwept({ prisma }: Database, day: number): Promise<void> {
  const on = FIRST_DAY.plus({ days: day }).toISODate();
  const [row] = await prisma.$queryRaw<{ asked: number; queued: number }[]>`
    SELECT (SELECT count(*)::int FROM occurrences WHERE "dueOn" = ${on} AND state = 'due') AS asked,
      (SELECT coalesce(sum(jsonb_array_length(data->'steps')), 0)::int FROM pgboss.job
        WHERE name = 'routines.step' AND data->'steps'->0->>'dueOn' = ${on}) AS queued`;
  if (row?.asked !== DUE || row.queued !== DUE)
    throw new Error(`day ${day}: ${row?.asked} asked and ${row?.queued} queued of ${DUE}`);
}

async function close({ jobs, database }: Bench): Promise<void> {
  await jobs.stop();
  await database.close();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

import { DateTime } from 'luxon';
import { type DestinationStream, pino } from 'pino';
import type { Database, Tx } from '../../src/database/index.ts';
import type { Deps, Stores } from '../../src/deps.ts';
import {
  createRoutineStore,
  type Occurrence,
  planRoutine,
  type RoutineCall,
  type RoutineKind,
  type RoutineOf,
  routines,
  untilEndOfWork,
} from '../../src/routines/index.ts';
import type { Recurrence } from '../../src/time/recurrence.ts';
import type { WorkingCalendar } from '../../src/time/working-time.ts';

const HOURS: [string, string][] = [['09:00', '17:00']];
export const WEEK = { mon: HOURS, tue: HOURS, wed: HOURS, thu: HOURS, fri: HOURS };
export const MANILA: WorkingCalendar = { zone: 'Asia/Manila', weekly: WEEK };
export const DAILY: Recurrence = {
  pattern: { kind: 'weekly', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
  time: '09:00',
  onNonWorkingDay: 'skip',
};

/** Ana in Manila, asked by Tandem; Dana in New York, the other side. */
export const ANA: RoutineOf = { workspaceId: 'T1', pairId: 'P1', userId: 'UANA', kind: 'test' };

type Engine = {
  deps: Deps;
  /** What the kind was called for: 'ask 2026-03-03', 'remind 1 2026-03-03', ... */
  calls: string[];
  /** Changes what the kind does. */
  kind: Partial<RoutineKind>;
  now: () => DateTime;
  setNow(text: string): void;
  /** Runs what is due at this moment until nothing is left. */
  run(): Promise<void>;
  /** Lets the clock go on to `text` in Manila with everything on the way. */
  until(text: string): Promise<void>;
  plan(of?: Partial<RoutineOf>, recurrence?: Recurrence): Promise<void>;
  occurrence(dueOn: string): Promise<Occurrence | null>;
  states(): Promise<string[]>;
};

/** The engine on a database with one pair, its jobs run at once, its clock in the test's hands. */
export async function startEngine(
  database: Database,
  o: { startAt: string; logTo?: DestinationStream },
): Promise<Engine> {
  const log = o.logTo ? pino({ level: 'error' }, o.logTo) : pino({ level: 'silent' });
  const read = (text: string) => DateTime.fromISO(text, { zone: 'Asia/Manila' });
  let now = read(o.startAt);
  const queue: object[] = [];
  const storesOn = (db: Tx, enqueued: object[]) =>
    ({
      routines: createRoutineStore(db),
      enqueue: (_, items) => Promise.resolve(void enqueued.push(...items)),
    }) as Pick<Stores, 'routines' | 'enqueue'> as Stores;
  const deps = {
    ...storesOn(database.prisma, queue),
    now: () => now,
    log,
    database,
    async transact(work) {
      const enqueued: object[] = [];
      const result = await database.prisma.$transaction((tx) => work(storesOn(tx, enqueued)));
      queue.push(...enqueued);
      return result;
    },
  } as Pick<Deps, keyof Stores | 'now' | 'log' | 'database' | 'transact'> as Deps;
  const calls: string[] = [];
  const note = (what: string, { occurrence }: RoutineCall) => {
    calls.push(`${what} ${occurrence.dueOn}`);
  };
  const base: RoutineKind = {
    kind: 'test',
    ask: async (call) => {
      note('ask', call);
      return 'asked';
    },
    windowEndsAt: ({ routine, askedAt }) =>
      untilEndOfWork({ calendar: routine.calendar, from: askedAt, atLeastMinutes: 120 }),
    remind: async (call) => {
      note(`remind ${call.nth}`, call);
      return 'reminded';
    },
    show: async (call) => note(`show ${call.occurrence.state}`, call),
    tell: async (call) => note(`tell ${call.partnerId}`, call),
  };
  const kind: Partial<RoutineKind> = {};
  const run = async () => {
    const feature = routines([{ ...base, ...kind }]);
    const [handler] = feature.jobs?.(deps) ?? [];
    for (;;) {
      for (const sweep of feature.sweeps?.(deps) ?? []) await sweep.run();
      const items = queue.splice(0);
      if (items.length === 0 || !handler) return;
      const context = { signal: new AbortController().signal, attempt: 1, isLastAttempt: false };
      const outcomes = await handler.run(items.map((data) => ({ data, context })));
      outcomes.forEach((one, index) => {
        const failed = items[index];
        if (one.status === 'rejected' && failed) retries.push(failed);
      });
    }
  };
  const retries: object[] = [];
  await seed(database, now);
  return {
    deps,
    calls,
    kind,
    now: () => now,
    setNow(text) {
      now = read(text);
    },
    async run() {
      queue.push(...retries.splice(0));
      await run();
    },
    async until(text) {
      const end = read(text);
      for (;;) {
        const next = await findNext(deps);
        now = next && next < end ? DateTime.max(next, now) : end;
        await run();
        if (now >= end) return;
      }
    },
    plan: (of = {}, recurrence = DAILY) =>
      planRoutine(deps, { ...ANA, ...of, recurrence, calendar: MANILA, now }),
    occurrence: (dueOn) => deps.routines.findOccurrence({ ...ANA, dueOn }),
    async states() {
      const rows = await database.prisma.occurrence.findMany({ orderBy: { dueOn: 'asc' } });
      return rows.map((row) => `${row.dueOn} ${row.state}`);
    },
  };
}

async function seed({ prisma }: Database, now: DateTime): Promise<void> {
  const at = now.toJSDate();
  await prisma.workspace.create({
    data: { id: 'T1', name: 'Acme', botUserId: 'UBOT', createdAt: at },
  });
  const person = { workspaceId: 'T1', weekly: WEEK, updatedAt: at };
  await prisma.member.createMany({
    data: [
      { ...person, userId: 'UANA', name: 'Ana', zone: 'Asia/Manila' },
      { ...person, userId: 'UDANA', name: 'Dana', zone: 'America/New_York' },
    ],
  });
  await prisma.pair.create({
    data: {
      workspaceId: 'T1',
      id: 'P1',
      executiveId: 'UDANA',
      eaId: 'UANA',
      channelId: 'C1',
      startedOn: '2026-03-01',
      engagement: 'direct',
      createdAt: at,
    },
  });
}

/** When the clock next has something to do about routines, null when there is nothing. */
export async function findNext({ routines }: Pick<Deps, 'routines'>): Promise<DateTime | null> {
  const times = [await routines.nextDueAt(), await routines.nextStepAt()];
  return DateTime.min(...times.filter((at) => at !== null)) ?? null;
}

import { DateTime } from 'luxon';
import { pino } from 'pino';
import type { Database, Tx } from '../../src/database/index.ts';
import type { Deps, Stores } from '../../src/deps.ts';
import { createJobs } from '../../src/jobs/index.ts';
import { reminderKind } from '../../src/reminders/flows/ask.ts';
import { prepareNew } from '../../src/reminders/flows/form.ts';
import { saveReminder } from '../../src/reminders/flows/save.ts';
import { buildReminderModal, parseReminderModal } from '../../src/reminders/views/form.ts';
import { routines } from '../../src/routines/index.ts';
import type { Caller } from '../../src/slack/caller.ts';
import { createSlackClients } from '../../src/slack/clients.ts';
import { createStores } from '../../src/stores.ts';
import { findNext } from '../routines/engine.ts';
import { submitUnchanged } from '../support/forms.ts';

export const TEAM = 'T0000001';
export const DANA: Caller = { workspaceId: TEAM, userId: 'U000DANA' };
export const ANA: Caller = { workspaceId: TEAM, userId: 'U0000ANA' };
export const MARTA: Caller = { workspaceId: TEAM, userId: 'U00MARTA' };

export type Fixture = {
  deps: Deps;
  pairId: string;
  /** Sets the clock, then does what is due by then, as often as there is something. */
  until(at: string): Promise<void>;
  /** Sets the clock and does nothing: nobody was running. */
  skipTo(at: string): void;
  /** Does what is due now. */
  run(): Promise<void>;
  /** Types the command, changes fields by block id, and presses the button until it is saved. Returns its id. */
  write(caller: Caller, words: string, changes?: Record<string, unknown>): Promise<string>;
  /** Texts of the messages posted to a person, each as it reads by now. */
  sent(userId: string): Promise<string[]>;
};

/** Dana in New York and Ana in Manila, both nine to five from Monday to Friday, at 2026-03-02 12:00 UTC. */
export async function openFixture(database: Database): Promise<Fixture> {
  let now = DateTime.fromISO('2026-03-02T12:00:00Z');
  const log = pino({ level: 'silent' });
  const queued: object[] = [];
  const storesOn = (db: Tx): Stores =>
    createStores({
      db,
      now: () => now,
      enqueue: async (_, job, items) => {
        if (engineJobs().some((one) => one.job.name === job.name)) queued.push(...items);
      },
    });
  const deps: Deps = {
    ...storesOn(database.prisma),
    now: () => now,
    log,
    database,
    jobs: createJobs({ database, log }),
    slack: createSlackClients({
      installations: { find: async () => null },
      apiUrl: 'http://127.0.0.1:9/',
    }),
    transact: (work) => database.prisma.$transaction((tx) => work(storesOn(tx))),
  };
  const engine = routines([reminderKind]);
  const engineJobs = () => engine.jobs?.(deps) ?? [];
  const run = async () => {
    for (;;) {
      for (const sweep of engine.sweeps?.(deps) ?? []) await sweep.run();
      const items = queued.splice(0);
      if (items.length === 0) return;
      const context = { signal: new AbortController().signal, attempt: 1, isLastAttempt: false };
      for (const { run: work } of engineJobs()) {
        const results = await work(items.map((data) => ({ data, context })));
        for (const one of results) if (one.status === 'rejected') throw one.reason;
      }
    }
  };
  const pairId = await createPair(database, now);
  return {
    deps,
    pairId,
    run,
    skipTo(at) {
      now = DateTime.fromISO(at);
    },
    async until(at) {
      const end = DateTime.fromISO(at);
      for (;;) {
        const next = await findNext(deps);
        now = next && next < end ? DateTime.max(next, now) : end;
        await run();
        if (now >= end) return;
      }
    },
    async write(caller, words, changes = {}) {
      let form = buildReminderModal(await prepareNew(deps, caller, words));
      for (let presses = 0; presses < 2; presses += 1) {
        const parsed = parseReminderModal(submitUnchanged(form, presses === 0 ? changes : {}));
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
        const result = await saveReminder(deps, { caller, ...parsed.value });
        if (result.type === 'saved') return result.reminder.id;
        form = buildReminderModal(result.form);
      }
      throw new Error(`“${words}” was not saved`);
    },
    async sent(userId) {
      const posts = await database.prisma.delivery.findMany({
        where: { recipient: userId, kind: 'post' },
        orderBy: { seq: 'asc' },
      });
      return posts.map(({ message }) => (message as { text: string }).text);
    },
  };
}

async function createPair(database: Database, now: DateTime): Promise<string> {
  const at = now.toJSDate();
  const workspace = { id: TEAM, name: 'Acme', botUserId: 'U0000BOT', createdAt: at };
  await database.prisma.workspace.create({ data: workspace });
  const hours: [string, string][] = [['09:00', '17:00']];
  const weekly = { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours };
  const people = [
    { userId: DANA.userId, name: 'Dana', zone: 'America/New_York' },
    { userId: ANA.userId, name: 'Ana', zone: 'Asia/Manila' },
  ];
  await database.prisma.member.createMany({
    data: people.map((one) => ({ ...one, workspaceId: TEAM, weekly, updatedAt: at })),
  });
  const pair = await database.prisma.pair.create({
    data: {
      workspaceId: TEAM,
      id: 'pair',
      executiveId: DANA.userId,
      eaId: ANA.userId,
      channelId: 'C0000001',
      startedOn: '2026-03-01',
      engagement: 'direct',
      createdAt: at,
      liveKey: `${DANA.userId}:${ANA.userId}`,
    },
  });
  return pair.id;
}

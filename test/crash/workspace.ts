import { readFile } from 'node:fs/promises';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { parse } from 'yaml';
import { checkinRoutine } from '../../src/checkins/index.ts';
import { type Database, openDatabase } from '../../src/database/index.ts';
import type { Stores } from '../../src/deps.ts';
import { createPairStore, type MemberTerms, planRoutinesOf } from '../../src/pairs/index.ts';
import { createRoutineStore } from '../../src/routines/index.ts';
import type { InstalledApp, Sandbox } from '../../src/sandbox/index.ts';
import { mrkdwn, section } from '../../src/slack/blocks.ts';
import { createOutbox } from '../../src/slack/deliveries/outbox.ts';

export const CHECKIN_TIME = '09:30';
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
/** Of executives and EAs in turn: the working days of the two never begin together. */
const ZONES = [
  ['America/New_York', 'Asia/Manila'],
  ['Europe/Paris', 'Asia/Manila'],
  ['America/New_York', 'America/Bogota'],
] as const;

export type Person = {
  id: string;
  name: string;
  role: 'executive' | 'ea';
  zone: string;
  /** The channel of their pair, by name and id. */
  channel: string;
  channelId: string;
};

export type CrashWorkspace = { id: string; app: InstalledApp; people: Person[] };

type Delivery = Parameters<Sandbox['installApp']>[0]['delivery'];

/** A workspace with `pairs` pairs, each with a channel that Tandem is in. */
export async function createCrashWorkspace(
  sandbox: Sandbox,
  o: { pairs: number; delivery: Delivery; historyOfDirectMessages: boolean },
): Promise<CrashWorkspace> {
  const seeds = Array.from({ length: o.pairs }, (_, n) => {
    const [executiveZone, eaZone] = ZONES[n % ZONES.length] ?? ZONES[0];
    const channel = `pair-${n}`;
    return [
      { name: `Executive ${n}`, role: 'executive' as const, zone: executiveZone, channel },
      { name: `Assistant ${n}`, role: 'ea' as const, zone: eaZone, channel },
    ];
  });
  const workspace = sandbox.createWorkspace({
    name: 'Whitfield Partners',
    users: seeds.flat().map(({ name, zone }) => ({ name, zone })),
    channels: seeds.map((two) => ({
      name: two[0]?.channel ?? '',
      private: true,
      members: two.map((one) => one.name),
    })),
  });
  const manifest: unknown = parse(
    await readFile(new URL('../../manifest.yml', import.meta.url), 'utf8'),
  );
  const app = sandbox.installApp({
    team: workspace.id,
    manifest,
    delivery: o.delivery,
    optionalScopes: o.historyOfDirectMessages,
  });
  const people = seeds.flat().map((seed) => ({
    ...seed,
    id: workspace.users[seed.name] ?? '',
    channelId: workspace.channels[seed.channel] ?? '',
  }));
  for (const { id: user, role, channel } of people) {
    if (role !== 'executive') continue;
    const invite = { do: 'invite', who: 'Tandem', channel, wait: false } as const;
    await sandbox.act({ team: workspace.id, user, ...invite });
  }
  return { id: workspace.id, app, people };
}

/** Writes what setting the pairs up writes, with a card to each person instead of several. Migrates the database on the way. */
export async function writePairs(o: {
  url: string;
  workspace: CrashWorkspace;
  now: DateTime;
}): Promise<void> {
  const { workspace, now } = o;
  const log = pino({ level: 'silent' });
  const database = await openDatabase({ url: o.url, dataDir: '', log, now: () => now });
  const { id, app, people } = workspace;
  try {
    await database.prisma.workspace.create({
      data: { id, name: id, botUserId: app.botUserId, createdAt: now.toJSDate() },
    });
    for (let n = 0; n + 1 < people.length; n += 2) {
      const [executive, ea] = people.slice(n, n + 2);
      if (executive && ea) await writePair(database, { workspaceId: id, executive, ea, now });
    }
  } finally {
    await database.close();
  }
}

async function writePair(
  database: Database,
  o: { workspaceId: string; executive: Person; ea: Person; now: DateTime },
): Promise<void> {
  const { workspaceId, now } = o;
  const terms = {
    channelId: o.executive.channelId,
    startedOn: now.toISODate() ?? '',
    engagement: 'direct' as const,
    hoursPerMonth: null,
    executive: termsOf(o.executive),
    ea: termsOf(o.ea),
  };
  await database.prisma.$transaction(async (tx) => {
    const pairs = createPairStore(tx);
    const stores = { pairs, routines: createRoutineStore(tx) } as Stores;
    const pair = await pairs.ensure({ workspaceId, terms, now });
    const { agreement } = await pairs.propose(pair, { terms, by: o.executive.id, now });
    await pairs.accept(agreement, { by: o.ea.id, now });
    const outbox = createOutbox({ db: tx, enqueue: () => Promise.resolve(), now: () => now });
    for (const role of ['executive', 'ea'] as const) {
      const routines = [checkinRoutine(terms[role])];
      await planRoutinesOf(stores, { pair, role, terms: terms[role], now, routines });
      const { userId: recipient, name } = terms[role];
      const text = `${name}, you have agreed.`;
      const card = {
        key: `agreement:${pair.id}:${recipient}`,
        purpose: 'card' as const,
        recipient,
      };
      const message = { text, blocks: [section(mrkdwn(text))] };
      await outbox.post({ workspaceId, pairId: pair.id, ...card, message });
    }
  });
}

function termsOf({ id, name, zone }: Person): MemberTerms {
  const hours = { workStartTime: '09:00', workEndTime: '17:30', workdays: [...DAYS] };
  return { userId: id, name, zone, ...hours, checkinDays: [...DAYS], checkinTime: CHECKIN_TIME };
}

/** When each person is to be asked between two instants, by the calendar alone. */
export function dueTimes(
  people: readonly Person[],
  o: { from: DateTime; until: DateTime },
): { person: Person; on: string; at: DateTime }[] {
  return people.flatMap((person) => {
    const days = Math.ceil(o.until.diff(o.from, 'days').days) + 2;
    const first = o.from.setZone(person.zone).startOf('day').minus({ days: 1 });
    return Array.from({ length: days + 1 }, (_, n) => first.plus({ days: n }))
      .map((day) => DateTime.fromISO(`${day.toISODate()}T${CHECKIN_TIME}`, { zone: person.zone }))
      .filter((at) => at.weekday <= 5 && o.from < at && at <= o.until)
      .map((at) => ({ person, on: at.toISODate() ?? '', at }));
  });
}

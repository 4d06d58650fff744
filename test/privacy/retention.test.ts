import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { listFeatures } from '../../src/app.ts';
import type { Database, Tx } from '../../src/database/index.ts';
import type { Stores } from '../../src/deps.ts';
import { changePeriods, sweepRetention } from '../../src/privacy/flows/retention.ts';
import { createStores } from '../../src/stores.ts';
import { createPairFixture, WORKSPACE } from '../away/pair-fixture.ts';
import { createTestDatabase } from '../support/databases.ts';

const kinds = listFeatures().flatMap((feature) => feature.records ?? []);
const BLANK = { text: '', blocks: [] };

describe('each night', () => {
  let database: Database;
  let now: DateTime;
  let pairId: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    ({ pairId } = await createPairFixture(database));
    now = DateTime.fromISO('2026-11-23T12:00:00Z', { zone: 'utc' });
  });
  afterEach(() => database.close());

  const storesOn = (db: Tx): Stores =>
    createStores({ db, now: () => now, enqueue: async () => {} });
  const transact = <T>(work: (stores: Stores) => Promise<T>) =>
    database.prisma.$transaction((tx) => work(storesOn(tx)));
  const sweep = () =>
    sweepRetention({ ...storesOn(database.prisma), now: () => now, transact }, kinds);

  async function addMessages(count: number, o: { at: DateTime; state?: string }): Promise<void> {
    await database.prisma.$executeRaw`
      INSERT INTO deliveries ("workspaceId", id, "dedupeKey", kind, purpose, recipient, message, tell, state, "createdAt")
      SELECT ${WORKSPACE}, gen_random_uuid()::text, gen_random_uuid()::text, 'post', 'card', 'C0000001',
        '{"text": "the gala is moved", "blocks": []}', '{}', ${o.state ?? 'sent'}::delivery_state, ${o.at.toJSDate()}
      FROM generate_series(1, ${count})`;
  }
  const withWords = () =>
    database.prisma.delivery.count({ where: { NOT: { message: { equals: BLANK } } } });

  test('100,000 old records go a few at a time, and no others do', async () => {
    const add = (count: number, at: DateTime, state: string) => database.prisma.$executeRaw`
      INSERT INTO exports ("workspaceId", id, "requestedBy", format, state, "requestedAt")
      SELECT ${WORKSPACE}, gen_random_uuid()::text, 'U0000001', 'csv', ${state}::export_state, ${at.toJSDate()}
      FROM generate_series(1, ${count})`;
    await add(100_000, now.minus({ days: 91 }), 'done');
    await add(3, now.minus({ days: 89 }), 'done');
    await add(2, now.minus({ days: 91 }), 'waiting');
    const left: number[] = [];
    for (let runs = 0; runs < 11; runs += 1) {
      await sweep();
      left.push(await database.prisma.export.count());
      now = now.plus({ minutes: 1 });
    }
    expect(left.slice(0, 3)).toEqual([90_005, 80_005, 70_005]);
    expect(left.at(-1)).toBe(5);
    // Done for tonight: nothing is looked for before three in the morning.
    await add(1, now.minus({ days: 91 }), 'done');
    await sweep();
    expect(await database.prisma.export.count()).toBe(6);
    now = now.plus({ days: 1 }).set({ hour: 3 });
    await sweep();
    expect(await database.prisma.export.count()).toBeLessThan(6);
  });

  test('old messages lose their words, and newer and unsent ones do not', async () => {
    await addMessages(1100, { at: now.minus({ days: 91 }) });
    await addMessages(3, { at: now.minus({ days: 89 }) });
    await addMessages(2, { at: now.minus({ days: 200 }), state: 'pending' });
    await sweep();
    expect(await withWords()).toBe(5);
  });

  test('what a workspace keeps for longer stays, and shorter times hold from the next night on', async () => {
    await addMessages(3, { at: now.minus({ days: 91 }) });
    const change = { workspaceId: WORKSPACE, actorId: 'U0000001', kinds, now };
    const periods = { messages: null, checkins: null };
    expect(await transact((stores) => changePeriods(stores, { ...change, periods }))).toEqual([
      'messages',
    ]);
    await sweep();
    expect(await withWords()).toBe(3);
    await transact((stores) => changePeriods(stores, { ...change, periods: { messages: 30 } }));
    now = now.plus({ days: 1 });
    await sweep();
    expect(await withWords()).toBe(0);
    const { lines } = await storesOn(database.prisma).audit.page({
      workspaceId: WORKSPACE,
      size: 9,
    });
    expect(lines.map(({ action, subject }) => `${action} ${subject.id}`)).toEqual([
      'retention.changed messages',
      'retention.changed messages',
    ]);
  });

  test('a pair that ended a year ago goes with all that it owns and with its people', async () => {
    const { prisma } = database;
    const endedAt = now.minus({ days: 364 }).toJSDate();
    await prisma.pair.updateMany({ data: { endedAt, liveKey: null } });
    await sweep();
    expect(await prisma.pair.count()).toBe(1);
    now = now.plus({ days: 2 });
    await sweep();
    expect(await prisma.pair.count()).toBe(0);
    expect(await prisma.member.count()).toBe(0);
    expect(pairId).not.toBe('');
  });

  test('the audit log loses what is older than two years, and nothing else', async () => {
    const { audit } = storesOn(database.prisma);
    const subject = { kind: 'pair', id: pairId } as const;
    const entry = {
      workspaceId: WORKSPACE,
      actorId: 'U0000001',
      action: 'pair.ended',
      subject,
    } as const;
    await audit.record({ ...entry, at: now.minus({ days: 731 }) });
    await audit.record({ ...entry, at: now.minus({ days: 729 }) });
    await sweep();
    expect((await audit.page({ workspaceId: WORKSPACE, size: 9 })).total).toBe(1);
    await expect(database.prisma.auditEntry.deleteMany()).rejects.toThrow(/append-only/);
  });
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { listFeatures } from '../../src/app.ts';
import type { Database } from '../../src/database/index.ts';
import { askDecision } from '../../src/decisions/flows/ask.ts';
import { erasePerson } from '../../src/privacy/index.ts';
import { ANA, DANA, type Fixture, openFixture, WORKSPACE } from '../delegations/fixture.ts';
import { createTestDatabase } from '../support/databases.ts';

const CLOCKS = ['decisions.clock', 'delegations.notices', 'workload.check'];

let database: Database;
let fixture: Fixture;
beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await openFixture(database);
  // More than fits in the week, due in it; a question that waits for Dana.
  await fixture.hand({
    dueAt: DateTime.fromISO('2026-11-25T08:00:00Z'),
    estimateMinutes: 6000,
  });
  const content = {
    question: 'Book it?',
    options: [],
    defaultChoice: null,
    urgent: false,
    needsTalk: false,
    delegationNumber: null,
  };
  const due = { deadlineOn: '2026-11-26', deadlineTime: '17:00', clock: 'theirs' as const };
  const fields = { pairId: fixture.pair.id, ...due, content };
  await askDecision(fixture.deps, { caller: ANA, fields });
});
afterAll(() => database.close());

const clocks = () =>
  listFeatures()
    .flatMap((feature) => feature.sweeps?.(fixture.deps) ?? [])
    .filter(({ name }) => CLOCKS.includes(name));

/** What the clocks say to anybody when they are run at that time; twice, so that what was planned is looked at too. */
async function saidAt(iso: string): Promise<string[]> {
  fixture.setNow(iso);
  const before = await database.prisma.delivery.findMany({ select: { id: true } });
  for (const { run } of [...clocks(), ...clocks()]) await run();
  const rows = await database.prisma.delivery.findMany({
    where: { id: { notIn: before.map(({ id }) => id) }, purpose: { not: 'card' } },
    orderBy: { dedupeKey: 'asc' },
  });
  return rows.map(({ dedupeKey }) => dedupeKey.split(':')[0] ?? '');
}

const planned = async () =>
  await Promise.all(clocks().map(({ nextAt }) => nextAt?.() ?? Promise.resolve(null)));
const nothing = CLOCKS.map(() => null);

const change = {
  pair: (endedAt: Date | null) => database.prisma.pair.updateMany({ data: { endedAt } }),
  workspace: (removedAt: Date | null) =>
    database.prisma.workspace.updateMany({ data: { removedAt } }),
};

test.each(['pair', 'workspace'] as const)(
  'while the %s is gone nothing is said or planned about open work',
  async (what) => {
    await change[what](fixture.deps.now().toJSDate());
    expect(await saidAt('2026-11-23T15:00:00Z')).toEqual([]);
    expect(await planned()).toEqual(nothing);
    await change[what](null);
  },
);

test('once it is back, everything that waited is said', async () => {
  const said = await saidAt('2026-11-23T15:30:00Z');
  expect(said).toEqual(expect.arrayContaining(['decision-ask', 'workload']));
  expect(await saidAt('2026-11-24T02:00:00Z')).toContain('delegations-notice');
  expect(await planned()).not.toContain(null);
});

test('once one of the two is erased, nothing is said or planned any more', async () => {
  const { deps } = fixture;
  const kinds = listFeatures().flatMap((feature) => feature.records ?? []);
  const who = { workspaceId: WORKSPACE, userId: ANA.userId, actorId: ANA.userId };
  const now = deps.now();
  await deps.transact((stores) => erasePerson(stores, { ...who, kinds, now }));
  // Not even where somebody takes the end back by hand.
  await change.pair(null);
  expect(await planned()).toEqual(nothing);
  for (const iso of ['2026-11-24T15:00:00Z', '2026-11-27T15:00:00Z'])
    expect(await saidAt(iso)).toEqual([]);
  const others = await database.prisma.delivery.findMany({
    where: { recipient: { not: DANA.userId }, kind: 'post', channel: null },
  });
  expect(others.filter(({ recipient }) => recipient.startsWith('former-'))).toEqual([]);
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/index.ts';
import { createDelegations } from '../../src/delegations/index.ts';
import { loadForecast, loadHandover, loadScope } from '../../src/workload/flows/forecast.ts';
import { ANA, createPairFixture, DANA, type PairFixture } from '../away/pair-fixture.ts';
import { createTestDatabase } from '../support/databases.ts';

let database: Database;
let stores: PairFixture;

beforeAll(async () => {
  database = await createTestDatabase();
  stores = await createPairFixture(database);
});
afterAll(() => database.close());

async function pairOf() {
  const pair = await stores.pairs.find(DANA.workspaceId, stores.pairId);
  if (!pair) throw new Error('no pair');
  return pair;
}

test('sums up what is due by day, takes logged time off, and counts what has no estimate', async () => {
  const pair = await pairOf();
  const now = stores.now();
  const base = {
    definitionOfDone: 'Sent',
    priority: 3 as const,
    dueZone: null,
    level: 'do' as const,
    category: null,
    sopUrl: null,
    createdBy: DANA.userId,
  };
  const made = await createDelegations(stores, {
    pair,
    now,
    isShown: false,
    content: [
      { ...base, title: 'Today', dueAt: now.plus({ hours: 5 }), estimateMinutes: 60 },
      { ...base, title: 'Thursday', dueAt: now.plus({ days: 3 }), estimateMinutes: 90 },
      { ...base, title: 'Unknown', dueAt: now.plus({ days: 3 }), estimateMinutes: null },
      { ...base, title: 'Later', dueAt: now.plus({ days: 30 }), estimateMinutes: 600 },
      { ...base, title: 'Some day', dueAt: null, estimateMinutes: 600 },
    ],
  });
  const id = made[0]?.id ?? '';
  const of = { workspaceId: DANA.workspaceId, pairId: pair.id };
  const entry = {
    ...of,
    delegationId: id,
    userId: ANA.userId,
    minutes: 20,
    workedOn: '2026-11-23',
  };
  await stores.workload.addEntry({ ...entry, now });
  const forecast = await loadForecast(stores, { pair, now });
  expect(forecast).toMatchObject({ minutes: 130, count: 3, withoutEstimate: 1, undated: 1 });
  expect(forecast.days.map(({ minutes }) => minutes)).toEqual([40, 0, 0, 90, 0, 0, 0]);
  expect(await stores.workload.usedIn(of, '2026-11')).toEqual({ minutes: 20, n: 1 });
  expect(await loadHandover(stores, { pair, now })).toEqual({
    n: 5,
    withDone: 5,
    withDue: 4,
    withSop: 0,
  });
  expect(await loadScope(stores, { pair, now })).toMatchObject({ n: 0 });
});

test('a pair is looked at once it has work, and once until its next time', async () => {
  const now = stores.now();
  await stores.workload.planChecks(now, 10);
  await stores.workload.planChecks(now, 10);
  const claimed = await stores.transact((inside) => inside.workload.claimChecks(now, 10));
  expect(claimed).toHaveLength(1);
});

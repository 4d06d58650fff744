import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/index.ts';
import { sweepRepeats } from '../../src/repeats/flows/check.ts';
import { ANA, DANA, type Fixture, openFixture } from '../delegations/fixture.ts';
import { createTestDatabase } from '../support/databases.ts';

let database: Database;
let fixture: Fixture;
beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await openFixture(database);
});
afterAll(() => database.close());

const said = async (userId: string) =>
  (await fixture.told(userId)).filter((text) => text.includes('This came'));

async function at(iso: string): Promise<void> {
  fixture.setNow(iso);
  await sweepRepeats(fixture.deps);
}

test('what a duty makes is never proposed, nor what is longer ago, and one kind a week is enough', async () => {
  for (const day of ['01', '02', '03'])
    await fixture.hand({ id: `duty:report:${day}`, title: 'Write the weekly sales report' });
  for (const city of ['Rome', 'Oslo']) await fixture.hand({ title: `Book the flights to ${city}` });
  await at('2026-11-24T10:00:00+08:00');
  await at('2026-11-24T10:00:00-05:00');
  expect(await said(ANA.userId)).toEqual([]);
  expect(await said(DANA.userId)).toEqual([]);

  fixture.setNow('2027-03-01T10:00:00+08:00');
  await fixture.hand({ title: 'Book the flights to Bonn' });
  await at('2027-03-01T10:00:00-05:00');
  expect(await said(DANA.userId)).toEqual([]);

  for (const city of ['Bern', 'Lyon']) {
    await fixture.hand({ title: `Book the flights to ${city}` });
    await fixture.hand({ title: `Clean the contact list of ${city}` });
  }
  await fixture.hand({ title: 'Clean the contact list of Kyiv' });
  await at('2027-03-02T10:00:00-05:00');
  await at('2027-03-03T10:00:00-05:00');
  expect(await said(DANA.userId)).toHaveLength(1);
  await at('2027-03-11T10:00:00-05:00');
  expect(await said(DANA.userId)).toHaveLength(2);
  await at('2027-03-25T10:00:00-05:00');
  expect(await said(DANA.userId)).toHaveLength(2);
});

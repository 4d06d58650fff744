import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import type { Database } from '../../src/database/index.ts';
import { createHomeStore, type HomeStore } from '../../src/home/index.ts';
import { createTestDatabase } from '../support/databases.ts';

const DANA = { workspaceId: 'T1', userId: 'U0000001' };
const ANA = { workspaceId: 'T1', userId: 'U0000002' };
const START = DateTime.fromISO('2026-03-03T09:00:00Z', { zone: 'utc' });
const after = (seconds: number) => START.plus({ seconds });

let database: Database;
let homes: HomeStore;
beforeAll(async () => {
  database = await createTestDatabase();
  homes = createHomeStore(database.prisma);
  const at = START.toJSDate();
  for (const id of ['T1', 'T2'])
    await database.prisma.workspace.create({
      data: { id, name: id, botUserId: 'U0000009', createdAt: at },
    });
  const person = { zone: 'UTC', weekly: {}, updatedAt: at };
  for (const { workspaceId, userId } of [DANA, ANA])
    await database.prisma.member.create({ data: { workspaceId, userId, name: userId, ...person } });
  await database.prisma.pair.create({
    data: {
      workspaceId: 'T1',
      id: 'P1',
      executiveId: DANA.userId,
      eaId: ANA.userId,
      channelId: 'C0000001',
      startedOn: '2026-01-01',
      engagement: 'direct',
      createdAt: at,
    },
  });
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.prisma.home.deleteMany();
});

const shown = { viewHash: 'h1', contentHash: 'c1' };
const claimOne = async (seconds: number) => {
  const [person] = await homes.claimDue(after(seconds), 10);
  if (!person) throw new Error('nothing was due');
  return person;
};

describe('who has opened Home', () => {
  test('is published to once, and then only after a change', async () => {
    await homes.noteOpened(DANA, { viewHash: null, now: START });
    const person = await claimOne(0);
    expect(person).toMatchObject({ ...DANA, visits: 1 });
    expect(await homes.finish(person, { shown, now: after(1) })).toBe(true);
    expect(await homes.nextAt()).toBeNull();
    await homes.note({ people: [DANA] }, after(60));
    expect((await homes.nextAt())?.toMillis()).toBe(after(60).toMillis());
  });

  test('sees what the partner did, and what is sent about the pair; a stranger does not', async () => {
    await homes.noteOpened(DANA, { viewHash: null, now: START });
    const stranger = { workspaceId: 'T2', userId: DANA.userId };
    await homes.noteOpened(stranger, { viewHash: null, now: START });
    for (const person of await homes.claimDue(START, 10))
      await homes.finish(person, { shown, now: START });
    expect(await homes.note({ people: [ANA] }, after(60))).toEqual([
      { workspaceId: 'T1', seconds: 0 },
    ]);
    await homes.finish(await claimOne(60), { shown, now: after(60) });
    const pairs = [{ workspaceId: 'T1', pairId: 'P1' }];
    expect(await homes.note({ people: [], pairs }, after(120))).toHaveLength(1);
  });

  test('is published to at most once in three seconds, however much happens', async () => {
    await homes.noteOpened(DANA, { viewHash: null, now: START });
    let published = 0;
    for (let second = 0; second < 30; second += 1) {
      for (let change = 0; change < 20; change += 1)
        await homes.note({ people: [DANA] }, after(second));
      for (const person of await homes.claimDue(after(second), 10)) {
        published += 1;
        await homes.finish(person, { shown, now: after(second) });
      }
    }
    expect(published).toBe(10);
  });

  test('does not lose a change that comes while the page is being published', async () => {
    await homes.noteOpened(DANA, { viewHash: null, now: START });
    const person = await claimOne(0);
    await homes.note({ people: [DANA] }, after(1));
    expect(await homes.finish(person, { shown, now: after(2) })).toBe(false);
    expect(await homes.claimDue(after(5), 10)).toHaveLength(1);
  });

  test('is published to by another process when the first one was killed', async () => {
    await homes.noteOpened(DANA, { viewHash: null, now: START });
    await claimOne(0);
    expect(await homes.claimDue(after(29), 10)).toEqual([]);
    expect(await homes.claimDue(after(30), 10)).toHaveLength(1);
  });

  test('is shown anew when Slack has another page than the one that was published', async () => {
    await homes.noteOpened(DANA, { viewHash: null, now: START });
    await homes.finish(await claimOne(0), { shown, now: START });
    await homes.noteOpened(DANA, { viewHash: 'h1', now: after(10) });
    const same = await claimOne(10);
    expect([same.viewHash, same.contentHash, same.visits]).toEqual(['h1', 'c1', 2]);
    await homes.finish(same, { shown: null, now: after(10) });
    await homes.noteOpened(DANA, { viewHash: null, now: after(20) });
    expect(await claimOne(20)).toMatchObject({ viewHash: null, contentHash: null });
  });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import type { Database } from '../../src/database/index.ts';
import { replanRest } from '../../src/delegations/flows/notices.ts';
import { replanNotices } from '../../src/delegations/index.ts';
import { createTestDatabase } from '../support/databases.ts';
import { ANA, DANA, type Fixture, openFixture, WORKSPACE } from './fixture.ts';

let database: Database;
let fixture: Fixture;
beforeEach(async () => {
  database = await createTestDatabase();
  fixture = await openFixture(database);
});
afterEach(() => database.close());

const at = (iso: string) => DateTime.fromISO(iso, { zone: 'utc' });
// Ana works 01:00 to 09:00 UTC, Dana 14:00 to 22:00 UTC.
const ANA_STARTS = '2026-11-23T01:00:00Z';

describe('a task that nobody accepts', () => {
  test('is told to the EA at her work start, again after four hours of work, then to the executive', async () => {
    await fixture.hand({ title: 'Book the flights' });
    await fixture.until('2026-11-23T00:59:00Z');
    expect(await fixture.told(ANA.userId)).toEqual([]);
    await fixture.until(ANA_STARTS);
    expect(await fixture.told(ANA.userId)).toEqual([
      `<@${DANA.userId}> handed over to you: #1 Book the flights`,
    ]);
    await fixture.until('2026-11-23T05:00:00Z');
    expect(await fixture.told(ANA.userId)).toHaveLength(2);
    expect((await fixture.told(ANA.userId))[1]).toContain('waits for you to accept or ask');
    await fixture.until('2026-11-23T13:59:00Z');
    expect(await fixture.told(DANA.userId)).toEqual([]);
    await fixture.until('2026-11-23T14:00:00Z');
    expect(await fixture.told(DANA.userId)).toEqual([
      `<@${ANA.userId}> has not accepted yet: #1 Book the flights`,
    ]);
    await fixture.until('2026-11-26T23:00:00Z');
    expect(await fixture.told(ANA.userId)).toHaveLength(2);
    expect(await fixture.told(DANA.userId)).toHaveLength(1);
  });

  test('of several that come overnight, one message says all', async () => {
    for (const title of ['One', 'Two', 'Three']) await fixture.hand({ title });
    await fixture.until(ANA_STARTS);
    expect(await fixture.told(ANA.userId)).toEqual([
      `<@${DANA.userId}> handed over to you: #1 One and 2 more`,
    ]);
  });

  test('and which was accepted in time is not brought up again', async () => {
    const task = await fixture.hand({});
    await fixture.until(ANA_STARTS);
    await fixture.press(ANA, task, 'accept');
    await fixture.until('2026-11-27T00:00:00Z');
    expect(await fixture.told(ANA.userId)).toHaveLength(1);
    expect(await fixture.told(DANA.userId)).toEqual([]);
  });
});

describe('what is due', () => {
  test('is brought up at the work start of the day before, and two hours of work before', async () => {
    const task = await fixture.hand({ dueAt: at('2026-11-26T07:00:00Z'), dueZone: 'Asia/Manila' });
    await fixture.press(ANA, task, 'accept');
    await fixture.until('2026-11-25T00:59:00Z');
    expect(await fixture.told(ANA.userId)).toEqual([]);
    await fixture.until('2026-11-25T01:00:00Z');
    expect(await fixture.told(ANA.userId)).toEqual(['Due next: #1 Book the flights']);
    await fixture.until('2026-11-26T04:59:00Z');
    expect(await fixture.told(ANA.userId)).toHaveLength(1);
    await fixture.until('2026-11-26T05:00:00Z');
    expect((await fixture.told(ANA.userId))[1]).toBe('Due soon: #1 Book the flights');
  });

  test('is brought up at the times that the two have chosen, an earlier one not after a later one', async () => {
    const choose = async (tasks: object) => {
      await database.prisma.pair.updateMany({ data: { tasks } });
      const { pair, deps } = fixture;
      await deps.transact((stores) => replanNotices(stores, { pair, now: deps.now() }));
    };
    const task = await fixture.hand({ dueAt: at('2026-11-27T07:00:00Z') });
    await choose({ acceptMinutes: 60, dueBefore: [{ days: 2 }, { minutes: 30 }] });
    await fixture.until('2026-11-23T02:00:00Z');
    expect((await fixture.told(ANA.userId)).at(-1)).toContain('waits for you to accept or ask');
    await fixture.until('2026-11-23T14:00:00Z');
    expect(await fixture.told(DANA.userId)).toEqual([
      expect.stringContaining('has not accepted yet'),
    ]);
    await fixture.press(ANA, task, 'accept');
    const due = async () => (await fixture.told(ANA.userId)).filter((one) => one.startsWith('Due'));
    await fixture.until('2026-11-25T01:00:00Z');
    expect(await due()).toEqual(['Due next: #1 Book the flights']);
    await choose({ acceptMinutes: 60, dueBefore: [{ days: 3 }, { minutes: 30 }] });
    await fixture.until('2026-11-27T06:29:00Z');
    expect(await due()).toHaveLength(1);
    await fixture.until('2026-11-27T06:30:00Z');
    expect(await due()).toEqual(['Due next: #1 Book the flights', 'Due soon: #1 Book the flights']);
  });

  test('and overdue is one message a day for all of it, five days at most', async () => {
    for (const title of ['One', 'Two', 'Three']) {
      const task = await fixture.hand({ title, dueAt: at('2026-11-23T03:00:00Z') });
      await fixture.press(ANA, task, 'accept');
    }
    await fixture.until('2026-11-24T00:59:00Z');
    const before = (await fixture.told(ANA.userId)).length;
    await fixture.until('2026-11-24T01:00:00Z');
    const first = (await fixture.told(ANA.userId)).slice(before);
    expect(first).toEqual([expect.stringContaining('3 tasks are overdue.')]);
    await fixture.until('2026-12-11T00:00:00Z');
    expect(await fixture.told(ANA.userId)).toHaveLength(before + 5);
  });

  test('but delivered is not overdue', async () => {
    const task = await fixture.hand({ dueAt: at('2026-11-23T03:00:00Z') });
    const accepted = await fixture.press(ANA, task, 'accept');
    await fixture.press(ANA, accepted, 'deliver');
    await fixture.until('2026-11-25T12:00:00Z');
    expect(await fixture.told(ANA.userId)).toEqual([]);
    expect(await fixture.told(DANA.userId)).toEqual([
      `<@${ANA.userId}> delivered, please check: #1 Book the flights`,
    ]);
  });

  test('after days without Tandem comes once, in working hours', async () => {
    const task = await fixture.hand({ dueAt: at('2026-11-24T07:00:00Z') });
    await fixture.press(ANA, task, 'accept');
    fixture.setNow('2026-11-27T12:00:00Z');
    await fixture.until('2026-11-27T13:00:00Z');
    expect(await fixture.told(ANA.userId)).toEqual([]);
    await fixture.until('2026-11-30T01:00:00Z');
    const told = await fixture.told(ANA.userId);
    expect(told.filter((one) => one.includes('overdue'))).toHaveLength(1);
    expect(told).toHaveLength(1);
  });
});

test('an answer that is missing is asked for at once in working hours, then once more a working day later', async () => {
  const task = await fixture.hand({});
  await fixture.press(ANA, task, 'ask', 'Aisle or window?');
  await fixture.until('2026-11-23T14:00:00Z');
  expect(await fixture.told(DANA.userId)).toEqual([
    expect.stringContaining('asks before going on'),
  ]);
  await fixture.until('2026-11-24T14:00:00Z');
  expect(await fixture.told(DANA.userId)).toHaveLength(2);
  await fixture.until('2026-12-04T14:00:00Z');
  expect(await fixture.told(DANA.userId)).toHaveLength(2);
});

test('an answer that the EA waits for reaches her at her work start, once', async () => {
  const task = await fixture.hand({});
  const asked = await fixture.press(ANA, task, 'ask', 'Aisle or window?');
  await fixture.until('2026-11-23T14:00:00Z');
  const answered = await fixture.press(DANA, asked, 'answer', 'Aisle.');
  await fixture.until('2026-11-24T01:00:00Z');
  expect(await fixture.told(ANA.userId)).toEqual([
    `<@${DANA.userId}> answered: #1 Book the flights`,
  ]);
  const accepted = await fixture.press(ANA, answered, 'accept');
  const waiting = await fixture.press(ANA, accepted, 'wait_executive', 'Which card?');
  await fixture.until('2026-11-24T14:00:00Z');
  await fixture.press(DANA, waiting, 'answer', 'The blue one.');
  await fixture.until('2026-11-27T00:00:00Z');
  expect((await fixture.told(ANA.userId)).slice(1)).toEqual([
    `<@${DANA.userId}> answered: #1 Book the flights`,
  ]);
});

test('what one of the two changes of a task is told to the other, and its own steps to nobody', async () => {
  const accepted = await fixture.press(ANA, await fixture.hand({}), 'accept');
  const started = await fixture.press(ANA, accepted, 'start');
  const urgent = await fixture.edit(DANA, started, { priority: 1 });
  await fixture.until('2026-11-24T00:00:00Z');
  expect(await fixture.told(ANA.userId)).toEqual([
    `<@${DANA.userId}> changed: #1 Book the flights`,
  ]);
  const clear = { priority: 1 as const, definitionOfDone: 'Receipts are in the folder' };
  await fixture.edit(ANA, urgent, clear);
  await fixture.until('2026-11-25T00:00:00Z');
  expect(await fixture.told(ANA.userId)).toHaveLength(1);
  expect(await fixture.told(DANA.userId)).toEqual([
    `<@${ANA.userId}> changed: #1 Book the flights`,
  ]);
});

test('when the EA begins earlier by new hours, she hears of it then', async () => {
  await fixture.hand({});
  const hours = [['08:00', '17:00']];
  await database.prisma.member.update({
    where: { workspaceId_userId: ANA },
    data: { weekly: { mon: hours } },
  });
  const { pair, deps } = fixture;
  await deps.transact((stores) => replanNotices(stores, { pair, now: deps.now() }));
  await fixture.until('2026-11-23T00:00:00Z');
  expect(await fixture.told(ANA.userId)).toHaveLength(1);
});

describe('of more than a thousand tasks', () => {
  const MANY = 1100;
  const ids = Array.from({ length: MANY }, (_, index) => `many-${index}`);

  test('those due at one time are one message, and each is brought up once', async () => {
    const { deps, pair } = fixture;
    const task = await fixture.hand({ dueAt: at('2026-11-26T07:00:00Z'), dueZone: 'Asia/Manila' });
    await fixture.press(ANA, task, 'accept');
    await copyTask(task.id);
    await fixture.until('2026-11-25T01:00:00Z');
    const told = await fixture.told(ANA.userId);
    expect(told).toEqual([`Due next: #1 Book the flights and ${MANY} more`]);
    const key = { workspaceId: WORKSPACE, pairId: pair.id };
    const rows = await database.prisma.delegation.findMany({ where: key });
    for (const { said, noticeAt } of rows) {
      expect(said.filter((mark) => mark.startsWith('due_'))).toHaveLength(1);
      expect(noticeAt?.toISOString()).toBe('2026-11-26T05:00:00.000Z');
    }
    expect(await deps.delegations.nextNoticeAt()).toEqual(at('2026-11-26T05:00:00Z'));
  });

  test('all are planned anew when hours change, the oldest of them by a job', async () => {
    const { deps, pair } = fixture;
    const task = await fixture.hand({ dueAt: at('2026-11-26T07:00:00Z'), dueZone: 'Asia/Manila' });
    await copyTask(task.id);
    const jobs: { below: number; workspaceId: string; pairId: string }[] = [];
    const now = deps.now();
    await deps.transact((stores) =>
      replanNotices(
        { ...stores, enqueue: async (_, items) => void jobs.push(...(items as typeof jobs)) },
        { pair, now },
      ),
    );
    const waiting = () =>
      database.prisma.delegation.count({ where: { noticeAt: { gt: now.toJSDate() } } });
    expect(await waiting()).toBeGreaterThan(0);
    expect(jobs).toHaveLength(1);
    for (const job of jobs) await replanRest(deps, job);
    expect(await waiting()).toBe(0);
  });

  /** As many as MANY that are like this one. */
  async function copyTask(id: string): Promise<void> {
    const row = await database.prisma.delegation.findFirstOrThrow({ where: { id } });
    await database.prisma.delegation.createMany({
      data: ids.map((copy, index) => ({ ...row, id: copy, number: index + 2 })),
    });
  }
});

test('during leave nothing is said, and nothing at all once the two have parted', async () => {
  const leave = [{ from: '2026-11-22T16:00:00Z', until: '2026-11-24T16:00:00Z' }];
  await database.prisma.member.update({
    where: { workspaceId_userId: ANA },
    data: { away: leave },
  });
  await fixture.hand({});
  await fixture.until('2026-11-25T00:59:00Z');
  expect(await fixture.told(ANA.userId)).toEqual([]);
  await database.prisma.pair.update({
    where: { workspaceId_id: { workspaceId: WORKSPACE, id: fixture.pair.id } },
    data: { endedAt: new Date('2026-11-25T00:30:00Z'), liveKey: null },
  });
  await fixture.until('2026-11-27T00:00:00Z');
  expect(await fixture.told(ANA.userId)).toEqual([]);
});

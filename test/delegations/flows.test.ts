import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import type { Delegation as Row } from '../../src/database/generated/client.ts';
import type { Database } from '../../src/database/index.ts';
import { type Delegation, isBlockedByExecutive } from '../../src/delegations/domain/delegation.ts';
import {
  FILTERS,
  type Filter,
  type FilterTimes,
  filterTimes,
} from '../../src/delegations/domain/filters.ts';
import { replay } from '../../src/delegations/domain/history.ts';
import { prepareDetail } from '../../src/delegations/flows/detail.ts';
import { prepareList } from '../../src/delegations/flows/list.ts';
import { saveDelegation } from '../../src/delegations/flows/save.ts';
import { draftCheckin } from '../../src/delegations/index.ts';
import { NO_FIELDS } from '../../src/delegations/views/fields.ts';
import { buildDelegationModal } from '../../src/delegations/views/form.ts';
import { buildListModal } from '../../src/delegations/views/list.ts';
import { createTestDatabase } from '../support/databases.ts';
import { ANA, DANA, type Fixture, openFixture, WORKSPACE } from './fixture.ts';

const at = (iso: string) => DateTime.fromISO(iso, { zone: 'utc' });

const ANA_ZONE = 'Asia/Manila';

/** What the names of the filters mean, said another way than the query says it. */
function belongs(row: Row, { filter, times }: { filter: Filter; times: FilterTimes }): boolean {
  const { state, dueAt } = row;
  const due = dueAt?.getTime() ?? NaN;
  const now = times.now.toMillis();
  const isFinished = ['done', 'wont_do'].includes(state);
  const withEa = !isFinished && state !== 'delivered';
  switch (filter) {
    case 'open':
      return !isFinished;
    case 'mine':
      return withEa;
    case 'waiting':
      return isBlockedByExecutive(state) || state === 'delivered';
    case 'blocked':
      return isBlockedByExecutive(state);
    case 'overdue':
      return withEa && due < now;
    case 'today':
      return withEa && due >= now && due < times.dayEndsAt.toMillis();
    case 'week':
      return !isFinished && due >= now && due < times.weekEndsAt.toMillis();
    case 'closed':
      return isFinished;
    case 'unaccepted':
      return state === 'new' || state === 'reopened';
    case 'stuck':
      return isBlockedByExecutive(state) || state === 'waiting_third';
    case 'third':
      return state === 'waiting_third';
    case 'with_ea':
      return withEa && !isBlockedByExecutive(state) && state !== 'waiting_third';
  }
}

/** By which of two comes first: what counts most stands first, and numbers decide in the end. */
function compare(filter: Filter, { a, b }: { a: Delegation; b: Delegation }): number {
  if (filter === 'closed') return Number(b.closedAt) - Number(a.closedAt);
  const due = ({ dueAt }: Delegation) => dueAt?.toMillis() ?? Number.MAX_SAFE_INTEGER;
  const keys = (one: Delegation): number[] =>
    ['open', 'mine', 'with_ea'].includes(filter)
      ? [one.priority, due(one), one.number]
      : ['overdue', 'today', 'week'].includes(filter)
        ? [due(one), one.number]
        : [one.stateSinceAt.toMillis(), one.number];
  const [left, right] = [keys(a), keys(b)];
  const at = left.findIndex((key, index) => key !== right[index]);
  return (left[at] ?? 0) - (right[at] ?? 0);
}

describe('with one task', () => {
  let database: Database;
  let fixture: Fixture;
  beforeEach(async () => {
    database = await createTestDatabase();
    fixture = await openFixture(database);
  });
  afterEach(() => database.close());

  test('two who press at once: the first one counts, the second one reads what happened', async () => {
    const task = await fixture.hand({});
    const accepted = await fixture.press(ANA, task, 'accept');
    const [first, second] = await Promise.allSettled([
      fixture.press(DANA, accepted, 'drop', 'No longer needed'),
      fixture.press(ANA, accepted, 'deliver'),
    ]);
    const results = [first, second];
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const refused = results.find((one) => one.status === 'rejected');
    expect(String(refused?.reason)).toMatch(
      /(Dana said that it will not be done|Ana delivered it) meanwhile\. It is now: .*Your press changed nothing/,
    );
    const history = await fixture.deps.delegations.history(task);
    const now = await fixture.deps.delegations.find(task);
    expect(replay(history)).toBe(now?.state);
  });

  test('one press that comes twice counts once', async () => {
    const task = await fixture.hand({});
    await Promise.all([fixture.press(ANA, task, 'accept'), fixture.press(ANA, task, 'accept')]);
    expect(await fixture.deps.delegations.history(task)).toHaveLength(2);
  });

  test('what was deleted leaves the lists, can be restored, and is gone for good after a week', async () => {
    const task = await fixture.hand({});
    const deleted = await fixture.press(DANA, task, 'delete');
    const place = { pairId: fixture.pair.id, filter: 'mine' as const, offset: 0 };
    const empty = await prepareList(fixture.deps, { caller: DANA, place });
    expect(empty.delegations).toEqual([]);
    const restored = await fixture.press(DANA, deleted, 'restore');
    expect(restored.state).toBe('new');
    await fixture.press(DANA, restored, 'delete');
    await fixture.deps.delegations.purge(at('2026-12-30T00:00:00Z'));
    await expect(
      prepareDetail(fixture.deps, { caller: DANA, id: task.id, back: null }),
    ).rejects.toThrow('This task is not there any more.');
    await expect(fixture.press(ANA, restored, 'accept')).rejects.toThrow(
      'This task is not there any more.',
    );
  });

  test('once the two have parted nothing can be done with it', async () => {
    const task = await fixture.hand({});
    await database.prisma.pair.update({
      where: { workspaceId_id: { workspaceId: WORKSPACE, id: fixture.pair.id } },
      data: { endedAt: new Date('2026-11-23T00:30:00Z'), liveKey: null },
    });
    await expect(fixture.press(ANA, task, 'accept')).rejects.toThrow(
      'This pair is not there any more, or you are not part of it.',
    );
  });

  test('due during leave offers the day before, the day after, or the person who stands in', async () => {
    const leave = [{ from: '2026-11-25T16:00:00Z', until: '2026-11-29T16:00:00Z' }];
    await database.prisma.member.update({
      where: { workspaceId_userId: ANA },
      data: { away: leave },
    });
    const wish = { dueOn: '2026-11-26', dueTime: '15:00', clock: 'theirs' as const };
    const asked = await fixture.submit(wish);
    if (asked.type !== 'check') throw new Error('it was saved without a question');
    expect(asked.form.notice).toBe('Ana is on leave then. Choose when it is due.');
    expect(asked.form.awayOptions.map(({ label }) => label)).toEqual([
      'Before: Wed 25 Nov, 17:00 GMT+8 (Manila)',
      'After: Mon 30 Nov, 17:00 GMT+8 (Manila)',
      'Keep the date: Somebody else covers it',
    ]);
    expect(JSON.stringify(buildDelegationModal(asked.form))).toContain('Book the flights');
    const { seen } = asked.form.carried;
    expect((await fixture.submit(wish, seen)).type).toBe('check');
    const saved = await fixture.submit({ ...wish, away: 'before' }, seen);
    if (saved.type !== 'saved') throw new Error('it was not saved');
    expect(saved.delegation.dueAt?.toUTC().toISO()).toBe('2026-11-25T09:00:00.000Z');
    const kept = await fixture.submit({ ...wish, away: 'keep' }, seen);
    if (kept.type !== 'saved') throw new Error('it was not saved');
    const [first] = await fixture.deps.delegations.history(kept.delegation);
    expect(first?.why).toBe('Ana is on leave then: Somebody else covers it');
  });

  test('every list holds what its name says, in one order through all pages, with the right count', async () => {
    const { deps, pair } = fixture;
    const key = { workspaceId: WORKSPACE, pairId: pair.id };
    await database.prisma.$executeRaw`
      INSERT INTO delegations ("workspaceId", id, "pairId", number, title, "definitionOfDone", priority, "dueAt",
        level, state, "stateSinceAt", shelf, "createdBy", "createdAt", "closedAt", said)
      SELECT ${WORKSPACE}, 'd' || n, ${pair.id}, n, 'Task ' || n, '', 1 + n % 4,
        CASE WHEN n % 7 > 0 THEN timestamptz '2026-11-20Z' + n % 12 * interval '1 day' END, 'do', s.state,
        timestamptz '2026-11-01Z' + n % 9 * interval '1 hour',
        (CASE WHEN s.state IN ('done', 'wont_do') THEN 'closed' ELSE 'open' END)::delegation_shelf,
        ${DANA.userId}, timestamptz '2026-11-01Z',
        CASE WHEN s.state IN ('done', 'wont_do') THEN timestamptz '2026-11-01Z' + n * interval '1 minute' END, '{}'
      FROM generate_series(1, 300) n
      CROSS JOIN LATERAL (SELECT (enum_range(NULL::delegation_state))[1 + n * 7 % 10] AS state) s`;
    const rows = await database.prisma.delegation.findMany({ where: key });
    const times = filterTimes(deps.now(), ANA_ZONE);
    const counts = await deps.delegations.counts(key, { filters: FILTERS, times });
    for (const filter of FILTERS) {
      const wanted = rows.filter((row) => belongs(row, { filter, times }));
      const found: Delegation[] = [];
      for (let offset = 0; offset <= rows.length; offset += 7)
        found.push(...(await deps.delegations.page(key, { filter, times, offset, size: 7 })));
      const numbers = found.map(({ number }) => number);
      expect(numbers.toSorted((a, b) => a - b)).toEqual(wanted.map(({ number }) => number));
      expect(counts.get(filter)).toBe(wanted.length);
      expect(wanted.length).toBeGreaterThan(0);
      const sorted = found.toSorted((a, b) => compare(filter, { a, b }));
      expect(numbers).toEqual(sorted.map(({ number }) => number));
    }
    const waits = rows
      .filter(({ state }) => isBlockedByExecutive(state))
      .map(({ stateSinceAt }) => stateSinceAt.getTime())
      .toSorted((a, b) => a - b);
    const since = await deps.delegations.blockedSince(key, 12);
    expect(since.map((one) => one.toMillis())).toEqual(waits.slice(0, 12));
  });

  test('a definition of done that changes has to be accepted again', async () => {
    const task = await fixture.hand({});
    const { id, version } = await fixture.press(ANA, task, 'accept');
    const edit = (seenVersion: number) =>
      saveDelegation(fixture.deps, {
        caller: DANA,
        carried: {
          delegationId: id,
          version: seenVersion,
          pairId: fixture.pair.id,
          seen: null,
          source: null,
        },
        fields: { ...NO_FIELDS, pairId: fixture.pair.id, title: 'Fly', definitionOfDone: 'Paid' },
        viewId: 'V1',
        canLink: async () => false,
      });
    await expect(edit(version - 1)).rejects.toThrow('Ana accepted it meanwhile.');
    const saved = await edit(version);
    if (saved.type !== 'saved') throw new Error('it was not saved');
    expect([saved.delegation.state, saved.delegation.acceptedAt]).toEqual(['new', null]);
    const history = await fixture.deps.delegations.history(task);
    expect(history.at(-1)?.why).toContain('when it is done');
    const same = await edit(version + 1);
    if (same.type !== 'saved') throw new Error('it was not saved');
    expect(same.delegation.version).toBe(version + 1);
  });

  test('a check-in begins with what was finished, what is due and what waits', async () => {
    const now = fixture.deps.now();
    for (const [title, dueAt] of [
      ['Late', '2026-11-22T03:00:00Z'],
      ['Today', '2026-11-23T09:00:00Z'],
      ['Later', '2026-11-25T09:00:00Z'],
    ] as const)
      await fixture.hand({ title, dueAt: at(dueAt) });
    const delivered = await fixture.hand({ title: 'Flights' });
    await fixture.press(ANA, await fixture.press(ANA, delivered, 'accept'), 'deliver');
    const stuck = await fixture.hand({ title: 'Visa' });
    await fixture.press(ANA, stuck, 'ask', 'Which passport?');
    const { pair } = fixture;
    const since = now.minus({ days: 1 });
    expect(await draftCheckin(fixture.deps, { pair, since, now })).toEqual({
      done: '#4 Flights (delivered)',
      today: '#1 Late (overdue)\n#2 Today (due today)',
      blockers: '#5 Visa (question for Dana)',
    });
  });
});

describe('a pair with 50,000 tasks', () => {
  let database: Database;
  let fixture: Fixture;
  beforeAll(async () => {
    database = await createTestDatabase();
    fixture = await openFixture(database);
    const { id: pairId } = fixture.pair;
    await database.prisma.$executeRaw`
      INSERT INTO delegations ("workspaceId", id, "pairId", number, title, "definitionOfDone", priority, "dueAt",
        level, state, "stateSinceAt", shelf, "createdBy", "createdAt", "closedAt", said)
      SELECT ${WORKSPACE}, 'd' || n, ${pairId}, n, 'Task ' || n, '', 1 + n % 4,
        timestamptz '2026-11-01Z' + n * interval '1 minute', 'do',
        (CASE WHEN n % 5 > 0 THEN 'done' WHEN n % 25 = 0 THEN 'question' ELSE 'in_progress' END)::delegation_state,
        timestamptz '2026-11-01Z', (CASE WHEN n % 5 > 0 THEN 'closed' ELSE 'open' END)::delegation_shelf,
        ${DANA.userId}, timestamptz '2026-11-01Z',
        CASE WHEN n % 5 > 0 THEN timestamptz '2026-11-01Z' + n * interval '1 minute' END, '{}'
      FROM generate_series(1, 50000) n`;
    await database.prisma.$executeRaw`ANALYZE delegations`;
  });
  afterAll(() => database.close());

  test.each(['mine', 'waiting', 'overdue', 'week', 'closed'] as const)(
    'lists "%s" with counts, page by page, well within three seconds',
    async (filter) => {
      const list = (offset: number) =>
        prepareList(fixture.deps, {
          caller: ANA,
          place: { pairId: fixture.pair.id, filter, offset },
        });
      await list(0);
      const began = performance.now();
      const page = await list(0);
      const took = performance.now() - began;
      expect(page.delegations.length).toBeGreaterThan(0);
      expect(took).toBeLessThan(1500);
      expect(JSON.stringify(buildListModal(page)).length).toBeLessThan(30_000);
      expect((await list(800)).delegations.length).toBeGreaterThan(0);
    },
  );
});

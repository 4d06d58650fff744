import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { discardDraft, markDuty, openDraft, saveDuty } from '../../src/charter/flows/draft.ts';
import { prepareCharter } from '../../src/charter/flows/open.ts';
import { proposeCharter, signCharter } from '../../src/charter/flows/sign.ts';
import { findZone, removeCategory, saveCategory } from '../../src/charter/flows/zones.ts';
import { type DutyFields, NEW_DUTY } from '../../src/charter/views/duty-fields.ts';
import type { Database } from '../../src/database/index.ts';
import type { Deps } from '../../src/deps.ts';
import { ANA, createPairFixture, DANA, type PairFixture } from '../away/pair-fixture.ts';
import { createTestDatabase } from '../support/databases.ts';

let database: Database;
let pair: PairFixture;
let deps: Deps;

beforeAll(async () => {
  database = await createTestDatabase();
  pair = await createPairFixture(database);
  deps = pair as unknown as Deps;
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.prisma.charter.deleteMany();
  await database.prisma.charterDraft.deleteMany();
  await database.prisma.zoneList.deleteMany();
});

const PAIR_ID = () => pair.pairId;

async function draft(caller: typeof DANA, title: string, changes: Partial<DutyFields> = {}) {
  const pairId = PAIR_ID();
  await openDraft(deps, caller, { pairId });
  const fields = { ...NEW_DUTY, title, when: 'every weekday at 9', ...changes };
  return await saveDuty(deps, { caller, carried: { pairId, offset: 0, dutyId: null }, fields });
}

async function propose(caller: typeof DANA): Promise<number> {
  return (await proposeCharter(deps, { caller, pairId: PAIR_ID(), note: null })).version;
}

const sign = (caller: typeof DANA, version: number) =>
  signCharter(deps, { caller, pairId: PAIR_ID(), version, onSigned: async () => {} });

async function titles(): Promise<string[]> {
  const page = await prepareCharter(deps, DANA, { pairId: PAIR_ID() });
  return page.shown?.duties.map(({ title }) => title) ?? [];
}

describe('signing', () => {
  test('the one who proposed does not sign, and nobody signs twice', async () => {
    await draft(DANA, 'Inbox');
    const version = await propose(DANA);
    await expect(sign(DANA, version)).rejects.toThrow('You proposed this');
    const results = await Promise.allSettled([sign(ANA, version), sign(ANA, version)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(sign(ANA, version)).rejects.toThrow('This is already signed.');
    await expect(sign(ANA, 99)).rejects.toThrow('not there any more');
  });

  test('a newer proposal takes the place of one that waits', async () => {
    await draft(DANA, 'Inbox');
    const first = await propose(DANA);
    await draft(ANA, 'Travel');
    const second = await propose(ANA);
    await expect(sign(ANA, first)).rejects.toThrow('There is a newer proposal.');
    await sign(DANA, second);
    expect(await titles()).toEqual(['Travel']);
  });

  test('a draft that others overtook is brought up to date, and says so', async () => {
    await draft(DANA, 'Inbox');
    await sign(ANA, await propose(DANA));
    await draft(ANA, 'Travel');
    const { duties } = await openDraft(deps, DANA, { pairId: PAIR_ID() });
    const inbox = duties.find(({ title }) => title === 'Inbox');
    const marked = { dutyId: inbox?.id ?? '', pairId: PAIR_ID(), offset: 0, isRemoved: true };
    await markDuty(deps, { caller: DANA, ...marked });
    await sign(ANA, await propose(DANA));
    await expect(propose(ANA)).rejects.toThrow('The charter changed since you began.');
    const page = await openDraft(deps, ANA, { pairId: PAIR_ID() });
    expect(page.notice).toContain('The charter changed');
    expect(page.duties.map(({ title }) => title)).toEqual(['Travel']);
    await sign(DANA, await propose(ANA));
    expect(await titles()).toEqual(['Travel']);
  });

  test('a draft that is discarded leaves what is in force', async () => {
    await draft(DANA, 'Inbox');
    await sign(ANA, await propose(DANA));
    await draft(DANA, 'Travel');
    await discardDraft(deps, DANA, PAIR_ID());
    await expect(propose(DANA)).rejects.toThrow('sent or discarded already');
    expect(await titles()).toEqual(['Inbox']);
  });

  test('two duties with one name are refused at the name', async () => {
    await draft(DANA, 'Inbox');
    await expect(draft(DANA, 'Inbox')).rejects.toMatchObject({ field: 'title' });
  });

  test('nobody outside of the pair reads or writes it, whatever ids they send', async () => {
    await draft(DANA, 'Inbox');
    const stranger = { workspaceId: DANA.workspaceId, userId: 'U0000007' };
    const elsewhere = { workspaceId: 'T2', userId: DANA.userId };
    for (const caller of [stranger, elsewhere]) {
      await expect(prepareCharter(deps, caller, { pairId: PAIR_ID() })).rejects.toThrow(
        'you are not part of it',
      );
      await expect(openDraft(deps, caller, { pairId: PAIR_ID() })).rejects.toThrow(
        'you are not part of it',
      );
    }
  });
});

describe('zones', () => {
  const carried = (version: number, categoryId: string | null) => ({
    pairId: PAIR_ID(),
    version,
    categoryId,
  });
  const travel = {
    name: 'Travel',
    zone: 'do' as const,
    limit: { amount: 500, currency: 'USD' },
    whenAway: { zone: 'never' as const, limit: null },
  };

  test('what counts follows the leave of the executive by itself', async () => {
    await saveCategory(deps, { caller: DANA, carried: carried(0, 'travel'), fields: travel });
    const of = await pair.pairs.find(DANA.workspaceId, PAIR_ID());
    if (!of) throw new Error('no pair');
    const zoneNow = () => findZone(pair, { pair: of, category: 'travel', now: pair.now() });
    expect(await zoneNow()).toMatchObject({ zone: 'do', isForAbsence: false });
    const away = [{ from: '2026-11-22T00:00:00Z', until: '2026-11-25T00:00:00Z' }];
    await database.prisma.member.updateMany({ where: { userId: DANA.userId }, data: { away } });
    expect(await zoneNow()).toMatchObject({ zone: 'never', limit: null, isForAbsence: true });
    await database.prisma.member.updateMany({ data: { away: [] } });
    expect(await findZone(pair, { pair: of, category: 'Unheard of', now: pair.now() })).toBeNull();
  });

  test('a form that was opened before somebody else saved is refused, and nothing is lost', async () => {
    await saveCategory(deps, { caller: DANA, carried: carried(0, 'travel'), fields: travel });
    await expect(
      saveCategory(deps, { caller: DANA, carried: carried(0, 'email'), fields: travel }),
    ).rejects.toMatchObject({ field: 'name' });
  });

  test('the EA is refused with the name of who may', async () => {
    await expect(
      removeCategory(deps, { caller: ANA, pairId: PAIR_ID(), categoryId: 'travel' }),
    ).rejects.toThrow('Only Dana (executive) can change these zones.');
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  ACTIONS,
  type Action,
  explainNotOwn,
  explainRefusal,
  mayDo,
  type OwnAction,
  permissionOf,
} from '../../src/access/domain.ts';
import { authorize, authorizeOwner, NO_SUCH_PAIR } from '../../src/access/index.ts';
import type { Database } from '../../src/database/index.ts';
import { createPairFixture, DANA, type PairFixture, WORKSPACE } from '../away/pair-fixture.ts';
import { createTestDatabase } from '../support/databases.ts';

const WHO = {
  executive: 'U0000001',
  ea: 'U0000002',
  manager: 'U0000003',
  observer: 'U0000004',
  'somebody proposed but not agreed to': 'U0000005',
  'a stranger': 'U0000006',
  'an admin': 'U0000007',
} as const;
type Who = keyof typeof WHO;

let database: Database;
let stores: PairFixture;

beforeAll(async () => {
  database = await createTestDatabase();
  stores = await createPairFixture(database);
  const now = stores.now();
  for (const [who, role] of [
    ['manager', 'manager'],
    ['observer', 'observer'],
    ['somebody proposed but not agreed to', 'observer'],
  ] as const) {
    const key = { workspaceId: WORKSPACE, pairId: stores.pairId, userId: WHO[who] };
    await stores.onlookers.propose(key, { role, name: who, by: DANA.userId, now });
    if (who === role) await stores.onlookers.accept(key, { by: 'U0000002', now });
  }
});
afterAll(() => database.close());

/** Whether the check lets somebody through, and what it says otherwise. */
async function attempt(
  who: Who,
  to: Action,
  changes: { workspaceId?: string; pairId?: string; owner?: Who } = {},
): Promise<string> {
  const caller = { workspaceId: changes.workspaceId ?? WORKSPACE, userId: WHO[who] };
  const asked = {
    pairId: changes.pairId ?? stores.pairId,
    to,
    isAdmin: who === 'an admin',
    ...(permissionOf(to).own && { ownerId: WHO[changes.owner ?? who] }),
  } as Parameters<typeof authorize<Action>>[2];
  return await authorize(stores, caller, asked).then(
    () => 'may',
    (error: Error) => error.message,
  );
}

/** What the table says about somebody. */
function expected(who: Who, to: Action): string {
  if (who === 'a stranger' || who === 'somebody proposed but not agreed to') return NO_SUCH_PAIR;
  const role = who === 'an admin' ? 'admin' : who;
  const names = { executive: { name: 'Dana' }, ea: { name: 'Ana' } };
  return mayDo(role, to) ? 'may' : explainRefusal(to, names);
}

const people = Object.keys(WHO) as Who[];

describe.each(ACTIONS)('%s', (to) => {
  test.each(people)('%s: as the table says', async (who) => {
    expect(await attempt(who, to)).toBe(expected(who, to));
  });

  test('in a pair of another workspace, or one that does not exist, nobody may', async () => {
    for (const who of people) {
      expect(await attempt(who, to, { workspaceId: 'T2' })).toBe(NO_SUCH_PAIR);
      expect(await attempt(who, to, { pairId: 'no such pair' })).toBe(NO_SUCH_PAIR);
    }
  });

  if (permissionOf(to).own) {
    test('nobody may for a record of somebody else', async () => {
      for (const who of people.filter((one) => expected(one, to) === 'may')) {
        const owner = who === 'ea' ? 'executive' : 'ea';
        const name = owner === 'ea' ? 'Ana' : 'Dana';
        expect(await attempt(who, to, { owner })).toBe(explainNotOwn(to as OwnAction, name));
      }
    });
  }
});

test('after the end of a pair only what the table names is still possible, and the rest reads as if it never was', async () => {
  await database.prisma.pair.updateMany({ data: { endedAt: stores.now().toJSDate() } });
  const still = [];
  for (const to of ACTIONS) {
    const said = await attempt('executive', to);
    if (said !== NO_SUCH_PAIR) still.push(to);
  }
  await database.prisma.pair.updateMany({ data: { endedAt: null } });
  expect(still).toEqual(['pairs.restore', 'pairs.export', 'pairs.erase']);
});

test('a record that belongs to one person and no pair is only theirs', () => {
  expect(() => authorizeOwner(DANA, { to: 'leave.change', ownerId: DANA.userId })).not.toThrow();
  for (const ownerId of ['U0000002', null]) {
    expect(() => authorizeOwner(DANA, { to: 'leave.change', ownerId })).toThrow(
      'Only the person it belongs to can change this leave.',
    );
  }
});

test('a refusal names those who can', () => {
  const names = { executive: { name: 'Dana Whitfield' }, ea: { name: 'Ana Reyes' } };
  expect(explainRefusal('delegations.rate', names)).toBe(
    'Only Dana Whitfield (executive) can rate this task.',
  );
  expect(explainRefusal('pairs.end', names)).toBe(
    'Only Dana Whitfield (executive), Ana Reyes (EA) or an admin of this workspace can end this pair.',
  );
  expect(explainRefusal('audit.read', null)).toBe(
    'Only an admin of this workspace can read the audit log.',
  );
});

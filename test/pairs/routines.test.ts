import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { handoffRoutine } from '../../src/bridge/index.ts';
import { checkinRoutine } from '../../src/checkins/index.ts';
import type { Database } from '../../src/database/index.ts';
import { defaultMemberTerms } from '../../src/pairs/domain.ts';
import { createRoutineFiller } from '../../src/pairs/flows/routines.ts';
import type { RoutinesOf } from '../../src/pairs/index.ts';
import { ANA, DANA, openFixture } from '../reminders/fixture.ts';
import { createTestDatabase } from '../support/databases.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const routinesOf: RoutinesOf = (terms) => [checkinRoutine(terms), handoffRoutine(terms)];

test('a pair that agreed before there were handoffs gets them, and nothing that it has changes', async () => {
  const { deps, pairId } = await openFixture(database);
  const pair = await deps.pairs.find(DANA.workspaceId, pairId);
  if (!pair) throw new Error('no pair');
  const of = (userId: string, kind: string) =>
    deps.routines.findOf({ workspaceId: DANA.workspaceId, pairId, userId, kind });
  await createRoutineFiller(deps, routinesOf)();
  expect(await of(DANA.userId, 'handoff')).toBeNull();

  const terms = {
    ...pair,
    executive: defaultMemberTerms(pair.executive),
    ea: defaultMemberTerms(pair.ea),
  };
  const { agreement } = await deps.pairs.propose(pair, { terms, by: DANA.userId, now: deps.now() });
  await deps.pairs.accept(agreement, { by: ANA.userId, now: deps.now() });
  const fill = createRoutineFiller(deps, (terms) => [checkinRoutine(terms)]);
  await fill();
  const checkin = await of(DANA.userId, 'checkin');
  expect(checkin?.next?.on).toBe('2026-03-02');
  await createRoutineFiller(deps, routinesOf)();
  for (const [{ userId }, on] of [
    [DANA, '2026-03-02'],
    [ANA, '2026-03-03'],
  ] as const) {
    const handoff = await of(userId, 'handoff');
    expect([handoff?.next?.on, handoff?.base.time]).toEqual([on, '09:02']);
  }
  expect(await of(DANA.userId, 'checkin')).toEqual(checkin);
});

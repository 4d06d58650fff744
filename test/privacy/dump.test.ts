import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listFeatures } from '../../src/app.ts';
import type { Database } from '../../src/database/index.ts';
import { askDecision } from '../../src/decisions/flows/ask.ts';
import { erasePerson } from '../../src/privacy/index.ts';
import { ANA, DANA, type Fixture, openFixture, WORKSPACE } from '../delegations/fixture.ts';
import { oneKind } from '../support/databases.ts';

/** Said by Ana, each in another feature. */
const SAID = ['which gala', 'the bonsai', 'visit the doctor', 'sort the mail', 'more mail please'];
const MARTA = 'U0000003';

const kinds = listFeatures().flatMap((feature) => feature.records ?? []);
let database: Database;
let fixture: Fixture;

async function fill(create: () => Promise<Database>): Promise<void> {
  database = await create();
  fixture = await openFixture(database);
  const { deps, pair } = fixture;
  const { prisma } = database;
  const now = deps.now().toJSDate();
  const of = { workspaceId: WORKSPACE, pairId: pair.id };
  const task = await fixture.hand({ title: 'Order the cake' });
  await fixture.press(ANA, task, 'ask', SAID[0]);
  const content = {
    question: SAID[1] ?? '',
    options: [],
    defaultChoice: null,
    urgent: false,
    needsTalk: false,
    delegationNumber: null,
  };
  const due = { deadlineOn: '2026-11-26', deadlineTime: '17:00', clock: 'theirs' as const };
  await askDecision(deps, { caller: ANA, fields: { pairId: pair.id, ...due, content } });
  await prisma.leave.create({
    data: {
      ...ANA,
      id: 'l1',
      type: 'sick',
      firstOn: '2026-11-24',
      lastOn: '2026-11-24',
      startsAtMidday: false,
      endsAtMidday: false,
      reason: SAID[2],
      createdAt: now,
      changedAt: now,
    },
  });
  const duties = [{ what: SAID[3], ownerId: ANA.userId }];
  await prisma.charterDraft.create({
    data: { ...of, userId: ANA.userId, baseVersion: 0, duties, changedAt: now },
  });
  await prisma.charter.create({
    data: {
      ...of,
      version: 1,
      duties: [{ what: 'the board report', ownerId: ANA.userId }],
      note: SAID[4],
      proposedBy: ANA.userId,
      proposedAt: now,
      signedBy: DANA.userId,
      signedAt: now,
    },
  });
  const marta = { workspaceId: WORKSPACE, pairId: pair.id, userId: MARTA };
  await deps.onlookers.propose(marta, {
    role: 'observer',
    name: 'Marta Agency',
    by: ANA.userId,
    now: deps.now(),
  });
  await deps.onlookers.accept(marta, { by: DANA.userId, now: deps.now() });
  for (const userId of [ANA.userId, MARTA])
    await prisma.home.create({ data: { workspaceId: WORKSPACE, userId, openedAt: now } });
}

/** Every row of every table that holds a trace of it. */
async function tracesOf(...traces: string[]): Promise<string[]> {
  const { prisma } = database;
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await prisma.$queryRawUnsafe<{ row: string }[]>(
      `SELECT t::text AS row FROM "${name}" t`,
    );
    for (const { row } of rows)
      if (traces.some((trace) => row.includes(trace))) found.push(`${name} ${row}`);
  }
  return found;
}

const erase = (userId: string) =>
  fixture.deps.transact((stores) =>
    erasePerson(stores, {
      workspaceId: WORKSPACE,
      userId,
      actorId: userId,
      kinds,
      now: fixture.deps.now(),
    }),
  );

describe.each(await oneKind())('in $kind', ({ create }) => {
  beforeAll(() => fill(create));
  afterAll(() => database.close());

  test('of somebody who only looked on, nothing is left anywhere', async () => {
    expect((await tracesOf(MARTA)).length).toBeGreaterThan(1);
    await erase(MARTA);
    expect(await tracesOf(MARTA, 'Marta Agency')).toEqual([]);
  });

  test("of an EA, no trace is left in delegations, decisions, charter, leave, onlookers and Home, and what was the other one's stays", async () => {
    for (const one of SAID) expect(await tracesOf(one)).not.toEqual([]);
    await erase(ANA.userId);
    expect(await tracesOf(ANA.userId, ...SAID)).toEqual([]);
    expect(await tracesOf('Order the cake')).not.toEqual([]);
    expect(await tracesOf('the board report')).not.toEqual([]);
  });
});

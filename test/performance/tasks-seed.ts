import { DateTime } from 'luxon';
import type { Database } from '../../src/database/index.ts';
import type { Terms } from '../../src/pairs/domain.ts';
import { createStores } from '../../src/stores.ts';
import { WORKSPACE } from './commands.ts';

/** The executive of a pair. */
export type Owner = { workspaceId: string; pairId: string; userId: string; channelId: string };

const NINE_TO_FIVE = {
  workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  workStartTime: '09:00',
  workEndTime: '17:00',
  checkinDays: [],
  checkinTime: '09:00',
} satisfies Partial<Terms['ea']>;

/** Two people who work together, by ids that begin with `prefix`. */
export async function createPair(database: Database, prefix: string): Promise<Owner> {
  const now = DateTime.utc();
  const workspaceId = WORKSPACE.team_id;
  const id = (who: string) => `${prefix}${who}`;
  await database.prisma.workspace.createMany({
    data: [{ id: workspaceId, name: 'Bench', botUserId: 'U0BENCH', createdAt: now.toJSDate() }],
    skipDuplicates: true,
  });
  const stores = createStores({ db: database.prisma, enqueue: async () => {}, now: () => now });
  const [userId, channelId] = [id('DANA'), `C${prefix}`];
  const pair = await stores.pairs.ensure({
    workspaceId,
    terms: {
      channelId,
      startedOn: now.toISODate(),
      engagement: 'direct',
      hoursPerMonth: null,
      executive: { ...NINE_TO_FIVE, userId, name: 'Dana', zone: 'America/New_York' },
      ea: { ...NINE_TO_FIVE, userId: id('ANA'), name: 'Ana', zone: 'Asia/Manila' },
    },
    now,
  });
  return { workspaceId, pairId: pair.id, userId, channelId };
}

/** That many tasks, two of five still open, in all states, with one step each; resolves with the id of one of them. */
export async function seedTasks(database: Database, owner: Owner, count: number): Promise<string> {
  const { workspaceId, pairId, userId } = owner;
  const now = new Date();
  const { prisma } = database;
  await prisma.$executeRaw`
    INSERT INTO delegations ("workspaceId", id, "pairId", number, title, "definitionOfDone", priority, "dueAt",
      "dueZone", level, state, "stateSinceAt", shelf, "createdBy", "createdAt", "acceptedAt", "closedAt")
    SELECT ${workspaceId}, ${pairId} || '-' || n, ${pairId}, n, 'Task ' || n || ': book the flights',
      'Receipts in the folder', 1 + n % 4, ${now}::timestamptz + (n % 200 - 40) * interval '6 hours',
      'Asia/Manila', 'do', s.state::delegation_state, ${now}::timestamptz - n % 500 * interval '1 hour',
      (CASE WHEN s.state IN ('done', 'wont_do') THEN 'closed' ELSE 'open' END)::delegation_shelf,
      ${userId}, ${now}::timestamptz - interval '30 days', ${now}::timestamptz - interval '29 days',
      CASE WHEN s.state IN ('done', 'wont_do') THEN ${now}::timestamptz - n * interval '1 minute' END
    FROM generate_series(1, ${count}::int) AS n
    CROSS JOIN LATERAL (SELECT (ARRAY['done', 'accepted', 'done', 'in_progress', 'wont_do', 'waiting_executive',
      'done', 'delivered', 'done', 'done'])[1 + n % 10] AS state) AS s`;
  await prisma.$executeRaw`
    INSERT INTO delegation_changes ("workspaceId", "delegationId", position, step, "toState", "byId", at)
    SELECT "workspaceId", id, 1, 'create', state, "createdBy", "createdAt" FROM delegations
    WHERE "workspaceId" = ${workspaceId} AND "pairId" = ${pairId}`;
  await prisma.delegationSequence.create({ data: { workspaceId, pairId, last: count } });
  await prisma.$executeRaw`ANALYZE delegations`;
  await prisma.$executeRaw`ANALYZE delegation_changes`;
  const middle = Math.ceil(count / 2 / 10) * 10 + 1;
  return `${pairId}-${middle}`;
}

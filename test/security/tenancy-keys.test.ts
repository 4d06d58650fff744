import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/index.ts';
import { createTestDatabase } from '../support/databases.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

type Key = { table: string; type: 'p' | 'f' | 'u'; name: string; columns: string[] };

/** Keys of our tables as the database itself knows them: primary and foreign ones, and unique indexes. */
async function listKeys(): Promise<Key[]> {
  return await database.prisma.$queryRaw<Key[]>`
    SELECT c.conrelid::regclass::text AS "table", c.contype::text AS type, c.conname AS name,
      array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
    WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('p', 'f')
    GROUP BY c.conrelid, c.contype, c.conname
    UNION ALL
    SELECT i.indrelid::regclass::text, 'u', i.indexrelid::regclass::text,
      array_agg(a.attname::text ORDER BY a.attnum)
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indisunique AND NOT i.indisprimary AND t.relnamespace = 'public'::regnamespace
    GROUP BY i.indrelid, i.indexrelid`;
}

/** Workspaces themselves, their installations, which may be an organization's, and what Prisma keeps of its migrations. */
const WITHOUT_WORKSPACE = new Set(['workspaces', 'installations', '_prisma_migrations']);

async function listTables(): Promise<string[]> {
  const rows = await database.prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  return rows.map(({ name }) => name).filter((name) => !WITHOUT_WORKSPACE.has(name));
}

const hasWorkspace = (columns: string[]) => columns.includes('workspaceId');

test('every table has the workspace in its primary key', async () => {
  const keys = await listKeys();
  const tables = await listTables();
  const without = tables.filter(
    (table) =>
      !keys.some((key) => key.table === table && key.type === 'p' && hasWorkspace(key.columns)),
  );
  expect(tables.length).toBeGreaterThan(15);
  expect(without).toEqual([]);
});

test('every foreign key and every unique index carries the workspace, so no row can point at another one’s', async () => {
  const tables = new Set(await listTables());
  const keys = (await listKeys()).filter(({ table, type }) => tables.has(table) && type !== 'p');
  const without = keys.filter(({ columns }) => !hasWorkspace(columns)).map(({ name }) => name);
  expect(without).toEqual([]);
});

test('a row of one workspace cannot belong to a pair of another', async () => {
  const { prisma } = database;
  const createdAt = new Date('2026-03-02T00:00:00Z');
  for (const id of ['T1', 'T2'])
    await prisma.workspace.create({ data: { id, name: id, botUserId: 'U0', createdAt } });
  for (const userId of ['U1', 'U2']) {
    const person = { workspaceId: 'T1', userId, name: userId, zone: 'UTC', weekly: {} };
    await prisma.member.create({ data: { ...person, updatedAt: createdAt } });
  }
  const pair = {
    workspaceId: 'T1',
    id: 'pair',
    executiveId: 'U1',
    eaId: 'U2',
    channelId: 'C1',
    startedOn: '2026-03-02',
    engagement: 'direct',
    createdAt,
  } as const;
  await prisma.pair.create({ data: pair });
  const onlooker = { pairId: 'pair', userId: 'U3', role: 'observer', name: 'x' } as const;
  const proposed = { proposedBy: 'U1', proposedAt: createdAt };
  await expect(
    prisma.onlooker.create({ data: { workspaceId: 'T2', ...onlooker, ...proposed } }),
  ).rejects.toThrow('Foreign key');
});

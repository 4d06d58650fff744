import type { Database } from '../../../src/database/index.ts';

/** Every row of every table of ours, as text that starts with the name of its table. */
export async function dumpRows(database: Database): Promise<string[]> {
  const tables = await listTables(database, ['audit_entries', 'audit_people']);
  const each = tables.map(
    (name) => `SELECT '${name} ' || row_to_json(t)::text AS row FROM "${name}" t`,
  );
  const rows = await database.prisma.$queryRawUnsafe<{ row: string }[]>(
    `${each.join(' UNION ALL ')} ORDER BY 1`,
  );
  return rows.map(({ row }) => row);
}

/** The transactions after `after` that rows still show the work of; what only notes what came is left out. */
export async function listWriters(database: Database, after: string): Promise<string[]> {
  const tables = await listTables(database, []);
  const each = tables.map(
    (name) =>
      `SELECT '${name}' AS name, t.xmin::text AS id FROM "${name}" t WHERE t.xmin::text::bigint > ${after}`,
  );
  const rows = await database.prisma.$queryRawUnsafe<{ id: string; names: string }[]>(
    `SELECT id, string_agg(DISTINCT name, ',') AS names FROM (${each.join(' UNION ALL ')}) x GROUP BY id`,
  );
  return rows.map(({ id, names }) => `${id} wrote ${names}`);
}

/** The number of the newest transaction. */
export async function newestTransaction(database: Database): Promise<string> {
  const rows = await database.prisma.$queryRaw<{ id: string }[]>`
    SELECT pg_current_xact_id()::text AS id`;
  return rows[0]?.id ?? '0';
}

async function listTables(database: Database, without: readonly string[]): Promise<string[]> {
  const left = ['_prisma_migrations', 'inbound', 'homes', ...without];
  const tables = await database.prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND NOT table_name = ANY(${left})
    ORDER BY table_name`;
  return tables.map(({ name }) => name);
}

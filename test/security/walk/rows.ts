import type { Database } from '../../../src/database/index.ts';

/** Every row of every table of ours, as text that starts with the name of its table. */
export async function dumpRows(database: Database): Promise<string[]> {
  const tables = await database.prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
      AND table_name NOT IN ('_prisma_migrations', 'inbound', 'homes', 'audit_entries', 'audit_people')
    ORDER BY table_name`;
  const each = tables.map(
    ({ name }) => `SELECT '${name} ' || row_to_json(t)::text AS row FROM "${name}" t`,
  );
  const rows = await database.prisma.$queryRawUnsafe<{ row: string }[]>(
    `${each.join(' UNION ALL ')} ORDER BY 1`,
  );
  return rows.map(({ row }) => row);
}

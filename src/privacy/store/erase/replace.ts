import { Prisma } from '../../../database/generated/client.ts';
import type { Tx } from '../../../database/index.ts';
import { named } from '../sql.ts';
import { inBatches } from './batches.ts';

type Column = { table: string; column: string; type: 'text' | 'jsonb' | 'ARRAY' };

/**
 * Puts another id and name in the place of a person's in every table of the workspace, wherever the id stands and
 * wherever the name stands alone. It knows no table by name, so it also holds for those that are yet to come.
 */
export async function replaceEverywhere(
  db: Tx,
  o: {
    workspaceId: string;
    userId: string;
    name: string | null;
    by: { id: string; name: string };
  },
): Promise<void> {
  const columns = await db.$queryRaw<Column[]>`
    SELECT c.table_name AS "table", c.column_name AS "column", c.data_type AS type
    FROM information_schema.columns c
    JOIN information_schema.columns w USING (table_schema, table_name)
    WHERE c.table_schema = current_schema() AND w.column_name = 'workspaceId'
      AND c.column_name <> 'workspaceId' AND c.table_name <> 'audit_entries'
      AND (c.data_type IN ('text', 'jsonb') OR c.data_type = 'ARRAY' AND c.udt_name = '_text')
    ORDER BY 1, 2`;
  const tables = Map.groupBy(columns, ({ table }) => table);
  for (const [table, ofTable] of tables) {
    const sets = ofTable.map((one) => Prisma.sql`${named(one.column)} = ${replaced(one, o)}`);
    const hits = ofTable.map(
      (one) => Prisma.sql`${named(one.column)} IS DISTINCT FROM ${replaced(one, o)}`,
    );
    await inBatches(
      (size) => db.$executeRaw`
        UPDATE ${named(table)} SET ${Prisma.join(sets)} WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM ${named(table)}
          WHERE "workspaceId" = ${o.workspaceId} AND (${Prisma.join(hits, ' OR ')})
          LIMIT ${size}))`,
    );
  }
}

function replaced(
  { column, type }: Column,
  o: { userId: string; name: string | null; by: { id: string; name: string } },
): Prisma.Sql {
  const value = named(column);
  // An id stands for itself only, not within a longer one.
  const pattern = `(?<![A-Z0-9])${o.userId}(?![A-Z0-9])`;
  switch (type) {
    case 'ARRAY':
      return Prisma.sql`array_replace(${value}, ${o.userId}, ${o.by.id})`;
    case 'text': {
      const withId = Prisma.sql`regexp_replace(${value}, ${pattern}, ${o.by.id}, 'g')`;
      if (o.name === null || !/name$/i.test(column)) return withId;
      return Prisma.sql`CASE WHEN ${value} = ${o.name} THEN ${o.by.name} ELSE ${withId} END`;
    }
    case 'jsonb': {
      const withId = Prisma.sql`regexp_replace(${value}::text, ${pattern}, ${o.by.id}, 'g')`;
      if (o.name === null) return Prisma.sql`${withId}::jsonb`;
      return Prisma.sql`replace(${withId}, to_json(${o.name}::text)::text, to_json(${o.by.name}::text)::text)::jsonb`;
    }
  }
}

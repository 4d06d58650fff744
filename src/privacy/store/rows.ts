import { Prisma } from '../../database/generated/client.ts';
import type { Tx } from '../../database/index.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import type { RecordTable } from '../domain/records.ts';
import { belonging, fromTable, isOwnedBy, named } from './sql.ts';

/** Whose records: a person's own, or all of a pair that a person in it may see. */
export type RecordsOf = { workspaceId: string; userId: string; pairId?: string | null };

/** Local dates, both included; an instant counts by its date in UTC. */
export type DateRange = { fromOn?: LocalDate | null; untilOn?: LocalDate | null };

export function createRecordRows(db: Tx) {
  return {
    /** How many rows of a table are a person's own. */
    async countOwn(
      table: RecordTable,
      o: { workspaceId: string; userId: string },
    ): Promise<number> {
      const [row] = await db.$queryRaw<{ n: number }[]>`
        SELECT count(*)::int AS n ${fromTable(table)} WHERE ${whose(table, o)}`;
      return row?.n ?? 0;
    },

    /** A page of rows as plain data by column, oldest first. */
    async readRows(
      table: RecordTable,
      o: RecordsOf & DateRange & { offset: number; limit: number },
    ): Promise<Record<string, unknown>[]> {
      // Where a row lies tells those of the same time apart, so that no page has one of another.
      const order = table.at ? Prisma.sql`t.${named(table.at)}, t.ctid` : Prisma.sql`t.ctid`;
      const rows = await db.$queryRaw<{ row: Record<string, unknown> }[]>`
        SELECT to_jsonb(t) - 'workspaceId' AS row ${fromTable(table)}
        WHERE ${whose(table, o)} AND ${within(table, o)}
        ORDER BY ${order} OFFSET ${o.offset} LIMIT ${o.limit}`;
      return rows.map(({ row }) => row);
    },
  };
}

function whose(table: RecordTable, o: RecordsOf): Prisma.Sql {
  const inWorkspace = Prisma.sql`t."workspaceId" = ${o.workspaceId}`;
  const own = isOwnedBy(table, o.userId);
  if (o.pairId) {
    if (!table.pair) return Prisma.sql`false`;
    const ofPair = Prisma.sql`${inWorkspace} AND ${belonging(table, table.pair)} = ${o.pairId}`;
    return table.private ? Prisma.sql`${ofPair} AND ${own}` : ofPair;
  }
  if (table.owners.length > 0) return Prisma.sql`${inWorkspace} AND ${own}`;
  if (!table.pair) return Prisma.sql`false`;
  return Prisma.sql`${inWorkspace} AND ${belonging(table, table.pair)} IN (
    SELECT id FROM pairs WHERE "workspaceId" = ${o.workspaceId}
      AND ("executiveId" = ${o.userId} OR "eaId" = ${o.userId}))`;
}

function within(table: RecordTable, { fromOn, untilOn }: DateRange): Prisma.Sql {
  // What has no date, or no end yet, is there all the time.
  if (!table.at || (!fromOn && !untilOn)) return Prisma.sql`true`;
  const day = table.isDate
    ? Prisma.sql`t.${named(table.at)}`
    : Prisma.sql`to_char(t.${named(table.at)} AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;
  return Prisma.sql`COALESCE(${day} >= ${fromOn ?? '0000-01-01'} AND ${day} <= ${untilOn ?? '9999-12-31'}, true)`;
}

import type { DateTime } from 'luxon';
import { Prisma } from '../../database/generated/client.ts';
import type { Tx } from '../../database/index.ts';
import type { RecordTable } from '../domain/records.ts';
import { named } from './sql.ts';

/** The table whose trigger lets nobody delete but this sweep. */
const APPEND_ONLY = 'audit_entries';

export function createRetentionRows(db: Tx) {
  return {
    /** Days by kind where the workspace chose others than the default; null for "until somebody erases it". */
    async findPeriods(workspaceId: string): Promise<Map<string, number | null>> {
      const rows = await db.retentionPeriod.findMany({ where: { workspaceId } });
      return new Map(rows.map(({ kind, days }) => [kind, days]));
    },

    async choosePeriod(o: {
      workspaceId: string;
      kind: string;
      days: number | null;
    }): Promise<void> {
      const { workspaceId, kind, days } = o;
      await db.retentionPeriod.upsert({
        where: { workspaceId_kind: { workspaceId, kind } },
        create: o,
        update: { days },
      });
    },

    /** Takes up to `limit` workspaces whose old records are to be looked for, until `leaseUntil`. */
    async claimRuns(o: { now: DateTime; leaseUntil: DateTime; limit: number }): Promise<string[]> {
      const now = o.now.toJSDate();
      await db.$executeRaw`
        INSERT INTO retention_runs ("workspaceId", "nextAt")
        SELECT id, ${now} FROM workspaces w
        WHERE NOT EXISTS (SELECT 1 FROM retention_runs r WHERE r."workspaceId" = w.id)
        ON CONFLICT DO NOTHING`;
      const rows = await db.$queryRaw<{ workspaceId: string }[]>`
        UPDATE retention_runs SET "nextAt" = ${o.leaseUntil.toJSDate()}
        WHERE "workspaceId" IN (
          SELECT "workspaceId" FROM retention_runs WHERE "nextAt" <= ${now}
          ORDER BY "nextAt" LIMIT ${o.limit} FOR UPDATE SKIP LOCKED)
        RETURNING "workspaceId"`;
      return rows.map((row) => row.workspaceId);
    },

    async planRun(workspaceId: string, nextAt: DateTime): Promise<void> {
      await db.retentionRun.updateMany({
        where: { workspaceId },
        data: { nextAt: nextAt.toJSDate() },
      });
    },

    /** Does what age does to at most `size` rows from before `before`, and says how many there were. */
    async expire(
      table: RecordTable,
      o: { workspaceId: string; before: DateTime; size: number },
    ): Promise<number> {
      const { ages } = table;
      if (!ages || !table.at) return 0;
      const name = named(table.table);
      const old = Prisma.sql`
        SELECT t.ctid FROM ${name} t WHERE t."workspaceId" = ${o.workspaceId}
          AND t.${named(table.at)} < ${table.isDate ? o.before.toISODate() : o.before.toJSDate()}
          AND ${only(ages.only)} AND ${notBlank(ages.blank)} LIMIT ${o.size}`;
      if (ages.blank) {
        const values = Object.entries(ages.blank).map(
          ([column, value]) => Prisma.sql`${named(column)} = ${Prisma.raw(value)}`,
        );
        return await db.$executeRaw`
          UPDATE ${name} SET ${Prisma.join(values)} WHERE ctid = ANY (ARRAY(${old}))`;
      }
      if (table.table === APPEND_ONLY)
        await db.$queryRaw`SELECT set_config('tandem.audit_retention', 'on', true)`;
      return await db.$executeRaw`DELETE FROM ${name} WHERE ctid = ANY (ARRAY(${old}))`;
    },
  };
}

function only(rule: NonNullable<RecordTable['ages']>['only']): Prisma.Sql {
  if (!rule) return Prisma.sql`true`;
  const column = Prisma.sql`t.${named(rule.column)}`;
  const values = rule.in.filter((one) => one !== null);
  const among = values.length > 0 ? Prisma.sql`${column}::text IN (${Prisma.join(values)})` : null;
  const isNull = rule.in.includes(null) ? Prisma.sql`${column} IS NULL` : null;
  const either = [among, isNull].filter((one) => one !== null);
  return Prisma.sql`(${Prisma.join(either, ' OR ')})`;
}

function notBlank(blank: NonNullable<RecordTable['ages']>['blank']): Prisma.Sql {
  if (!blank) return Prisma.sql`true`;
  const filled = Object.entries(blank).map(
    ([column, value]) => Prisma.sql`t.${named(column)} <> ${Prisma.raw(value)}`,
  );
  return Prisma.sql`(${Prisma.join(filled, ' OR ')})`;
}

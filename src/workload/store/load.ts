import type { DateTime } from 'luxon';
import { DelegationState, Prisma } from '../../database/generated/client.ts';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import { toJson } from '../../database/json.ts';
import { type DueWork, type ForecastDay, NO_WORK } from '../domain/forecast.ts';
import type { LoadQuestion } from '../domain/question.ts';
import type { HandoverCounts, ScopeTimes } from '../domain/shares.ts';

export type PairKey = { workspaceId: string; pairId: string };

type Loggable = { id: string; number: number; title: string };

/** Literals, by which the database takes the rows of each state in the order of an index, however many there are. */
const literals = (states: readonly DelegationState[]) =>
  states.map((state) => Prisma.raw(`'${state}'::delegation_state`));
const OPEN = literals(
  Object.values(DelegationState).filter((state) => state !== 'done' && state !== 'wont_do'),
);
const UNDELIVERED = literals(
  Object.values(DelegationState).filter(
    (state) => state !== 'done' && state !== 'wont_do' && state !== 'delivered',
  ),
);

function rowsOf(states: readonly Prisma.Sql[]): Prisma.Sql {
  return Prisma.join(states.map((state) => Prisma.sql`(${state})`));
}

type Sums = { day: number; minutes: number; count: number; withoutEstimate: number };

/** Figures about a pair's delegations, summed up by the database however many there are. */
export function createLoadRows(db: Tx) {
  return {
    /** What is due on each of these days and not delivered; the first one takes what is overdue. Logged time is taken off estimates. */
    async dueWork(
      { workspaceId, pairId }: PairKey,
      days: readonly ForecastDay[],
    ): Promise<DueWork[]> {
      const ends = days.map(({ until }) => until.toJSDate());
      const last = ends.at(-1);
      if (!last) return [];
      const rows = await db.$queryRaw<Sums[]>`
        SELECT width_bucket(d."dueAt", ${ends}::timestamptz[])::int AS day,
          COALESCE(SUM(GREATEST(d."estimateMinutes" - COALESCE(t.minutes, 0), 0)), 0)::int AS minutes,
          COUNT(*)::int AS count,
          COUNT(*) FILTER (WHERE d."estimateMinutes" IS NULL)::int AS "withoutEstimate"
        FROM delegations d
        LEFT JOIN (
          SELECT "delegationId", SUM(minutes) AS minutes FROM time_entries
          WHERE "workspaceId" = ${workspaceId} AND "pairId" = ${pairId} GROUP BY 1
        ) t ON t."delegationId" = d.id
        WHERE d."workspaceId" = ${workspaceId} AND d."pairId" = ${pairId} AND d.shelf = 'open'
          AND d.state IN (${Prisma.join(UNDELIVERED)}) AND d."dueAt" < ${last}
        GROUP BY 1`;
      return days.map((_, index) => {
        const row = rows.find(({ day }) => day === index);
        if (!row) return NO_WORK;
        const { minutes, count, withoutEstimate } = row;
        return { minutes, count, withoutEstimate };
      });
    },

    /** How many open ones have no due date, and so are in no forecast. */
    async countUndated(of: PairKey): Promise<number> {
      return await db.delegation.count({ where: { ...of, shelf: 'open', dueAt: null } });
    },

    /** Ids of those due before `until` that could give way: with an estimate, lowest priority first, then what is due last. */
    async findMovable(of: PairKey, o: { until: DateTime; limit: number }): Promise<string[]> {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT d.id FROM (VALUES ${rowsOf(UNDELIVERED)}) AS s(state)
        CROSS JOIN LATERAL (
          SELECT e.id, e.priority, e."dueAt", e.number FROM delegations e
          WHERE e."workspaceId" = ${of.workspaceId} AND e."pairId" = ${of.pairId}
            AND e.shelf = 'open' AND e.state = s.state
            AND e."dueAt" < ${o.until.toJSDate()} AND e."estimateMinutes" > 0
          ORDER BY e.priority DESC, e."dueAt" DESC, e.number DESC LIMIT ${o.limit}
        ) d
        ORDER BY d.priority DESC, d."dueAt" DESC, d.number DESC LIMIT ${o.limit}`;
      return rows.map(({ id }) => id);
    },

    /** Open work by priority, then what was finished since `since`. */
    async listLoggable(of: PairKey, o: { since: DateTime; limit: number }): Promise<Loggable[]> {
      const open = await db.$queryRaw<Loggable[]>`
        SELECT d.id, d.number, d.title FROM (VALUES ${rowsOf(OPEN)}) AS s(state)
        CROSS JOIN LATERAL (
          SELECT e.id, e.number, e.title, e.priority, e."dueAt" FROM delegations e
          WHERE e."workspaceId" = ${of.workspaceId} AND e."pairId" = ${of.pairId}
            AND e.shelf = 'open' AND e.state = s.state
          ORDER BY e.priority, e."dueAt", e.number LIMIT ${o.limit}
        ) d
        ORDER BY d.priority, d."dueAt", d.number LIMIT ${o.limit}`;
      const closed = await db.delegation.findMany({
        where: { ...of, shelf: 'closed', closedAt: { gte: o.since.toJSDate() } },
        orderBy: { closedAt: 'desc' },
        select: { id: true, number: true, title: true },
        take: o.limit,
      });
      return [...open.slice(0, o.limit - Math.min(closed.length, 20)), ...closed].slice(0, o.limit);
    },

    /** Time on what was delivered or done since `since`, by whether a duty asked for it: `dutyPrefix` begins the ids of those. */
    async scopeTimes(
      { workspaceId, pairId }: PairKey,
      o: { since: DateTime; dutyPrefix: string },
    ): Promise<ScopeTimes> {
      const rows = await db.$queryRaw<ScopeTimes[]>`
        SELECT COALESCE(SUM(f.minutes) FILTER (WHERE f.inside), 0)::int AS "insideMinutes",
          COALESCE(SUM(f.minutes) FILTER (WHERE NOT f.inside), 0)::int AS "outsideMinutes",
          COUNT(*)::int AS n,
          COUNT(*) FILTER (WHERE f.minutes IS NULL)::int AS "withoutTime"
        FROM (
          SELECT starts_with(d.id, ${o.dutyPrefix}) AS inside,
            COALESCE(t.minutes, d."estimateMinutes") AS minutes
          FROM delegations d
          LEFT JOIN (
            SELECT "delegationId", SUM(minutes) AS minutes FROM time_entries
            WHERE "workspaceId" = ${workspaceId} AND "pairId" = ${pairId} GROUP BY 1
          ) t ON t."delegationId" = d.id
          WHERE d."workspaceId" = ${workspaceId} AND d."pairId" = ${pairId}
            AND ((d.shelf = 'closed' AND d.state = 'done' AND d."closedAt" >= ${o.since.toJSDate()})
              OR (d.shelf = 'open' AND d.state = 'delivered' AND d."stateSinceAt" >= ${o.since.toJSDate()}))
        ) f`;
      return rows[0] ?? { insideMinutes: 0, outsideMinutes: 0, n: 0, withoutTime: 0 };
    },

    /** Of what was handed over since `since` outside of duties: how many have what makes it clear. */
    async handoverCounts(
      { workspaceId, pairId }: PairKey,
      o: { since: DateTime; dutyPrefix: string },
    ): Promise<HandoverCounts> {
      const rows = await db.$queryRaw<HandoverCounts[]>`
        SELECT COUNT(*)::int AS n,
          COUNT(*) FILTER (WHERE "definitionOfDone" <> '')::int AS "withDone",
          COUNT("dueAt")::int AS "withDue",
          COUNT("sopUrl")::int AS "withSop"
        FROM delegations
        WHERE "workspaceId" = ${workspaceId} AND "pairId" = ${pairId} AND "deletedAt" IS NULL
          AND "createdAt" >= ${o.since.toJSDate()} AND NOT starts_with(id, ${o.dutyPrefix})`;
      return rows[0] ?? { n: 0, withDone: 0, withDue: 0, withSop: 0 };
    },

    /** Begins to compare the work of pairs that have any and are not looked at yet. */
    async planChecks(now: DateTime, limit: number): Promise<void> {
      await db.$executeRaw`
        INSERT INTO load_checks ("workspaceId", "pairId", "nextAt")
        SELECT s."workspaceId", s."pairId", ${now.toJSDate()} FROM delegation_sequences s
        WHERE NOT EXISTS (
          SELECT 1 FROM load_checks c
          WHERE c."workspaceId" = s."workspaceId" AND c."pairId" = s."pairId"
        )
        LIMIT ${limit} ON CONFLICT DO NOTHING`;
    },

    /** Pairs whose time has come and that have not ended, where the app is installed: locked, those that no other process holds. Call inside a transaction. */
    async claimChecks(now: DateTime, limit: number): Promise<PairKey[]> {
      return await db.$queryRaw<PairKey[]>`
        SELECT c."workspaceId", c."pairId" FROM load_checks c
        JOIN pairs p ON p."workspaceId" = c."workspaceId" AND p.id = c."pairId"
        JOIN workspaces w ON w.id = c."workspaceId"
        WHERE c."nextAt" <= ${now.toJSDate()} AND p."endedAt" IS NULL AND w."removedAt" IS NULL
        ORDER BY c."nextAt" LIMIT ${limit} FOR UPDATE OF c SKIP LOCKED`;
    },

    async setNextCheck(of: PairKey, at: DateTime | null): Promise<void> {
      await db.loadCheck.updateMany({ where: of, data: { nextAt: at?.toJSDate() ?? null } });
    },

    async nextCheckAt(): Promise<DateTime | null> {
      const row = await db.loadCheck.findFirst({
        where: {
          nextAt: { not: null },
          pair: { endedAt: null, workspace: { removedAt: null } },
        },
        orderBy: { nextAt: 'asc' },
        select: { nextAt: true },
      });
      return row?.nextAt ? toInstant(row.nextAt) : null;
    },

    /** When the newest question was asked; null when none was. */
    async lastAskedAt(of: PairKey): Promise<DateTime | null> {
      const row = await db.loadQuestion.findFirst({
        where: of,
        orderBy: { weekOn: 'desc' },
        select: { askedAt: true },
      });
      return row && toInstant(row.askedAt);
    },

    /** False when this week's question was asked already. */
    async addQuestion({ askedAt, content, ...key }: LoadQuestion): Promise<boolean> {
      const { count } = await db.loadQuestion.createMany({
        data: { ...key, askedAt: askedAt.toJSDate(), content: toJson(content) },
        skipDuplicates: true,
      });
      return count === 1;
    },

    /** Null when there is none, locked against other processes. Call inside a transaction. */
    async lockQuestion(of: PairKey, weekOn: string): Promise<LoadQuestion | null> {
      await db.$queryRaw`
        SELECT 1 FROM load_questions WHERE "workspaceId" = ${of.workspaceId}
          AND "pairId" = ${of.pairId} AND "weekOn" = ${weekOn} FOR UPDATE`;
      const row = await db.loadQuestion.findUnique({
        where: { workspaceId_pairId_weekOn: { ...of, weekOn } },
      });
      if (!row) return null;
      const content = row.content as unknown as LoadQuestion['content'];
      return { ...row, askedAt: toInstant(row.askedAt), content };
    },

    async saveQuestion({ workspaceId, pairId, weekOn, content }: LoadQuestion): Promise<void> {
      await db.loadQuestion.update({
        where: { workspaceId_pairId_weekOn: { workspaceId, pairId, weekOn } },
        data: { content: toJson(content) },
      });
    },
  };
}

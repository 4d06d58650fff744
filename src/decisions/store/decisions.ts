import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import type { Decision, DecisionContent, DecisionState } from '../domain/decision.ts';
import { createMessageStore } from './messages.ts';
import { columnsOf, toDecision } from './rows.ts';

type DecisionKey = { workspaceId: string; id: string };
type BookKey = { workspaceId: string; pairId: string };

export function createDecisionStore(db: Tx) {
  return {
    ...createMessageStore(db),

    /** Lets one change of a pair's decisions happen after another. Call first, inside a transaction. */
    async lockBook({ workspaceId, pairId }: BookKey): Promise<void> {
      await db.decisionBook.createMany({ data: { workspaceId, pairId }, skipDuplicates: true });
      await db.$queryRaw`
        SELECT 1 FROM decision_books
        WHERE "workspaceId" = ${workspaceId} AND "pairId" = ${pairId} FOR UPDATE`;
    },

    /** Writes a question under the pair's next number. Call after `lockBook`. */
    async create(
      o: BookKey & { content: DecisionContent; checkinId: string | null; now: DateTime },
    ): Promise<Decision> {
      const { workspaceId, pairId, content, checkinId, now } = o;
      const { lastNumber: number } = await db.decisionBook.update({
        where: { workspaceId_pairId: { workspaceId, pairId } },
        data: { lastNumber: { increment: 1 } },
      });
      const at = now.toJSDate();
      const row = await db.decision.create({
        data: {
          ...content,
          workspaceId,
          pairId,
          id: randomUUID(),
          number,
          checkinId,
          deadlineAt: content.deadlineAt.toJSDate(),
          askedAt: at,
          waitingSince: at,
          nextAt: at,
        },
      });
      return toDecision(row);
    },

    /** Null when this workspace has no such decision. */
    async find({ workspaceId, id }: DecisionKey): Promise<Decision | null> {
      const row = await db.decision.findUnique({ where: { workspaceId_id: { workspaceId, id } } });
      return row && toDecision(row);
    },

    /** Writes a decision as it has become. Call after `lockBook`. */
    async save(decision: Decision, nextAt: DateTime | null): Promise<void> {
      const { workspaceId, id } = decision;
      await db.decision.update({
        where: { workspaceId_id: { workspaceId, id } },
        data: columnsOf(decision, nextAt),
      });
    },

    /** Pairs that have not ended, where the app is installed, with decisions that the clock has something to do with at `now`. */
    async listDue(now: DateTime, limit: number): Promise<BookKey[]> {
      return await db.$queryRaw<BookKey[]>`
        SELECT d."workspaceId", d."pairId" FROM decisions d
        JOIN pairs p ON p."workspaceId" = d."workspaceId" AND p.id = d."pairId"
        JOIN workspaces w ON w.id = d."workspaceId"
        WHERE d."nextAt" <= ${now.toJSDate()} AND p."endedAt" IS NULL AND w."removedAt" IS NULL
        GROUP BY d."workspaceId", d."pairId" ORDER BY min(d."nextAt") LIMIT ${limit}`;
    },

    /** When the clock next has something to do, or null. */
    async nextAt(): Promise<DateTime | null> {
      const row = await db.decision.findFirst({
        where: {
          nextAt: { not: null },
          book: { pair: { endedAt: null, workspace: { removedAt: null } } },
        },
        orderBy: { nextAt: 'asc' },
        select: { nextAt: true },
      });
      return row?.nextAt ? toInstant(row.nextAt) : null;
    },

    /** Decisions of the pair whose time has come, oldest first. */
    async listDueOf({ workspaceId, pairId }: BookKey, now: DateTime): Promise<Decision[]> {
      const rows = await db.decision.findMany({
        where: { workspaceId, pairId, nextAt: { lte: now.toJSDate() } },
        orderBy: { number: 'asc' },
      });
      return rows.map(toDecision);
    },

    /** Puts off what cannot be done now, so that it holds up nothing else. */
    async postpone({ workspaceId, pairId }: BookKey, o: { now: DateTime; until: DateTime }) {
      await db.decision.updateMany({
        where: { workspaceId, pairId, nextAt: { lte: o.now.toJSDate() } },
        data: { nextAt: o.until.toJSDate() },
      });
    },

    /** Lets the clock look again at everything open of a person whose hours have changed. */
    async wake(o: { workspaceId: string; userId: string; now: DateTime }): Promise<void> {
      const { workspaceId, userId } = o;
      await db.decision.updateMany({
        where: {
          workspaceId,
          nextAt: { not: null },
          book: { pair: { endedAt: null, OR: [{ executiveId: userId }, { eaId: userId }] } },
        },
        data: { nextAt: o.now.toJSDate() },
      });
    },

    /** Decisions of a pair in these states, oldest first. */
    async list(
      { workspaceId, pairId }: BookKey,
      o: { states: DecisionState[]; limit?: number },
    ): Promise<Decision[]> {
      const rows = await db.decision.findMany({
        where: { workspaceId, pairId, state: { in: o.states } },
        orderBy: { number: 'asc' },
        ...(o.limit && { take: o.limit }),
      });
      return rows.map(toDecision);
    },

    async findByNumber({ workspaceId, pairId }: BookKey, number: number): Promise<Decision | null> {
      const row = await db.decision.findFirst({ where: { workspaceId, pairId, number } });
      return row && toDecision(row);
    },

    async count({ workspaceId, pairId }: BookKey, states: DecisionState[]): Promise<number> {
      return await db.decision.count({ where: { workspaceId, pairId, state: { in: states } } });
    },

    /** Decisions of a pair in these states, newest first, with how many there are in all. */
    async page(
      { workspaceId, pairId }: BookKey,
      o: { states: DecisionState[]; offset: number; size: number },
    ): Promise<{ decisions: Decision[]; total: number }> {
      const where = { workspaceId, pairId, state: { in: o.states } };
      const rows = await db.decision.findMany({
        where,
        orderBy: { number: 'desc' },
        skip: o.offset,
        take: o.size,
      });
      return { decisions: rows.map(toDecision), total: await db.decision.count({ where }) };
    },

    /** Decisions of a pair that were answered, by a person or by default, since then. */
    async listAnsweredSince(
      { workspaceId, pairId }: BookKey,
      since: DateTime,
    ): Promise<Decision[]> {
      const rows = await db.decision.findMany({
        where: {
          workspaceId,
          pairId,
          state: { in: ['answered', 'defaulted', 'acted'] },
          answeredAt: { gte: since.toJSDate() },
        },
        orderBy: { answeredAt: 'asc' },
      });
      return rows.map(toDecision);
    },

    /** What one check-in asked. */
    async listOfCheckin(workspaceId: string, checkinId: string): Promise<Decision[]> {
      const rows = await db.decision.findMany({
        where: { workspaceId, checkinId },
        orderBy: { number: 'asc' },
      });
      return rows.map(toDecision);
    },
  };
}

export type DecisionStore = ReturnType<typeof createDecisionStore>;

import type { DateTime } from 'luxon';
import type { Tx } from '../database/index.ts';
import { toInstant } from '../database/instant.ts';
import type { PastWork, RepeatProposal, Titled } from './domain.ts';

export type PairKey = { workspaceId: string; pairId: string };
type Role = 'executive' | 'ea';
export type CheckKey = PairKey & { role: Role };

/** Which work came again and again, and what was proposed about it. */
export function createRepeatStore(db: Tx) {
  const where = ({ workspaceId, pairId, delegationId }: PairKey & { delegationId: string }) => ({
    workspaceId_pairId_delegationId: { workspaceId, pairId, delegationId },
  });

  return {
    /** What was handed over since `since` and no duty asked for, the newest first: `dutyPrefix` begins the ids of those. */
    async listPast(
      of: PairKey,
      o: { since: DateTime; dutyPrefix: string; limit: number },
    ): Promise<PastWork[]> {
      return await db.delegation.findMany({
        where: {
          ...of,
          createdAt: { gte: o.since.toJSDate() },
          deletedAt: null,
          NOT: { id: { startsWith: o.dutyPrefix } },
        },
        select: { id: true, number: true, title: true, category: true },
        orderBy: { number: 'desc' },
        take: o.limit,
      });
    },

    /** Every kind that was ever proposed. */
    async listProposed(of: PairKey): Promise<Titled[]> {
      return await db.repeatProposal.findMany({
        where: of,
        select: { title: true, category: true },
      });
    },

    async wasProposedSince(of: PairKey, since: DateTime): Promise<boolean> {
      const row = await db.repeatProposal.findFirst({
        where: { ...of, proposedAt: { gte: since.toJSDate() } },
        select: { delegationId: true },
      });
      return row !== null;
    },

    async propose(proposal: RepeatProposal, now: DateTime): Promise<void> {
      await db.repeatProposal.createMany({
        data: { ...proposal, proposedAt: now.toJSDate() },
        skipDuplicates: true,
      });
    },

    /** Open ones of which that person has not heard yet. */
    async listUntold({ role, ...of }: CheckKey): Promise<RepeatProposal[]> {
      const told = role === 'executive' ? { toldExecutive: false } : { toldEa: false };
      return await db.repeatProposal.findMany({
        where: { ...of, dismissedBy: null, ...told },
        orderBy: { proposedAt: 'asc' },
        omit: { proposedAt: true, dismissedAt: true },
        take: 5,
      });
    },

    async noteTold({
      delegationId,
      role,
      ...of
    }: CheckKey & { delegationId: string }): Promise<void> {
      await db.repeatProposal.update({
        where: where({ ...of, delegationId }),
        data: role === 'executive' ? { toldExecutive: true } : { toldEa: true },
      });
    },

    /** Null when there is none, locked against other processes. Call inside a transaction. */
    async lock(key: PairKey & { delegationId: string }): Promise<RepeatProposal | null> {
      await db.$queryRaw`
        SELECT 1 FROM repeat_proposals WHERE "workspaceId" = ${key.workspaceId}
          AND "pairId" = ${key.pairId} AND "delegationId" = ${key.delegationId} FOR UPDATE`;
      return await db.repeatProposal.findUnique({
        where: where(key),
        omit: { proposedAt: true, dismissedAt: true },
      });
    },

    async dismiss(
      key: PairKey & { delegationId: string },
      o: { by: string; now: DateTime },
    ): Promise<void> {
      await db.repeatProposal.update({
        where: where(key),
        data: { dismissedBy: o.by, dismissedAt: o.now.toJSDate() },
      });
    },

    /** Begins to look at pairs that have any work and are not looked at yet. */
    async planChecks(now: DateTime, limit: number): Promise<void> {
      await db.$executeRaw`
        INSERT INTO repeat_checks ("workspaceId", "pairId", role, "nextAt")
        SELECT s."workspaceId", s."pairId", r.role, ${now.toJSDate()}
        FROM delegation_sequences s CROSS JOIN (VALUES ('executive'), ('ea')) AS r(role)
        WHERE NOT EXISTS (
          SELECT 1 FROM repeat_checks c
          WHERE c."workspaceId" = s."workspaceId" AND c."pairId" = s."pairId" AND c.role = r.role
        )
        LIMIT ${limit} ON CONFLICT DO NOTHING`;
    },

    /** Whose time has come, locked, those that no other process holds. Call inside a transaction. */
    async claimChecks(now: DateTime, limit: number): Promise<CheckKey[]> {
      return await db.$queryRaw<CheckKey[]>`
        SELECT "workspaceId", "pairId", role FROM repeat_checks WHERE "nextAt" <= ${now.toJSDate()}
        ORDER BY "nextAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
    },

    async nextCheckAt(): Promise<DateTime | null> {
      const { _min } = await db.repeatCheck.aggregate({ _min: { nextAt: true } });
      return _min.nextAt && toInstant(_min.nextAt);
    },

    async setNextCheck(of: CheckKey, at: DateTime | null): Promise<void> {
      await db.repeatCheck.updateMany({ where: of, data: { nextAt: at?.toJSDate() ?? null } });
    },
  };
}

export type RepeatStore = ReturnType<typeof createRepeatStore>;

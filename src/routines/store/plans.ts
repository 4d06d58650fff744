import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import type { Recurrence, RecurrenceTime } from '../../time/recurrence.ts';
import type { PlannedRoutine, RoutineControls, RoutineOf } from '../domain/routine.ts';
import { toPlanned } from './rows.ts';

/** What routines are and when they are next due. */
export function createPlanStore(db: Tx) {
  return {
    /** Makes or changes the one routine of this kind and subject that a person has in a pair. */
    async plan(
      of: RoutineOf,
      o: {
        recurrence: Recurrence;
        controls: RoutineControls;
        next: RecurrenceTime | null;
        now: DateTime;
      },
    ): Promise<void> {
      const key = { ...of, subject: of.subject ?? '' };
      const plan = { recurrence: o.recurrence, controls: o.controls, ...dueColumns(o.next) };
      await db.routine.upsert({
        where: { workspaceId_pairId_userId_kind_subject: key },
        create: { ...key, id: randomUUID(), createdAt: o.now.toJSDate(), ...plan },
        update: plan,
      });
    },

    /**
     * Who has no routine of one of these kinds in a pair that lasts and whose agreement both have accepted; the pairs
     * are locked, those that nobody else holds. Call inside a transaction.
     */
    async claimMissing(
      kinds: readonly string[],
      limit: number,
    ): Promise<{ workspaceId: string; pairId: string; userId: string; kind: string }[]> {
      return await db.$queryRaw`
        SELECT p."workspaceId", p.id AS "pairId", m."userId", k.kind FROM pairs p
        JOIN LATERAL (VALUES (p."executiveId"), (p."eaId")) AS m("userId") ON true
        JOIN unnest(${[...kinds]}::text[]) AS k(kind) ON true
        WHERE p."endedAt" IS NULL
          AND EXISTS (SELECT 1 FROM agreements a WHERE a."workspaceId" = p."workspaceId"
            AND a."pairId" = p.id AND a."acceptedAt" IS NOT NULL)
          AND NOT EXISTS (SELECT 1 FROM routines r WHERE r."workspaceId" = p."workspaceId"
            AND r."pairId" = p.id AND r."userId" = m."userId" AND r.kind = k.kind)
        ORDER BY p."workspaceId", p.id LIMIT ${limit} FOR UPDATE OF p SKIP LOCKED`;
    },

    /** Deletes a routine with all its occurrences; nothing happens when there is none. */
    async remove(of: RoutineOf): Promise<void> {
      await db.routine.deleteMany({ where: { ...of, subject: of.subject ?? '' } });
    },

    /** Sets when a routine is next due, null for not at all. */
    async setNext(
      routine: { workspaceId: string; id: string },
      next: RecurrenceTime | null,
    ): Promise<void> {
      const { workspaceId, id } = routine;
      await db.routine.updateMany({ where: { workspaceId, id }, data: dueColumns(next) });
    },

    async findOf(of: RoutineOf): Promise<PlannedRoutine | null> {
      const row = await db.routine.findUnique({
        where: { workspaceId_pairId_userId_kind_subject: { subject: '', ...of } },
        include: { member: true },
      });
      return row && toPlanned(row);
    },

    /** A person's routines of one kind that will fire again, in pairs that have not ended; the next one first. */
    async listComing(of: {
      workspaceId: string;
      userId: string;
      kind: string;
    }): Promise<PlannedRoutine[]> {
      const rows = await db.routine.findMany({
        where: { ...of, nextDueAt: { not: null }, pair: { endedAt: null } },
        include: { member: true },
        orderBy: [{ nextDueAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toPlanned);
    },

    /** Every routine of a person, in all their pairs that last, locked so that no sweep moves them meanwhile. Call inside a transaction. */
    async lockAllOf(workspaceId: string, userId: string): Promise<PlannedRoutine[]> {
      await db.$queryRaw`
        SELECT id FROM routines WHERE "workspaceId" = ${workspaceId} AND "userId" = ${userId}
        ORDER BY id FOR UPDATE`;
      const rows = await db.routine.findMany({
        where: { workspaceId, userId, pair: { endedAt: null } },
        include: { member: true },
        orderBy: { id: 'asc' },
      });
      return rows.map(toPlanned);
    },

    /** Every routine of a pair, of both people, locked likewise. Call inside a transaction. */
    async lockAllOfPair(workspaceId: string, pairId: string): Promise<PlannedRoutine[]> {
      await db.$queryRaw`
        SELECT id FROM routines WHERE "workspaceId" = ${workspaceId} AND "pairId" = ${pairId}
        ORDER BY id FOR UPDATE`;
      const rows = await db.routine.findMany({
        where: { workspaceId, pairId },
        include: { member: true },
        orderBy: { id: 'asc' },
      });
      return rows.map(toPlanned);
    },
  };
}

function dueColumns(next: RecurrenceTime | null): {
  nextDueAt: Date | null;
  nextDueOn: string | null;
} {
  return { nextDueAt: next?.at.toJSDate() ?? null, nextDueOn: next?.on ?? null };
}

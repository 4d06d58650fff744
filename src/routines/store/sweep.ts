import type { DateTime } from 'luxon';
import type { Prisma } from '../../database/generated/client.ts';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import type { Advance } from '../domain/advance.ts';
import type { DueStep, OccurrenceKey, Step } from '../domain/occurrence.ts';
import type { DueRoutine } from '../domain/routine.ts';
import { type CalendarRow, toPlanned } from './rows.ts';

type DueRow = CalendarRow & {
  workspaceId: string;
  id: string;
  pairId: string;
  userId: string;
  kind: string;
  subject: string;
  recurrence: Prisma.JsonValue;
  controls: Prisma.JsonValue;
  nextDueAt: Date;
  nextDueOn: string;
  lastDueOn: string | null;
};

/**
 * What the clock does to many rows at once: each of these is one statement, however many rows. Where the app was
 * removed nothing comes due; once it is back, this is an outage that has ended.
 */
export function createSweepStore(db: Tx) {
  return {
    /** Locks up to `limit` routines that are due at `now` and that no other process holds. Call inside a transaction. */
    async claimDue(now: DateTime, limit: number): Promise<DueRoutine[]> {
      const rows = await db.$queryRaw<DueRow[]>`
        SELECT r."workspaceId", r.id, r."pairId", r."userId", r.kind, r.subject, r.recurrence, r.controls,
          r."nextDueAt", r."nextDueOn", r."lastDueOn", m.zone, m.weekly, m.exceptions, m.away
        FROM (SELECT * FROM routines q WHERE "nextDueAt" <= ${now.toJSDate()}
          AND EXISTS (SELECT 1 FROM workspaces w WHERE w.id = q."workspaceId" AND w."removedAt" IS NULL)
          ORDER BY "nextDueAt" LIMIT ${limit} FOR UPDATE OF q SKIP LOCKED) r
        JOIN members m ON m."workspaceId" = r."workspaceId" AND m."userId" = r."userId"`;
      return rows.map(({ zone, weekly, exceptions, away, ...routine }) => ({
        ...toPlanned({ ...routine, member: { zone, weekly, exceptions, away } }),
        due: { at: toInstant(routine.nextDueAt), on: routine.nextDueOn },
      }));
    },

    /** Writes what a sweep decided; returns the occurrences that are new and to be asked. */
    async advanceAll(
      decided: { routine: DueRoutine; advance: Advance }[],
      now: DateTime,
    ): Promise<DueStep[]> {
      const occurrences = decided.flatMap(({ routine, advance }) =>
        advance.occurrences.map((one) => ({
          w: routine.workspaceId,
          r: routine.id,
          d: one.on,
          at: one.at.toMillis(),
          s: one.state,
          why: one.reason,
        })),
      );
      const due = decided.map(({ routine, advance }) => ({
        w: routine.workspaceId,
        r: routine.id,
        last: advance.occurrences.at(-1)?.on ?? null,
        at: advance.next?.at.toMillis() ?? null,
        on: advance.next?.on ?? null,
      }));
      const written = await db.$queryRaw<(OccurrenceKey & { dueAt: Date; state: string })[]>`
        INSERT INTO occurrences ("workspaceId", "routineId", "dueOn", "dueAt", state, reason, "nextStep", "changedAt")
        SELECT w, r, d, to_timestamp(at / 1000.0), s::occurrence_state, why,
          CASE s WHEN 'due' THEN 'ask'::occurrence_step END, ${now.toJSDate()}
        FROM json_to_recordset(${JSON.stringify(occurrences)}::json)
          AS x(w text, r text, d text, at bigint, s text, why text)
        ON CONFLICT DO NOTHING
        RETURNING "workspaceId", "routineId", "dueOn", "dueAt", state::text`;
      await db.$executeRaw`
        UPDATE routines SET "lastDueOn" = coalesce(x.last, "lastDueOn"),
          "nextDueAt" = to_timestamp(x.at / 1000.0), "nextDueOn" = x.on
        FROM json_to_recordset(${JSON.stringify(due)}::json)
          AS x(w text, r text, last text, at bigint, "on" text)
        WHERE "workspaceId" = x.w AND id = x.r`;
      return written.flatMap(({ state, dueAt, ...key }) =>
        state === 'due' ? [{ ...key, step: 'ask' as const, plannedAt: toInstant(dueAt) }] : [],
      );
    },

    /** Takes up to `limit` steps whose time has come; each is returned once. */
    async claimSteps(now: DateTime, limit: number): Promise<DueStep[]> {
      const rows = await db.$queryRaw<(OccurrenceKey & { step: Step; plannedAt: Date })[]>`
        UPDATE occurrences o SET "nextStepAt" = NULL
        FROM (SELECT "workspaceId", "routineId", "dueOn", "nextStepAt" FROM occurrences q
          WHERE "nextStepAt" <= ${now.toJSDate()}
            AND EXISTS (SELECT 1 FROM workspaces w WHERE w.id = q."workspaceId" AND w."removedAt" IS NULL)
          ORDER BY "nextStepAt" LIMIT ${limit} FOR UPDATE OF q SKIP LOCKED) due
        WHERE o."workspaceId" = due."workspaceId" AND o."routineId" = due."routineId" AND o."dueOn" = due."dueOn"
        RETURNING o."workspaceId", o."routineId", o."dueOn", o."nextStep"::text AS step, due."nextStepAt" AS "plannedAt"`;
      return rows.map(({ plannedAt, ...row }) => ({ ...row, plannedAt: toInstant(plannedAt) }));
    },
  };
}

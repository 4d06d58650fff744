import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import { toCalendar } from '../database/calendar.ts';
import type {
  Member,
  Occurrence as OccurrenceRow,
  Routine as RoutineRow,
} from '../database/generated/client.ts';
import type { Tx } from '../database/index.ts';
import { toInstant } from '../database/instant.ts';
import type { Recurrence, RecurrenceTime } from '../time/recurrence.ts';
import type {
  DueRoutine,
  Occurrence,
  OccurrenceKey,
  OccurrenceState,
  Routine,
  SweepResult,
} from './domain.ts';

export type OccurrenceChange = {
  state: OccurrenceState;
  reason?: string | null;
  nextStepAt?: DateTime | null;
  askedTimes?: number;
};

export function createRoutineStore(db: Tx) {
  return {
    /** Makes or changes the one routine of this kind that a person has in a pair. */
    async plan(o: {
      workspaceId: string;
      pairId: string;
      userId: string;
      kind: string;
      subject?: string;
      recurrence: Recurrence;
      next: RecurrenceTime | null;
      now: DateTime;
    }): Promise<void> {
      const { workspaceId, pairId, userId, kind, subject = '' } = o;
      const plan = {
        recurrence: o.recurrence,
        nextDueAt: o.next?.at.toJSDate() ?? null,
        nextDueOn: o.next?.on ?? null,
      };
      await db.routine.upsert({
        where: {
          workspaceId_pairId_userId_kind_subject: { workspaceId, pairId, userId, kind, subject },
        },
        create: {
          workspaceId,
          id: randomUUID(),
          pairId,
          userId,
          kind,
          subject,
          createdAt: o.now.toJSDate(),
          ...plan,
        },
        update: plan,
      });
    },

    async findOf(o: {
      workspaceId: string;
      pairId: string;
      userId: string;
      kind: string;
      subject?: string;
    }): Promise<PlannedRoutine | null> {
      const row = await db.routine.findUnique({
        where: { workspaceId_pairId_userId_kind_subject: { subject: '', ...o } },
        include: { member: true },
      });
      return row && toPlanned(row);
    },

    /** Locks up to `limit` routines that are due at `now` and that no other process holds. Call inside a transaction. */
    async claimDue(now: DateTime, limit: number): Promise<DueRoutine[]> {
      const keys = await db.$queryRaw<{ workspaceId: string; id: string }[]>`
        SELECT "workspaceId", id FROM routines WHERE "nextDueAt" <= ${now.toJSDate()}
        ORDER BY "nextDueAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
      if (keys.length === 0) return [];
      const rows = await db.routine.findMany({ where: { OR: keys }, include: { member: true } });
      return rows.flatMap((row) => {
        const { next, ...routine } = toPlanned(row);
        return next ? [{ ...routine, due: next }] : [];
      });
    },

    /** Writes what a sweep decided; returns the occurrences that were new and are to be asked. */
    async advance(routine: Routine, result: SweepResult, now: DateTime): Promise<OccurrenceKey[]> {
      const { workspaceId, id: routineId } = routine;
      const written = await db.occurrence.createManyAndReturn({
        data: result.occurrences.map((one) => ({
          workspaceId,
          routineId,
          dueOn: one.on,
          dueAt: one.at.toJSDate(),
          state: one.state,
          reason: one.reason,
          changedAt: now.toJSDate(),
        })),
        skipDuplicates: true,
        select: { workspaceId: true, routineId: true, dueOn: true, state: true },
      });
      await db.routine.update({
        where: { workspaceId_id: { workspaceId, id: routineId } },
        data: {
          lastDueOn: result.occurrences.at(-1)?.on ?? null,
          nextDueAt: result.next?.at.toJSDate() ?? null,
          nextDueOn: result.next?.on ?? null,
        },
      });
      return written.filter((one) => one.state === 'due').map(({ state: _, ...key }) => key);
    },

    /** The occurrence with its routine, locked against other processes. Call inside a transaction. */
    async lockOccurrence(
      key: OccurrenceKey,
    ): Promise<{ routine: Routine; occurrence: Occurrence } | null> {
      await db.$queryRaw`
        SELECT 1 FROM occurrences WHERE "workspaceId" = ${key.workspaceId} AND "routineId" = ${key.routineId}
          AND "dueOn" = ${key.dueOn} FOR UPDATE`;
      const row = await db.occurrence.findUnique({
        where: { workspaceId_routineId_dueOn: key },
        include: { routine: { include: { member: true } } },
      });
      if (!row) return null;
      const { next: _, ...routine } = toPlanned(row.routine);
      return { routine, occurrence: toOccurrence(row) };
    },

    /** The person's occurrence of that local day, if the routine had one. */
    async findOccurrence(o: {
      workspaceId: string;
      pairId: string;
      userId: string;
      kind: string;
      dueOn: string;
    }): Promise<Occurrence | null> {
      const { dueOn, ...routine } = o;
      const row = await db.occurrence.findFirst({
        where: { workspaceId: o.workspaceId, dueOn, routine },
      });
      return row && toOccurrence(row);
    },

    async change(key: OccurrenceKey, o: OccurrenceChange & { now: DateTime }): Promise<void> {
      const { now, nextStepAt, ...rest } = o;
      await db.occurrence.update({
        where: {
          workspaceId_routineId_dueOn: {
            workspaceId: key.workspaceId,
            routineId: key.routineId,
            dueOn: key.dueOn,
          },
        },
        data: { ...rest, nextStepAt: nextStepAt?.toJSDate() ?? null, changedAt: now.toJSDate() },
      });
    },

    /** Occurrences whose snooze is over; each is returned once. */
    async claimSnoozed(now: DateTime, limit: number): Promise<OccurrenceKey[]> {
      return await db.$queryRaw<OccurrenceKey[]>`
        UPDATE occurrences SET "nextStepAt" = NULL
        WHERE ("workspaceId", "routineId", "dueOn") IN (
          SELECT "workspaceId", "routineId", "dueOn" FROM occurrences
          WHERE "nextStepAt" <= ${now.toJSDate()} AND state = 'snoozed'
          ORDER BY "nextStepAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        RETURNING "workspaceId", "routineId", "dueOn"`;
    },

    /** When a routine or a snoozed occurrence is next due, or null. */
    async nextAt(): Promise<DateTime | null> {
      const routine = await db.routine.findFirst({
        where: { nextDueAt: { not: null } },
        orderBy: { nextDueAt: 'asc' },
        select: { nextDueAt: true },
      });
      const occurrence = await db.occurrence.findFirst({
        where: { nextStepAt: { not: null } },
        orderBy: { nextStepAt: 'asc' },
        select: { nextStepAt: true },
      });
      const times = [routine?.nextDueAt, occurrence?.nextStepAt].flatMap((at) => (at ? [at] : []));
      const first = times.sort((a, b) => a.getTime() - b.getTime()).at(0);
      return first ? toInstant(first) : null;
    },
  };
}

export type RoutineStore = ReturnType<typeof createRoutineStore>;

type PlannedRoutine = Routine & { lastDueOn: string | null; next: RecurrenceTime | null };

function toPlanned(row: RoutineRow & { member: Member }): PlannedRoutine {
  return {
    workspaceId: row.workspaceId,
    id: row.id,
    pairId: row.pairId,
    userId: row.userId,
    kind: row.kind,
    recurrence: row.recurrence as unknown as Recurrence,
    calendar: toCalendar(row.member),
    lastDueOn: row.lastDueOn,
    next:
      row.nextDueAt && row.nextDueOn ? { at: toInstant(row.nextDueAt), on: row.nextDueOn } : null,
  };
}

function toOccurrence(row: OccurrenceRow): Occurrence {
  const { workspaceId, routineId, dueOn, state, reason, askedTimes } = row;
  return {
    workspaceId,
    routineId,
    dueOn,
    state,
    reason,
    askedTimes,
    dueAt: toInstant(row.dueAt),
    nextStepAt: row.nextStepAt && toInstant(row.nextStepAt),
  };
}

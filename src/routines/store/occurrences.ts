import type { DateTime } from 'luxon';
import { toCalendar } from '../../database/calendar.ts';
import type { Tx } from '../../database/index.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import type { WorkingCalendar } from '../../time/working-time.ts';
import type {
  Occurrence,
  OccurrenceKey,
  OccurrenceState,
  Standing,
  Step,
} from '../domain/occurrence.ts';
import type { Routine, RoutineOf } from '../domain/routine.ts';
import { toOccurrence, toPlanned } from './rows.ts';

/** Columns to change; those not named stay. */
export type OccurrenceChange = {
  state?: OccurrenceState;
  reason?: string | null;
  /** With a time, the clock takes the step then; without one the step is queued. */
  next?: { step: Step; at: DateTime | null } | null;
  askedTimes?: number;
  askedAt?: DateTime;
  windowEndsAt?: DateTime | null;
  remindedTimes?: number;
  snoozedTimes?: number;
  standing?: Standing | null;
  answeredAt?: DateTime | null;
};

/** An occurrence with everything that deciding its next step needs. */
export type LockedOccurrence = {
  routine: Routine;
  occurrence: Occurrence;
  /** The other one of the two. */
  partner: { userId: string; calendar: WorkingCalendar };
  /** Why nothing is asked of this person any more, null while something is. */
  stopped: string | null;
};

function stoppedBy(o: { endedAt: Date | null; deactivatedAt: Date | null }): string | null {
  if (o.endedAt) return 'the pair has ended';
  return o.deactivatedAt ? 'their Slack account is deactivated' : null;
}

/** Single occurrences. */
export function createOccurrenceStore(db: Tx) {
  /** The occurrence with its routine, locked against other processes. Call inside a transaction. */
  async function lockOccurrence(key: OccurrenceKey): Promise<LockedOccurrence | null> {
    const { workspaceId, routineId, dueOn } = key;
    await db.$queryRaw`
      SELECT 1 FROM occurrences WHERE "workspaceId" = ${workspaceId} AND "routineId" = ${routineId}
        AND "dueOn" = ${dueOn} FOR UPDATE`;
    const row = await db.occurrence.findUnique({
      where: { workspaceId_routineId_dueOn: { workspaceId, routineId, dueOn } },
      include: {
        routine: { include: { member: true, pair: { include: { executive: true, ea: true } } } },
      },
    });
    if (!row) return null;
    const { routine, ...occurrence } = row;
    const { executive, ea, endedAt } = routine.pair;
    const partner = executive.userId === routine.userId ? ea : executive;
    return {
      routine: toPlanned(routine),
      occurrence: toOccurrence(occurrence),
      partner: { userId: partner.userId, calendar: toCalendar(partner) },
      stopped: stoppedBy({ endedAt, deactivatedAt: routine.member.deactivatedAt }),
    };
  }

  async function findOccurrence(of: RoutineOf & { dueOn: LocalDate }): Promise<Occurrence | null> {
    const { dueOn, ...routine } = of;
    const row = await db.occurrence.findFirst({
      where: { workspaceId: of.workspaceId, dueOn, routine: { subject: '', ...routine } },
    });
    return row && toOccurrence(row);
  }

  return {
    lockOccurrence,

    /** The person's occurrence of that local day, if the routine had one. */
    findOccurrence,

    /** Like `findOccurrence`, locked against other processes. Call inside a transaction. */
    async lockOccurrenceOf(of: RoutineOf & { dueOn: LocalDate }): Promise<LockedOccurrence | null> {
      const found = await findOccurrence(of);
      return found && (await lockOccurrence(found));
    },

    /** What a person was asked and has not answered, of one kind, in pairs that have not ended; oldest first. */
    async listAsked(of: {
      workspaceId: string;
      userId: string;
      kind: string;
    }): Promise<{ pairId: string; subject: string; occurrence: Occurrence }[]> {
      const { workspaceId, userId, kind } = of;
      const rows = await db.occurrence.findMany({
        where: {
          workspaceId,
          state: { in: ['asked', 'snoozed'] },
          routine: { userId, kind, pair: { endedAt: null } },
        },
        include: { routine: true },
        orderBy: [{ dueAt: 'asc' }, { routineId: 'asc' }],
      });
      return rows.map(({ routine: { pairId, subject }, ...row }) => {
        return { pairId, subject, occurrence: toOccurrence(row) };
      });
    },

    /** Occurrences of a routine that the person is still expected to answer, locked. Call inside a transaction. */
    async lockOpen(routine: { workspaceId: string; id: string }): Promise<Occurrence[]> {
      const { workspaceId, id: routineId } = routine;
      await db.$queryRaw`
        SELECT 1 FROM occurrences WHERE "workspaceId" = ${workspaceId} AND "routineId" = ${routineId}
          AND state IN ('due', 'asked', 'snoozed') ORDER BY "dueOn" FOR UPDATE`;
      const rows = await db.occurrence.findMany({
        where: { workspaceId, routineId, state: { in: ['due', 'asked', 'snoozed'] } },
        orderBy: { dueOn: 'asc' },
      });
      return rows.map(toOccurrence);
    },

    /** Occurrences of a routine that were missed on the local date `from` or later, locked. Call inside a transaction. */
    async lockMissed(
      routine: { workspaceId: string; id: string },
      from: LocalDate,
    ): Promise<Occurrence[]> {
      const { workspaceId, id: routineId } = routine;
      await db.$queryRaw`
        SELECT 1 FROM occurrences WHERE "workspaceId" = ${workspaceId} AND "routineId" = ${routineId}
          AND "dueOn" >= ${from} AND state = 'missed' ORDER BY "dueOn" FOR UPDATE`;
      const rows = await db.occurrence.findMany({
        where: { workspaceId, routineId, dueOn: { gte: from }, state: 'missed' },
        orderBy: { dueOn: 'asc' },
      });
      return rows.map(toOccurrence);
    },

    async change(key: OccurrenceKey, o: OccurrenceChange & { now: DateTime }): Promise<Occurrence> {
      const { workspaceId, routineId, dueOn } = key;
      const { now, next, askedAt, windowEndsAt, answeredAt, ...plain } = o;
      const row = await db.occurrence.update({
        where: { workspaceId_routineId_dueOn: { workspaceId, routineId, dueOn } },
        data: {
          ...plain,
          ...(next !== undefined && {
            nextStep: next?.step ?? null,
            nextStepAt: next?.at?.toJSDate() ?? null,
          }),
          ...(askedAt && { askedAt: askedAt.toJSDate() }),
          ...(windowEndsAt !== undefined && { windowEndsAt: windowEndsAt?.toJSDate() ?? null }),
          ...(answeredAt !== undefined && { answeredAt: answeredAt?.toJSDate() ?? null }),
          changedAt: now.toJSDate(),
        },
      });
      return toOccurrence(row);
    },
  };
}

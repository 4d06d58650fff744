import { toCalendar } from '../../database/calendar.ts';
import type {
  Member as MemberRow,
  Occurrence as OccurrenceRow,
  Routine as RoutineRow,
} from '../../database/generated/client.ts';
import { toInstant } from '../../database/instant.ts';
import type { Recurrence } from '../../time/recurrence.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import { applyControls, type PlannedRoutine, type RoutineControls } from '../domain/routine.ts';

export type CalendarRow = Pick<MemberRow, 'zone' | 'weekly' | 'exceptions' | 'away'>;

export function toPlanned(
  row: Omit<RoutineRow, 'createdAt'> & { member: CalendarRow },
): PlannedRoutine {
  const { workspaceId, id, pairId, userId, kind, subject, lastDueOn } = row;
  const base = row.recurrence as unknown as Recurrence;
  const controls = row.controls as unknown as RoutineControls;
  return {
    workspaceId,
    id,
    pairId,
    userId,
    kind,
    subject,
    base,
    controls,
    recurrence: applyControls(base, controls),
    calendar: toCalendar(row.member),
    lastDueOn,
    next:
      row.nextDueAt && row.nextDueOn ? { at: toInstant(row.nextDueAt), on: row.nextDueOn } : null,
  };
}

export function toOccurrence(row: OccurrenceRow): Occurrence {
  const { changedAt: _, dueAt, nextStepAt, askedAt, windowEndsAt, answeredAt, ...plain } = row;
  return {
    ...plain,
    dueAt: toInstant(dueAt),
    nextStepAt: nextStepAt && toInstant(nextStepAt),
    askedAt: askedAt && toInstant(askedAt),
    windowEndsAt: windowEndsAt && toInstant(windowEndsAt),
    answeredAt: answeredAt && toInstant(answeredAt),
  };
}

import type { DateTime } from 'luxon';
import type { Stores } from '../../deps.ts';
import { nextOccurrence, type Recurrence } from '../../time/recurrence.ts';
import type { WorkingCalendar } from '../../time/working-time.ts';
import {
  applyControls,
  isSamePattern,
  type PlannedRoutine,
  type RoutineControls,
  type RoutineOf,
} from '../domain/routine.ts';

/**
 * Sets the one routine of this kind and subject that a person has in a pair; its next time lies strictly after now.
 * What the person changed about it stays, except for their own pattern once another one is asked for.
 */
export async function planRoutine(
  stores: Stores,
  o: RoutineOf & { recurrence: Recurrence; calendar: WorkingCalendar; now: DateTime },
): Promise<void> {
  const { calendar, recurrence, now, ...of } = o;
  const before = await stores.routines.findOf(of);
  const controls = before ? { ...before.controls } : {};
  if (before && !isSamePattern(before.base.pattern, recurrence.pattern)) delete controls.pattern;
  const next = nextOccurrence(applyControls(recurrence, controls), calendar, {
    after: now,
    ...(before?.lastDueOn && { afterOn: before.lastDueOn }),
  });
  await stores.routines.plan(of, { recurrence, controls, next, now });
}

/** What a routine does next with other controls; nothing is written. */
export function previewControls(
  routine: PlannedRoutine,
  controls: RoutineControls,
  now: DateTime,
): PlannedRoutine {
  const recurrence = applyControls(routine.base, controls);
  const { calendar, lastDueOn } = routine;
  const next = nextOccurrence(recurrence, calendar, {
    after: now,
    ...(lastDueOn && { afterOn: lastDueOn }),
  });
  return { ...routine, controls, recurrence, next };
}

/** Puts a person's controls of one of their routines into force. What was asked already stays asked. */
export async function changeControls(
  stores: Stores,
  o: { routine: PlannedRoutine; controls: RoutineControls; now: DateTime },
): Promise<PlannedRoutine> {
  const changed = previewControls(o.routine, o.controls, o.now);
  const { workspaceId, pairId, userId, kind, subject } = o.routine;
  await stores.routines.plan(
    { workspaceId, pairId, userId, kind, subject },
    { recurrence: changed.base, controls: changed.controls, next: changed.next, now: o.now },
  );
  return changed;
}

/** Controls with the next occurrence left out as well; dates that have passed are forgotten. */
export function skipNext(routine: PlannedRoutine): RoutineControls {
  const { controls, next, lastDueOn } = routine;
  if (!next) return controls;
  const ahead = (controls.skipOn ?? []).filter((on) => lastDueOn === null || on > lastDueOn);
  return { ...controls, skipOn: [...new Set([...ahead, next.on])].toSorted() };
}

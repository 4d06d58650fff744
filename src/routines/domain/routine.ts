import type { Recurrence, RecurrencePattern, RecurrenceTime } from '../../time/recurrence.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import type { WorkingCalendar } from '../../time/working-time.ts';

/** Something recurring for one person of a pair. `kind` names what is done when it is due. */
export type Routine = {
  workspaceId: string;
  id: string;
  pairId: string;
  userId: string;
  kind: string;
  /** Tells several routines of one kind apart; empty where a person has only one. */
  subject: string;
  /** What really happens: the person's controls are in it. */
  recurrence: Recurrence;
  calendar: WorkingCalendar;
};

/** Which routine of a person is meant; `subject` only where a person has several of a kind. */
export type RoutineOf = {
  workspaceId: string;
  pairId: string;
  userId: string;
  kind: string;
  subject?: string;
};

/** What a person changed about one of their routines. Nothing of it needs the other's consent. */
export type RoutineControls = {
  /** In place of the pattern that the feature asked for. */
  pattern?: RecurrencePattern;
  onNonWorkingDay?: Recurrence['onNonWorkingDay'];
  /** Local dates left out. */
  skipOn?: LocalDate[];
  /** The first local date on which it asks again. */
  mutedUntilOn?: LocalDate;
};

/** A routine as it is stored: what the feature asked for, what the person changed, and when it is next due. */
export type PlannedRoutine = Routine & {
  base: Recurrence;
  controls: RoutineControls;
  lastDueOn: LocalDate | null;
  next: RecurrenceTime | null;
};

/** A routine whose time has come, with the occurrence that was planned. */
export type DueRoutine = Routine & { due: RecurrenceTime };

/** The recurrence with a person's controls in force. */
export function applyControls(base: Recurrence, controls: RoutineControls): Recurrence {
  const { pattern, onNonWorkingDay, skipOn = [], mutedUntilOn } = controls;
  const from = [base.from, mutedUntilOn]
    .filter((on) => on !== undefined)
    .toSorted()
    .at(-1);
  return {
    ...base,
    ...(pattern && { pattern }),
    ...(onNonWorkingDay && { onNonWorkingDay }),
    ...(from && { from }),
    ...(skipOn.length > 0 && { skipOn: [...(base.skipOn ?? []), ...skipOn] }),
  };
}

/** Whether two patterns mean the same dates, whatever the order of their fields. */
export function isSamePattern(a: RecurrencePattern, b: RecurrencePattern): boolean {
  const fields = (pattern: RecurrencePattern) =>
    Object.entries(pattern)
      .map(([name, value]) => `${name}=${String(value)}`)
      .toSorted()
      .join();
  return fields(a) === fields(b);
}

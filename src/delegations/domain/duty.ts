import type { LocalDate } from '../../time/wall-clock.ts';

/** Begins the ids of delegations that a duty asked for, and of no others. */
export const DUTY_ID_PREFIX = 'duty:';

/** The id of what a duty asks for on a day: a second one for the same day is the same one. */
export function delegationIdOf(o: { pairId: string; dutyId: string; on: LocalDate }): string {
  return `${DUTY_ID_PREFIX}${o.pairId}:${o.dutyId}:${o.on}`;
}

/** Whether a duty asked for it: it comes again by itself. */
export function isOfDuty({ id }: { id: string }): boolean {
  return id.startsWith(DUTY_ID_PREFIX);
}

import type { LocalDate } from '../time/wall-clock.ts';

/** Begins the ids of delegations that a duty asked for, and of no others. */
export const DUTY_ID_PREFIX = 'duty:';

/** The id of what a duty asks for on a day: a second one for the same day is the same one. */
export function delegationIdOf(o: { pairId: string; dutyId: string; on: LocalDate }): string {
  return `${DUTY_ID_PREFIX}${o.pairId}:${o.dutyId}:${o.on}`;
}

/** Priority of a delegation, 1 to 4, from that of a duty. */
export const DELEGATION_PRIORITY = { high: 2, normal: 3, low: 4 } as const;

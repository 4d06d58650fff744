import type { DateTime } from 'luxon';

/**
 * 'waiting' is for the executive to act on; 'blocked' is the part of it without which the EA cannot go on; 'stuck' is
 * what waits for whomever; 'unaccepted' is for the EA to begin.
 */
export const FILTERS = [
  'open',
  'mine',
  'waiting',
  'blocked',
  'overdue',
  'today',
  'week',
  'closed',
  'unaccepted',
  'stuck',
] as const;

export type Filter = (typeof FILTERS)[number];

/** Above this, a count is said as "1,000+". */
export const COUNTED_TO = 1000;

/** What "overdue", "today" and "this week" mean for one reader. */
export type FilterTimes = { now: DateTime; dayEndsAt: DateTime; weekEndsAt: DateTime };

/** In the reader's zone; a week ends with Sunday. */
export function filterTimes(now: DateTime, zone: string): FilterTimes {
  const local = now.setZone(zone);
  return {
    now,
    dayEndsAt: local.startOf('day').plus({ days: 1 }),
    weekEndsAt: local.startOf('week').plus({ weeks: 1 }),
  };
}

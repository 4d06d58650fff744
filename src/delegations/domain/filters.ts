import type { DateTime } from 'luxon';
import { type DelegationState, isOpen, STATES } from './delegation.ts';

/**
 * 'waiting' is for the executive to act on; 'blocked' is the part of it without which the EA cannot go on; 'stuck' is
 * what waits for whomever, 'third' for somebody outside of the pair; 'unaccepted' is for the EA to begin, 'with_ea' all
 * that is with the EA.
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
  'third',
  'with_ea',
] as const;

export type Filter = (typeof FILTERS)[number];

const OPEN: readonly DelegationState[] = STATES.filter(isOpen);

/** States in which there still is something to be done before the work is delivered. */
export const UNDELIVERED: readonly DelegationState[] = OPEN.filter(
  (state) => state !== 'delivered',
);

/** In which states a delegation can be in a filter. */
export const STATES_OF: Readonly<Record<Filter, readonly DelegationState[]>> = {
  open: OPEN,
  mine: UNDELIVERED,
  waiting: ['question', 'waiting_executive', 'delivered'],
  blocked: ['question', 'waiting_executive'],
  overdue: UNDELIVERED,
  today: UNDELIVERED,
  week: OPEN,
  closed: STATES.filter((state) => !isOpen(state)),
  unaccepted: ['new', 'reopened'],
  stuck: ['question', 'waiting_executive', 'waiting_third'],
  third: ['waiting_third'],
  with_ea: ['new', 'accepted', 'in_progress', 'reopened'],
};

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

/** Between which instants a filter wants the due time: from the first up to before the second; null where it does not matter. */
export function dueWithin(
  filter: Filter,
  times: FilterTimes,
): { from: DateTime | null; until: DateTime } | null {
  const { now, dayEndsAt, weekEndsAt } = times;
  switch (filter) {
    case 'overdue':
      return { from: null, until: now };
    case 'today':
      return { from: now, until: dayEndsAt };
    case 'week':
      return { from: now, until: weekEndsAt };
    default:
      return null;
  }
}

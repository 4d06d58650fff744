import type { DateTime } from 'luxon';
import type { LocalDate } from '../../time/wall-clock.ts';

/** Time that somebody says they worked on a delegation. */
export type TimeEntry = {
  workspaceId: string;
  id: string;
  pairId: string;
  delegationId: string;
  userId: string;
  minutes: number;
  /** The person's local date. */
  workedOn: LocalDate;
  loggedAt: DateTime;
};

/** The most that can be logged at once. */
export const MAX_ENTRY_MINUTES = 16 * 60;
/** Days back for which time can be logged. */
export const LOG_DAYS_BACK = 62;

/** Percentages of the month's hours at which both are told, once each. */
export const NOTICE_AT: readonly number[] = [75, 90, 100];

/** 'YYYY-MM'. */
export type Month = string;

export function monthOf(on: LocalDate): Month {
  return on.slice(0, 7);
}

export function monthBefore(month: Month): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}

const NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** 'March 2026'. */
export function monthName(month: Month): string {
  const [year = '', number = '1'] = month.split('-');
  return `${NAMES[Number(number) - 1] ?? number} ${year}`;
}

export type HoursUse = {
  month: Month;
  usedMinutes: number;
  /** How many entries the minutes are from. */
  n: number;
  /** Of the agreement, with what was rolled over; null when no hours are agreed. */
  budgetMinutes: number | null;
  /** Unused minutes of the month before, part of the budget. */
  rolledMinutes: number;
  /** Null without a budget. */
  share: number | null;
};

/** How much of a month's hours is used. Only what the month before left of its own hours rolls over, so at most one month's. */
export function hoursUse(o: {
  month: Month;
  hoursPerMonth: number | null;
  rollsOver: boolean;
  /** First day of the pair: a month in which they did not work together yet leaves nothing over. */
  startedOn: LocalDate;
  used: { minutes: number; n: number };
  usedBefore: { minutes: number };
}): HoursUse {
  const own = o.hoursPerMonth === null ? null : o.hoursPerMonth * 60;
  const before = monthBefore(o.month);
  const isFull = o.startedOn <= `${before}-01`;
  const rolledMinutes =
    own !== null && o.rollsOver && isFull ? Math.max(0, own - o.usedBefore.minutes) : 0;
  const budgetMinutes = own === null ? null : own + rolledMinutes;
  return {
    month: o.month,
    usedMinutes: o.used.minutes,
    n: o.used.n,
    budgetMinutes,
    rolledMinutes,
    share: budgetMinutes ? o.used.minutes / budgetMinutes : null,
  };
}

/** The percentage to tell about now: the highest that is reached, unless that one or a higher one was told this month. */
export function noticeDue({ share }: Pick<HoursUse, 'share'>, told: number): number | null {
  if (share === null) return null;
  const reached = NOTICE_AT.filter((one) => share * 100 >= one).at(-1);
  return reached !== undefined && reached > told ? reached : null;
}

import type { DateTime } from 'luxon';
import { type Decision, isWaiting } from './decision.ts';
import { type PairCalendars, waitedUntil } from './transitions.ts';

/** How long the executive took and the EA was blocked, each in their own working time. */
export type WaitTally = {
  /** Decisions that wait for the executive now, and the EA's working seconds that they have cost so far. */
  waiting: number;
  waitingBlockedSeconds: number;
  /** Decisions answered in the period; `medianSeconds` of the executive's working time, null without any. */
  answered: number;
  medianSeconds: number | null;
  blockedSeconds: number;
};

/** Counts the decisions that wait now, and those of `answered`, which were answered in some period. */
export function tallyWaits(o: {
  waiting: readonly Decision[];
  answered: readonly Decision[];
  calendars: PairCalendars;
  now: DateTime;
}): WaitTally {
  const { answered, calendars, now } = o;
  const waiting = o.waiting.filter(({ state }) => isWaiting(state));
  const sum = (seconds: number[]) => seconds.reduce((total, one) => total + one, 0);
  const responses = answered.map((one) => one.responseSeconds).toSorted((a, b) => a - b);
  const middle = Math.floor(responses.length / 2);
  const upper = responses[middle];
  const lower = responses[responses.length % 2 === 1 ? middle : middle - 1];
  return {
    waiting: waiting.length,
    waitingBlockedSeconds: sum(
      waiting.map((one) => waitedUntil(one, now, calendars).blockedSeconds),
    ),
    answered: answered.length,
    medianSeconds: upper === undefined || lower === undefined ? null : (lower + upper) / 2,
    blockedSeconds: sum(answered.map((one) => one.blockedSeconds)),
  };
}

/** '2 h 10 min', '45 min', '0 min'. */
export function describeSeconds(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

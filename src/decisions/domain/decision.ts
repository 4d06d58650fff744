import type { DateTime } from 'luxon';

/**
 * open -> answered | needs_more | defaulted | expired | withdrawn; needs_more -> open; expired -> answered;
 * answered -> open (taken back); answered | defaulted -> acted. Acted and withdrawn are ends.
 */
export type DecisionState =
  | 'open'
  | 'needs_more'
  | 'answered'
  | 'defaulted'
  | 'expired'
  | 'acted'
  | 'withdrawn';

/** 'yes' or 'no', or the number of an option from '1'. */
export type Choice = string;

/** What the EA asks. */
export type DecisionContent = {
  question: string;
  /** Empty for a question to be answered with yes or no. */
  options: string[];
  deadlineAt: DateTime;
  /** What holds when nobody answers by the deadline. */
  defaultChoice: Choice | null;
  urgent: boolean;
  /** Collected for the time in which both work. */
  needsTalk: boolean;
  delegationNumber: number | null;
};

export type Decision = DecisionContent & {
  workspaceId: string;
  id: string;
  pairId: string;
  /** Counted from 1 in each pair. */
  number: number;
  /** The check-in that it was written in. */
  checkinId: string | null;
  state: DecisionState;
  choice: Choice | null;
  missing: string | null;
  added: string | null;
  askedAt: DateTime;
  shownAt: DateTime | null;
  remindedTimes: number;
  talkedAt: DateTime | null;
  answeredAt: DateTime | null;
  closedAt: DateTime | null;
  /** Since when the EA waits for the executive; null while nobody waits. */
  waitingSince: DateTime | null;
  /** Working time of the executive in the waits that are over. */
  responseSeconds: number;
  /** Working time of the EA in the waits that are over. */
  blockedSeconds: number;
  eaNewsAt: DateTime | null;
  executiveNewsAt: DateTime | null;
  revision: number;
  version: number;
};

/** Longest question, in UTF-16 units. */
export const MAX_QUESTION = 600;
/** What people call a decision, such as 'D7': tasks of the same pair are '#7'. */
export function decisionMark({ number }: Pick<Decision, 'number'>): string {
  return `D${number}`;
}

/** The number in 'D7', 'd7', '#7' or '7'; null when something else was typed. */
export function readDecisionMark(text: string): number | null {
  const number = /^[d#]? ?(\d{1,9})$/i.exec(text.trim())?.[1];
  return number === undefined ? null : Number(number);
}

/** Longest option: it stands on a button behind its number. */
export const MAX_OPTION = 60;
export const MIN_OPTIONS = 2;
export const MAX_OPTIONS = 5;
/** Longest text of what is missing or added. */
export const MAX_MORE = 1000;
/** A pair has at most this many that wait for an answer at a time. */
export const MAX_WAITING = 200;

/** What can be chosen, in the order of the buttons. */
export function choicesOf(decision: Pick<Decision, 'options'>): Choice[] {
  if (decision.options.length === 0) return ['yes', 'no'];
  return decision.options.map((_, index) => String(index + 1));
}

/** A choice in words: 'Yes', 'No' or '2. window'. */
export function choiceText(decision: Pick<Decision, 'options'>, choice: Choice): string {
  if (choice === 'yes') return 'Yes';
  if (choice === 'no') return 'No';
  return `${choice}. ${decision.options[Number(choice) - 1] ?? ''}`.trim();
}

/** Whether the EA waits for the executive. */
export function isWaiting(state: DecisionState): boolean {
  return state === 'open' || state === 'expired';
}

/** Whether nothing more can happen to it. */
export function isOver(state: DecisionState): boolean {
  return state === 'acted' || state === 'withdrawn';
}

import type { DateTime } from 'luxon';

export const STATES = [
  'new',
  'question',
  'accepted',
  'in_progress',
  'waiting_executive',
  'waiting_third',
  'delivered',
  'done',
  'reopened',
  'wont_do',
] as const;

export type DelegationState = (typeof STATES)[number];

/** How free the EA is: do it, propose first, ask first. */
export const LEVELS = ['do', 'propose', 'ask'] as const;

export type DelegationLevel = (typeof LEVELS)[number];

/** 1 comes first. */
export const PRIORITIES = [1, 2, 3, 4] as const;

export type Priority = (typeof PRIORITIES)[number];

/** Where a piece of work was asked for: ids only, never what was said. */
export type Source = { channelId: string; ts: string; permalink: string | null };

/** What the executive writes down. */
export type DelegationContent = {
  title: string;
  /** Empty when nothing was written. */
  definitionOfDone: string;
  priority: Priority;
  dueAt: DateTime | null;
  /** The zone in which the due time was written. */
  dueZone: string | null;
  level: DelegationLevel;
  category: string | null;
  estimateMinutes: number | null;
  sopUrl: string | null;
};

export type Delegation = DelegationContent & {
  workspaceId: string;
  id: string;
  pairId: string;
  /** Counted within the pair, from 1. */
  number: number;
  source: Source | null;
  state: DelegationState;
  stateSinceAt: DateTime;
  createdBy: string;
  createdAt: DateTime;
  acceptedAt: DateTime | null;
  deliveredAt: DateTime | null;
  closedAt: DateTime | null;
  deletedAt: DateTime | null;
  version: number;
  noticeAt: DateTime | null;
  /** What was said about it already, see notices. */
  said: string[];
};

/** Longest texts, in UTF-16 units. */
export const MAX_TITLE = 150;
export const MAX_DONE = 1500;
export const MAX_WHY = 1000;
export const MAX_LINK = 1000;
export const MAX_CATEGORY = 40;
/** 200 hours. */
export const MAX_ESTIMATE_MINUTES = 12_000;

/** Days for which a deleted delegation can be restored. */
export const RESTORE_DAYS = 7;

const CLOSED: ReadonlySet<DelegationState> = new Set(['done', 'wont_do']);

export function isOpen(state: DelegationState): boolean {
  return !CLOSED.has(state);
}

/** Whether the EA cannot go on before the executive has said something. */
export function isBlockedByExecutive(state: DelegationState): boolean {
  return state === 'question' || state === 'waiting_executive';
}

/** Whether the due time has passed and the work is not delivered. */
export function isOverdue(
  delegation: Pick<Delegation, 'state' | 'dueAt' | 'deletedAt'>,
  now: DateTime,
): boolean {
  const { state, dueAt, deletedAt } = delegation;
  return !deletedAt && isOpen(state) && state !== 'delivered' && dueAt !== null && dueAt < now;
}

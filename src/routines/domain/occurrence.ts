import type { DateTime } from 'luxon';
import type { LocalDate } from '../../time/wall-clock.ts';

/**
 * due -> asked <-> snoozed -> done | missed | skipped | excused; due -> done | excused | not_asked.
 * Of the end states only done and missed count; an answer makes any of them done.
 */
export type OccurrenceState =
  | 'due'
  | 'asked'
  | 'snoozed'
  | 'done'
  | 'missed'
  | 'skipped'
  | 'excused'
  | 'not_asked';

/** What the clock does next: ask, remind, end the response window, tell the other side, or close it as excused. */
export type Step = 'ask' | 'remind' | 'close' | 'tell' | 'excuse';

export type Standing = 'on_time' | 'grace' | 'late';

export type OccurrenceKey = { workspaceId: string; routineId: string; dueOn: LocalDate };

/** A step whose time has come; `plannedAt` is when that was. */
export type DueStep = OccurrenceKey & { step: Step; plannedAt: DateTime };

export type Occurrence = OccurrenceKey & {
  dueAt: DateTime;
  state: OccurrenceState;
  reason: string | null;
  nextStep: Step | null;
  /** Null while the step is queued. */
  nextStepAt: DateTime | null;
  askedTimes: number;
  /** When it was last asked. */
  askedAt: DateTime | null;
  /** Null when no answer is expected. */
  windowEndsAt: DateTime | null;
  remindedTimes: number;
  snoozedTimes: number;
  standing: Standing | null;
  answeredAt: DateTime | null;
};

/** Whether it goes into a rate: what was excused, skipped or never asked counts neither way. */
export function isCounted(state: OccurrenceState): boolean {
  return state === 'done' || state === 'missed';
}

/** Minutes after the response window in which nothing is said yet. */
export const GRACE_MINUTES = 15;

/** How an answer at `at` stands; without a response window nothing is late. */
export function standingOf(windowEndsAt: DateTime | null, at: DateTime): Standing {
  if (windowEndsAt === null || at <= windowEndsAt) return 'on_time';
  return at <= windowEndsAt.plus({ minutes: GRACE_MINUTES }) ? 'grace' : 'late';
}

/** How often one occurrence can be put off. */
export const MAX_SNOOZES = 5;

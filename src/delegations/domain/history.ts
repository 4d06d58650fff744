import type { DateTime } from 'luxon';
import type { Role } from '../../pairs/index.ts';
import { type DelegationState, isBlockedByExecutive, isOpen } from './delegation.ts';
import { RULES, STEPS, type Step, stateAfter } from './steps.ts';

/** What is written down of every change, in the order of their positions. */
export type Change = {
  /** Counts from 1. */
  position: number;
  step: ChangeStep;
  /** Null for the first one. */
  from: DelegationState | null;
  to: DelegationState;
  byId: string;
  at: DateTime;
  why: string | null;
};

export type ChangeStep = Step | 'create' | 'edit' | 'undo' | 'delete' | 'restore';

/** Hours within which the last step can be taken back. */
export const UNDO_HOURS = 24;

export type Undo =
  | { ok: true; to: DelegationState; undone: Step }
  | { ok: false; because: 'nothing' | 'other_person' | 'too_late' };

export function isStep(step: ChangeStep): step is Step {
  return (STEPS as readonly string[]).includes(step);
}

/** Whether the newest change is a step of this person's that can still be taken back, and where that leads. */
export function undoOf(last: Change | undefined, o: { userId: string; now: DateTime }): Undo {
  if (!last || !isStep(last.step) || last.from === null) return { ok: false, because: 'nothing' };
  if (last.byId !== o.userId) return { ok: false, because: 'other_person' };
  if (last.at.plus({ hours: UNDO_HOURS }) < o.now) return { ok: false, because: 'too_late' };
  return { ok: true, to: last.from, undone: last.step };
}

/** The state that a history leads to; null when its rows cannot follow each other. */
export function replay(changes: readonly Change[]): DelegationState | null {
  let state: DelegationState | null = null;
  let isDeleted = false;
  for (const [index, change] of changes.entries()) {
    const { position, step, from, to } = change;
    if (position !== index + 1 || from !== state) return null;
    if ((step === 'create') !== (index === 0) || isDeleted !== (step === 'restore')) return null;
    if (!follows(changes[index - 1], change)) return null;
    isDeleted = step === 'delete';
    state = to;
  }
  return state;
}

function follows(before: Change | undefined, { step, from, to }: Change): boolean {
  switch (step) {
    case 'create':
      return to === 'new' || to === 'accepted';
    case 'edit':
      return from === to || (from === 'accepted' && to === 'new');
    case 'delete':
    case 'restore':
      return from === to;
    case 'undo':
      return before !== undefined && isStep(before.step) && before.from === to;
    default:
      return from !== null && stateAfter(from, { step, role: roleOfStep(step) }) === to;
  }
}

function roleOfStep(step: Step): Role {
  return RULES[step].by;
}

/** Since when it is what it is. What is taken back never happened. */
export type Milestones = {
  stateSinceAt: DateTime;
  acceptedAt: DateTime | null;
  deliveredAt: DateTime | null;
  closedAt: DateTime | null;
};

/** Null for an empty history. */
export function milestonesOf(changes: readonly Change[]): Milestones | null {
  let now: Milestones | null = null;
  let before: Milestones | null = null;
  for (const change of changes) {
    const next: Milestones | null = change.step === 'undo' ? before : advance(now, change);
    before = now;
    now = next;
  }
  return now;
}

function advance(from: Milestones | null, { to, at, from: state }: Change): Milestones {
  if (from && state === to) return from;
  return {
    stateSinceAt: at,
    acceptedAt: to === 'new' || to === 'question' ? null : (from?.acceptedAt ?? acceptedBy(to, at)),
    deliveredAt: to === 'delivered' ? at : to === 'done' ? (from?.deliveredAt ?? null) : null,
    closedAt: isOpen(to) ? null : at,
  };
}

function acceptedBy(to: DelegationState, at: DateTime): DateTime | null {
  return to === 'wont_do' ? null : at;
}

/** Stretches in which the EA could not go on before the executive said something, in order; the last one may be open. */
export function blockedSpans(
  changes: readonly Change[],
): { from: DateTime; until: DateTime | null }[] {
  const spans: { from: DateTime; until: DateTime | null }[] = [];
  let since: DateTime | null = null;
  for (const { step, to, at } of changes) {
    const blocks = isBlockedByExecutive(to) && step !== 'delete';
    if (blocks && !since) since = at;
    if (blocks || !since) continue;
    spans.push({ from: since, until: at });
    since = null;
  }
  return since ? [...spans, { from: since, until: null }] : spans;
}

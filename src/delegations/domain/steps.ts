import type { Role } from '../../pairs/index.ts';
import type { DelegationState } from './delegation.ts';

/** What one of the two does with a delegation. */
export const STEPS = [
  'accept',
  'ask',
  'answer',
  'start',
  'wait_executive',
  'wait_third',
  'resume',
  'deliver',
  'approve',
  'reopen',
  'drop',
] as const;

export type Step = (typeof STEPS)[number];

type Rule = {
  by: Role;
  from: readonly DelegationState[];
  to: DelegationState | ((from: DelegationState) => DelegationState);
  /** A reason has to be given. */
  why?: true;
};

const UNDER_WAY = [
  'accepted',
  'in_progress',
  'waiting_executive',
  'waiting_third',
  'reopened',
] as const;

/** Who may take which step from where: the only place that says so. */
export const RULES: Record<Step, Rule> = {
  accept: { by: 'ea', from: ['new', 'question'], to: 'accepted' },
  ask: { by: 'ea', from: ['new', 'reopened'], to: 'question', why: true },
  answer: {
    by: 'executive',
    from: ['question', 'waiting_executive'],
    to: (from) => (from === 'question' ? 'new' : 'in_progress'),
    why: true,
  },
  start: { by: 'ea', from: ['accepted', 'reopened'], to: 'in_progress' },
  wait_executive: {
    by: 'ea',
    from: ['accepted', 'in_progress', 'waiting_third', 'reopened'],
    to: 'waiting_executive',
    why: true,
  },
  wait_third: {
    by: 'ea',
    from: ['accepted', 'in_progress', 'waiting_executive', 'reopened'],
    to: 'waiting_third',
    why: true,
  },
  resume: { by: 'ea', from: ['waiting_executive', 'waiting_third'], to: 'in_progress' },
  deliver: { by: 'ea', from: UNDER_WAY, to: 'delivered' },
  approve: { by: 'executive', from: ['delivered'], to: 'done' },
  reopen: { by: 'executive', from: ['delivered', 'done', 'wont_do'], to: 'reopened', why: true },
  drop: {
    by: 'executive',
    from: ['new', 'question', 'delivered', ...UNDER_WAY],
    to: 'wont_do',
    why: true,
  },
};

/** Where a step leads, null when it cannot be taken from there by this role. */
export function stateAfter(
  state: DelegationState,
  o: { step: Step; role: Role },
): DelegationState | null {
  const rule = RULES[o.step];
  if (rule.by !== o.role || !rule.from.includes(state)) return null;
  return typeof rule.to === 'function' ? rule.to(state) : rule.to;
}

/** Steps that this role can take now, the most likely one first. */
export function stepsFor(state: DelegationState, role: Role): Step[] {
  const order = role === 'ea' ? EA_ORDER : EXECUTIVE_ORDER;
  return order.filter((step) => stateAfter(state, { step, role }) !== null);
}

const EA_ORDER: readonly Step[] = [
  'accept',
  'ask',
  'resume',
  'start',
  'deliver',
  'wait_executive',
  'wait_third',
];
const EXECUTIVE_ORDER: readonly Step[] = ['approve', 'answer', 'reopen', 'drop'];

/** What an edit of what was agreed leads to: a definition of done or due date that was accepted is to be accepted again. */
export function stateAfterEdit(
  state: DelegationState,
  o: { changesAgreed: boolean; role: Role },
): DelegationState {
  return o.changesAgreed && o.role === 'executive' && state === 'accepted' ? 'new' : state;
}

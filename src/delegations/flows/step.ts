import type { Deps } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { type Pair, roleOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { type Delegation, RESTORE_DAYS } from '../domain/delegation.ts';
import type { Change } from '../domain/history.ts';
import { judgePress, type Pressed, type Verdict } from '../domain/press.ts';
import { RULES, type Step } from '../domain/steps.ts';
import type { DelegationRef } from '../views/values.ts';
import { type DelegationAction, loadCalendars, loadDelegation, lockDelegation } from './load.ts';
import { explainMeanwhile } from './meanwhile.ts';
import { writeChange } from './write.ts';

/** Which permission each press asks for. */
const ACTION_OF: Record<Pressed, DelegationAction> = {
  accept: 'delegations.accept',
  ask: 'delegations.ask',
  answer: 'delegations.answer',
  start: 'delegations.work',
  wait_executive: 'delegations.work',
  wait_third: 'delegations.work',
  resume: 'delegations.work',
  deliver: 'delegations.deliver',
  approve: 'delegations.close',
  reopen: 'delegations.close',
  drop: 'delegations.close',
  undo: 'delegations.edit',
  delete: 'delegations.delete',
  restore: 'delegations.delete',
};

type Press = { caller: Caller; ref: DelegationRef; pressed: Pressed };

/** Whether a step needs a reason, which is asked first. */
export function needsReason(step: Step): boolean {
  return RULES[step].why === true;
}

/**
 * Does what was pressed. A second press of the same button changes nothing; a press on what has changed meanwhile is
 * refused with a sentence that says what happened.
 */
export async function takePress(
  deps: Deps,
  o: Press & { why: string | null },
): Promise<Delegation> {
  const { caller, ref, pressed, why } = o;
  return await deps.transact(async (stores) => {
    const asked = { caller, id: ref.id, to: ACTION_OF[pressed] };
    const { delegation, pair } = await lockDelegation(stores, asked);
    const history = await stores.delegations.history(delegation);
    const now = deps.now();
    const verdict = judge({ ...o, delegation, pair, history, now });
    if (verdict.type === 'repeat') return delegation;
    if (verdict.type !== 'change')
      throw new UserFacingError(refuse(verdict, { pair, delegation, last: history.at(-1) }));
    const deletedAt = pressed === 'delete' ? now : null;
    return await writeChange(stores, {
      delegation: { ...delegation, deletedAt },
      pair,
      history,
      calendars: await loadCalendars(stores, pair),
      step: pressed,
      to: verdict.to,
      byId: caller.userId,
      why,
      now,
    });
  });
}

/** What a question about a step shows, before anything is done. Rejects when the step cannot be taken any more. */
export async function prepareReason(
  deps: Deps,
  o: Omit<Press, 'pressed'> & { step: Step },
): Promise<Delegation> {
  const { caller, ref, step } = o;
  const asked = { caller, id: ref.id, to: ACTION_OF[step] };
  const { delegation, pair } = await loadDelegation(deps, asked);
  const history = await deps.delegations.history(delegation);
  const verdict = judge({ ...o, pressed: step, delegation, pair, history, now: deps.now() });
  if (verdict.type === 'change') return delegation;
  throw new UserFacingError(refuse(verdict, { pair, delegation, last: history.at(-1) }));
}

function judge(
  o: Press & {
    delegation: Delegation;
    pair: Pair;
    history: readonly Change[];
    now: Parameters<typeof judgePress>[2]['now'];
  },
): Verdict {
  const { delegation, history, pressed, now } = o;
  const { state, version, deletedAt } = delegation;
  const { userId } = o.caller;
  const role = roleOf(o.pair, userId) ?? 'ea';
  const press = { pressed, role, userId, version: o.ref.version, now };
  return judgePress({ state, version, isDeleted: deletedAt !== null }, history, press);
}

function refuse(
  verdict: Exclude<Verdict, { type: 'change' }>,
  o: { pair: Pair; delegation: Delegation; last: Change | undefined },
): string {
  const { pair, delegation, last } = o;
  const meanwhile = explainMeanwhile({ pair, last, state: delegation.state });
  if (verdict.type !== 'no_undo')
    return `${meanwhile} Your press changed nothing: look at the task again.`;
  const person = [pair.executive, pair.ea].find((one) => one.userId === last?.byId);
  switch (verdict.because) {
    case 'nothing':
      return 'There is no step to take back any more.';
    case 'other_person':
      return `Only ${person?.name ?? 'the person who did this'} can undo this.`;
    case 'too_late':
      return 'This was more than a day ago, so it cannot be undone. Use the other buttons instead.';
  }
}

/** Removes for good what was deleted more than a week ago. */
export async function purgeDelegations(deps: Deps): Promise<void> {
  await deps.delegations.purge(deps.now().minus({ days: RESTORE_DAYS }));
}

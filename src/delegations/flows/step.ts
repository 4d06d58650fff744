import type { DateTime } from 'luxon';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { Pair } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { type Delegation, RESTORE_DAYS } from '../domain/delegation.ts';
import { type Change, type ChangeStep, undoOf } from '../domain/history.ts';
import { RULES, type Step, stateAfter } from '../domain/steps.ts';
import type { DelegationRef } from '../views/values.ts';
import { type DelegationAction, loadCalendars, loadDelegation, lockDelegation } from './load.ts';
import { explainMeanwhile } from './meanwhile.ts';
import { writeChange } from './write.ts';

/** Which permission each step asks for. */
const ACTION_OF: Record<Step, DelegationAction> = {
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
};

type Pressed = { caller: Caller; ref: DelegationRef };

/** Whether a step needs a reason, which is asked first. */
export function needsReason(step: Step): boolean {
  return RULES[step].why === true;
}

/**
 * Takes a step. A second press of the same button changes nothing; a press on what has changed meanwhile is refused
 * with a sentence that says what happened.
 */
export async function takeStep(
  deps: Deps,
  o: Pressed & { step: Step; why: string | null },
): Promise<Delegation> {
  const { caller, ref, step, why } = o;
  return await deps.transact(async (stores) => {
    const { delegation, pair } = await lockDelegation(stores, {
      caller,
      id: ref.id,
      to: ACTION_OF[step],
    });
    const history = await stores.delegations.history(delegation);
    const last = history.at(-1);
    if (isRepeat(last, { ...o, delegation })) return delegation;
    checkUnchanged({ ref, delegation, pair, last });
    const to = stateAfter(delegation.state, { step, role: RULES[step].by });
    if (!to || delegation.deletedAt)
      throw new UserFacingError(explainMeanwhile({ pair, last, state: delegation.state }));
    return await write(deps, stores, { delegation, pair, history, step, to, caller, why });
  });
}

/** What a question about a step shows, before anything is done. Rejects when the step cannot be taken any more. */
export async function prepareReason(deps: Deps, o: Pressed & { step: Step }): Promise<Delegation> {
  const { caller, ref, step } = o;
  const { delegation, pair } = await loadDelegation(deps, {
    caller,
    id: ref.id,
    to: ACTION_OF[step],
  });
  const last = (await deps.delegations.history(delegation)).at(-1);
  checkUnchanged({ ref, delegation, pair, last });
  return delegation;
}

/** A copy of a press that was done: the same person, the same step, nothing since. */
function isRepeat(
  last: Change | undefined,
  o: Pressed & { step: ChangeStep; delegation: Delegation },
): boolean {
  const isSame = last?.step === o.step && last.byId === o.caller.userId;
  return isSame && o.ref.version === o.delegation.version - 1;
}

function checkUnchanged(o: {
  ref: DelegationRef;
  delegation: Delegation;
  pair: Pair;
  last: Change | undefined;
}): void {
  const { ref, delegation, pair, last } = o;
  if (ref.version === delegation.version) return;
  const what = explainMeanwhile({ pair, last, state: delegation.state });
  throw new UserFacingError(`${what} Nothing was changed by your press: look at the task again.`);
}

/** Takes back the caller's own step while nothing has happened since. */
export async function undoStep(deps: Deps, o: Pressed): Promise<Delegation> {
  const { caller, ref } = o;
  return await deps.transact(async (stores) => {
    const loaded = await lockDelegation(stores, { caller, id: ref.id, to: 'delegations.edit' });
    const { delegation, pair } = loaded;
    const history = await stores.delegations.history(delegation);
    const last = history.at(-1);
    if (isRepeat(last, { ...o, step: 'undo', delegation })) return delegation;
    checkUnchanged({ ref, delegation, pair, last });
    const undo = undoOf(last, { userId: caller.userId, now: deps.now() });
    if (!undo.ok) throw new UserFacingError(explainNoUndo(undo.because, { pair, last }));
    const change = { step: 'undo' as const, to: undo.to, why: null };
    return await write(deps, stores, { delegation, pair, history, caller, ...change });
  });
}

function explainNoUndo(
  because: 'nothing' | 'other_person' | 'too_late',
  o: { pair: Pair; last: Change | undefined },
): string {
  const { pair, last } = o;
  const person = [pair.executive, pair.ea].find((one) => one.userId === last?.byId);
  switch (because) {
    case 'nothing':
      return 'There is no step to take back any more.';
    case 'other_person':
      return `Only ${person?.name ?? 'the person who did this'} can undo this.`;
    case 'too_late':
      return 'This was more than a day ago, so it cannot be undone. Use the other buttons instead.';
  }
}

/** Takes it out of all lists; it can be restored for a week. */
export async function deleteDelegation(deps: Deps, o: Pressed): Promise<Delegation> {
  return await setDeleted(deps, { ...o, step: 'delete' });
}

export async function restoreDelegation(deps: Deps, o: Pressed): Promise<Delegation> {
  return await setDeleted(deps, { ...o, step: 'restore' });
}

async function setDeleted(
  deps: Deps,
  o: Pressed & { step: 'delete' | 'restore' },
): Promise<Delegation> {
  const { caller, ref, step } = o;
  return await deps.transact(async (stores) => {
    const asked = { caller, id: ref.id, to: 'delegations.delete' as const };
    const { delegation, pair } = await lockDelegation(stores, asked);
    const history = await stores.delegations.history(delegation);
    const last = history.at(-1);
    if (isRepeat(last, { ...o, delegation })) return delegation;
    checkUnchanged({ ref, delegation, pair, last });
    const isDeleted = delegation.deletedAt !== null;
    if (isDeleted === (step === 'delete'))
      throw new UserFacingError(explainMeanwhile({ pair, last, state: delegation.state }));
    const deletedAt = step === 'delete' ? deps.now() : null;
    const to = delegation.state;
    const changed = { ...delegation, deletedAt };
    return await write(deps, stores, {
      delegation: changed,
      pair,
      history,
      step,
      to,
      caller,
      why: null,
    });
  });
}

async function write(
  deps: Deps,
  stores: Stores,
  o: {
    delegation: Delegation;
    pair: Pair;
    history: readonly Change[];
    step: ChangeStep;
    to: Delegation['state'];
    caller: Caller;
    why: string | null;
  },
): Promise<Delegation> {
  const { caller, ...rest } = o;
  const calendars = await loadCalendars(stores, o.pair);
  const now: DateTime = deps.now();
  return await writeChange(stores, { ...rest, calendars, byId: caller.userId, now });
}

/** Removes for good what was deleted more than a week ago. */
export async function purgeDelegations(deps: Deps): Promise<void> {
  await deps.delegations.purge(deps.now().minus({ days: RESTORE_DAYS }));
}

import { authorize } from '../../access/index.ts';
import type { Deps } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { answerOccurrence } from '../../routines/index.ts';
import type { Caller } from '../../slack/caller.ts';
import type { DutyRef } from '../views/prompts.ts';
import { routineOf } from './plan.ts';
import { showOwn } from './routine.ts';

/** Marks a duty of the executive as done on its day; a second press changes nothing. */
export async function finishDuty(deps: Deps, o: { caller: Caller; ref: DutyRef }): Promise<void> {
  const { caller, ref } = o;
  await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId: ref.pairId, to: 'duties.finish' });
    const of = { workspaceId: pair.workspaceId, pairId: pair.id };
    const charter = await stores.charter.findInForce(of);
    const duty = charter?.duties.find(({ id }) => id === ref.dutyId);
    const routine = {
      ...routineOf(pair, { id: ref.dutyId, owner: 'executive' }),
      dueOn: ref.dueOn,
    };
    const occurrence = duty && (await answerOccurrence(stores, routine, deps.now()));
    if (!duty || !occurrence?.answeredAt)
      throw new UserFacingError('This duty is no longer in your charter: there is nothing to do.');
    const state = { type: 'done' as const, at: occurrence.answeredAt };
    await showOwn({ stores, occurrence }, { pair, duty, state });
  });
}

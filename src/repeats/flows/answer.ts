import type { ModalView } from '@slack/types';
import { authorize } from '../../access/index.ts';
import { openNewDuty } from '../../charter/index.ts';
import type { Deps } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { Caller } from '../../slack/caller.ts';
import { showProposal } from './check.ts';

type Answer = { caller: Caller; pairId: string; delegationId: string };

/** The form of a new duty, with what a delegation says. */
export async function prepareDutyOf(
  deps: Deps,
  o: Pick<Answer, 'caller' | 'delegationId'>,
): Promise<ModalView> {
  const { caller, delegationId: id } = o;
  const found = await deps.delegations.find({ workspaceId: caller.workspaceId, id });
  if (!found)
    throw new UserFacingError('This task is not there any more. /ea-charter adds a duty by hand.');
  const { pairId, title, category, definitionOfDone, estimateMinutes, sopUrl } = found;
  return await openNewDuty(deps, caller, {
    pairId,
    fields: { title, category, doneMeans: definitionOfDone || null, estimateMinutes, sopUrl },
  });
}

/** Leaves this kind of work as it is, for both and for good. */
export async function dismissProposal(deps: Deps, o: Answer): Promise<void> {
  const { caller, pairId, delegationId } = o;
  await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId, to: 'charter.edit' });
    const key = { workspaceId: pair.workspaceId, pairId: pair.id, delegationId };
    const proposal = await stores.repeats.lock(key);
    if (!proposal)
      throw new UserFacingError(
        'This proposal is not there any more. /ea-charter shows your duties.',
      );
    if (proposal.dismissedBy) return;
    await stores.repeats.dismiss(key, { by: caller.userId, now: deps.now() });
    const dismissed = { ...proposal, dismissedBy: caller.userId };
    if (proposal.toldExecutive)
      await showProposal(stores, { pair, proposal: dismissed, role: 'executive' });
    if (proposal.toldEa) await showProposal(stores, { pair, proposal: dismissed, role: 'ea' });
  });
}

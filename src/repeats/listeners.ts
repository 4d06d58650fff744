import type { App } from '@slack/bolt';
import * as task from '../delegations/index.ts';
import type { Deps } from '../deps.ts';
import { onPress } from '../slack/listen.ts';
import { openModal } from '../slack/modals.ts';
import { dismissProposal, prepareDutyOf } from './flows/answer.ts';
import { DISMISS, MAKE_DUTY, ProposalValue } from './views/proposal.ts';

/** The two answers to a proposal, and what makes a duty of any task. */
export function registerRepeatListeners(app: App, deps: Deps): void {
  onPress(app, {
    actionId: MAKE_DUTY,
    value: ProposalValue,
    handle: async ({ caller, value, client, triggerId }) =>
      openModal({
        client,
        triggerId,
        title: 'New duty',
        build: async () => prepareDutyOf(deps, { caller, ...value }),
      }),
  });

  onPress(app, {
    actionId: task.MAKE_DUTY,
    value: task.DelegationValue,
    handle: async ({ caller, value, client, triggerId }) => {
      const view = await prepareDutyOf(deps, { caller, delegationId: value.id });
      await client.views.push({ trigger_id: triggerId, view });
    },
  });

  onPress(app, {
    actionId: DISMISS,
    value: ProposalValue,
    handle: async ({ caller, value }) => dismissProposal(deps, { caller, ...value }),
  });
}

import type { App } from '@slack/bolt';
import type { Deps } from '../deps.ts';
import { onPress } from '../slack/listen.ts';
import { openModal } from '../slack/modals.ts';
import { dismissProposal, prepareDutyOf } from './flows/answer.ts';
import { DISMISS, MAKE_DUTY, ProposalValue } from './views/proposal.ts';

/** The two answers to a proposal. */
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
    actionId: DISMISS,
    value: ProposalValue,
    handle: async ({ caller, value }) => dismissProposal(deps, { caller, ...value }),
  });
}

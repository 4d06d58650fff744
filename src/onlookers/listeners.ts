import type { App } from '@slack/bolt';
import type { Deps } from '../deps.ts';
import { onPress, onSubmit } from '../slack/listen.ts';
import { openModal } from '../slack/modals.ts';
import { agreeToOnlooker, prepareOnlookers, proposeOnlooker, removeOnlooker } from './flows.ts';
import { AGREE, LEAVE } from './views/cards.ts';
import {
  buildOnlookersModal,
  OnlookerValue,
  OPEN,
  PairValue,
  PROPOSE_MODAL,
  parseProposal,
  REMOVE,
} from './views/list.ts';

export function registerOnlookerListeners(app: App, deps: Deps): void {
  onPress(app, {
    actionId: OPEN,
    value: PairValue,
    handle: async ({ caller, value: { pairId }, client, triggerId, viewId }) => {
      const build = async () => buildOnlookersModal(await prepareOnlookers(deps, caller, pairId));
      if (viewId) await client.views.push({ trigger_id: triggerId, view: await build() });
      else await openModal({ client, triggerId, title: 'Who may look on', build });
    },
  });

  onSubmit(app, {
    callbackId: PROPOSE_MODAL,
    log: deps.log,
    parse: parseProposal,
    handle: async ({ caller, client, value: proposal }) => {
      await proposeOnlooker(deps, { caller, client, proposal });
      return { next: buildOnlookersModal(await prepareOnlookers(deps, caller, proposal.pairId)) };
    },
  });

  onPress(app, {
    actionId: AGREE,
    value: OnlookerValue,
    handle: async ({ caller, value, client }) =>
      agreeToOnlooker(deps, { caller, client, ...value }),
  });

  onPress(app, {
    actionId: REMOVE,
    value: OnlookerValue,
    handle: async ({ caller, value, client, viewId }) => {
      await removeOnlooker(deps, { caller, ...value, to: 'onlookers.remove' });
      if (!viewId) return;
      const view = buildOnlookersModal(await prepareOnlookers(deps, caller, value.pairId));
      await client.views.update({ view_id: viewId, view });
    },
  });

  onPress(app, {
    actionId: LEAVE,
    value: OnlookerValue,
    handle: async ({ caller, value }) =>
      removeOnlooker(deps, { caller, ...value, to: 'onlookers.leave' }),
  });
}

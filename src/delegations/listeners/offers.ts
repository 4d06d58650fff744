import type { App } from '@slack/bolt';
import type { Deps } from '../../deps.ts';
import { onPress } from '../../slack/listen.ts';
import { openModal } from '../../slack/modals.ts';
import { OFFER_EMOJI } from '../domain/offer.ts';
import { offerMessage, prepareOffered, withdrawOffer } from '../flows/offer.ts';
import { buildDelegationModal } from '../views/form.ts';
import { OFFER, OfferValue } from '../views/offer.ts';

/** Handing over by an emoji. Without the permission to see reactions Slack sends none. */
export function registerOfferListeners(app: App, deps: Deps): void {
  app.event('reaction_added', async ({ event, context, client }) => {
    const { teamId: workspaceId, botUserId } = context;
    const { user: userId, item } = event;
    if (!workspaceId || event.reaction !== OFFER_EMOJI || item.type !== 'message') return;
    if (event.item_user === botUserId) return;
    const caller = { workspaceId, userId };
    await offerMessage(deps, { caller, channelId: item.channel, ts: item.ts, client });
  });

  app.event('reaction_removed', async ({ event, context }) => {
    const { teamId: workspaceId } = context;
    const { user: userId, item } = event;
    if (!workspaceId || event.reaction !== OFFER_EMOJI || item.type !== 'message') return;
    const caller = { workspaceId, userId };
    await withdrawOffer(deps, { caller, channelId: item.channel, ts: item.ts });
  });

  onPress(app, {
    actionId: OFFER,
    value: OfferValue,
    handle: async ({ caller, value, client, triggerId }) => {
      const build = async () =>
        buildDelegationModal(await prepareOffered(deps, { caller, client, ...value }));
      await openModal({ client, triggerId, title: 'Hand over work', build });
    },
  });
}

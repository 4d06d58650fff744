import type { WebClient } from '@slack/web-api';
import { mayDo } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { type Pair, roleOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import type { Delegation } from '../domain/delegation.ts';
import { OFFER_EMOJI, offerKey } from '../domain/offer.ts';
import type { DelegationForm } from '../views/form.ts';
import { buildOffer, type OfferState } from '../views/offer.ts';
import { loadPairs, prepareNew } from './form.ts';
import { findSource, readText } from './source.ts';

type Place = { channelId: string; ts: string };
type Reaction = Place & { caller: Caller };

/** Offers one of the two of a pair to hand over a message in their channel, unless that was done. Others get nothing. */
export async function offerMessage(deps: Deps, o: Reaction & { client: WebClient }): Promise<void> {
  const { caller, channelId, ts } = o;
  if ((await findPairs(deps, o)).length === 0) return;
  const { source } = await findSource(o.client, { channelId, ts, text: '' });
  if (!source) return;
  await deps.transact(async (stores) => {
    const pairs = await findPairs(stores, o);
    const [pair] = pairs;
    if (!pair || (await isHandedOver(stores, o, pairs))) return;
    await stores.outbox.show({
      workspaceId: caller.workspaceId,
      pairId: pair.id,
      key: offerKey({ channelId, ts, userId: caller.userId }),
      purpose: 'prompt',
      recipient: caller.userId,
      forBoth: true,
      message: buildOffer({ source, state: 'open' }),
    });
  });
}

/** Why messages cannot be handed over by a reaction in this workspace, null when they can. */
export async function explainNoReactions(
  deps: Pick<Deps, 'slack'>,
  { workspaceId }: Caller,
): Promise<string | null> {
  const purpose = `offer to hand over what you react to with :${OFFER_EMOJI}:`;
  return await deps.slack.explainMissingScope({ workspaceId, scope: 'reactions:read', purpose });
}

/** Takes an offer back whose reaction is gone; once the message is handed over it stays as it is. */
export async function withdrawOffer(deps: Deps, o: Reaction): Promise<void> {
  await deps.transact(async (stores) => {
    const pairs = await findPairs(stores, o);
    const [pair] = pairs;
    if (!pair || (await isHandedOver(stores, o, pairs))) return;
    await showOffer(stores, { pair, place: o, userId: o.caller.userId, state: 'withdrawn' });
  });
}

/** Says in the offers for its message that it is handed over. */
export async function settleOffers(
  stores: Stores,
  o: { pair: Pair; delegation: Delegation },
): Promise<void> {
  const { pair, delegation } = o;
  const { source, number } = delegation;
  if (!source) return;
  for (const { userId } of [pair.executive, pair.ea])
    await showOffer(stores, { pair, place: source, userId, state: { number } });
}

async function showOffer(
  stores: Stores,
  o: { pair: Pair; place: Place; userId: string; state: OfferState },
): Promise<void> {
  const { pair, userId, state } = o;
  const { channelId, ts } = o.place;
  await stores.outbox.updateIfPosted({
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: offerKey({ channelId, ts, userId }),
    message: buildOffer({ source: { channelId, ts, permalink: null }, state }),
  });
}

/** The form for the message of an offer, which is read for that and kept nowhere. Rejects outside of the caller's own channels. */
export async function prepareOffered(
  deps: Deps,
  o: Reaction & { client: WebClient },
): Promise<DelegationForm> {
  const { caller, client, channelId, ts } = o;
  const pairs = await loadPairs(deps, caller);
  if (!pairs.some((pair) => pair.channelId === channelId))
    throw new UserFacingError(
      'This message is not in a channel of a pair of yours any more. Use “Delegate this” in its menu.',
    );
  const text = await readText(client, { channelId, ts });
  const { source, notice, typed } = await findSource(client, { channelId, ts, text: text ?? '' });
  const unread =
    text === null ? 'I could not read the message, so the title is yours to write.' : null;
  return await prepareNew(deps, caller, { typed, channelId, source, notice: notice ?? unread });
}

/** The caller's pairs with this channel in which they can hand work over. */
async function findPairs(stores: Stores, { caller, channelId }: Reaction): Promise<Pair[]> {
  const pairs = await stores.pairs.listOf(caller.workspaceId, caller.userId);
  return pairs.filter((pair) => {
    const role = roleOf(pair, caller.userId);
    return pair.channelId === channelId && role !== null && mayDo(role, 'delegations.create');
  });
}

async function isHandedOver(stores: Stores, o: Reaction, pairs: readonly Pair[]): Promise<boolean> {
  const { caller, channelId, ts } = o;
  const pairIds = pairs.map(({ id }) => id);
  return await stores.delegations.hasSource(
    { workspaceId: caller.workspaceId, pairIds },
    { channelId, ts },
  );
}

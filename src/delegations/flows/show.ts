import { findZone } from '../../charter/index.ts';
import type { Stores } from '../../deps.ts';
import type { Pair } from '../../pairs/index.ts';
import type { Delegation } from '../domain/delegation.ts';
import type { Change } from '../domain/history.ts';
import { buildCard, buildSourceLine } from '../views/card.ts';

/** Makes the card in the pair's channel show it as it is now. */
export async function showCard(
  stores: Stores,
  o: { pair: Pair; delegation: Delegation; last: Change },
): Promise<void> {
  const { pair, delegation } = o;
  const { category } = delegation;
  const zone = await findZone(stores, { pair, category, now: o.last.at });
  await stores.outbox.show({
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: `delegation:${delegation.id}:card`,
    purpose: 'card',
    recipient: pair.channelId,
    message: buildCard({ ...o, zone: zone && zone.standing }),
    tell: [pair.executive.userId, pair.ea.userId],
  });
}

/** One line under the message that it comes from, when Tandem is where that stands. */
export async function linkSource(
  stores: Stores,
  o: { pair: Pair; delegation: Delegation },
): Promise<void> {
  const { pair, delegation } = o;
  const { source } = delegation;
  if (!source) return;
  await stores.outbox.post({
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: `delegation:${delegation.id}:source`,
    purpose: 'card',
    recipient: source.channelId,
    threadTs: source.ts,
    message: buildSourceLine(o),
  });
}

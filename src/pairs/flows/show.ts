import type { Stores } from '../../deps.ts';
import { type Agreement, type Pair, partnerOf, type Terms } from '../domain.ts';
import { buildAgreementCard, buildChannelCard } from '../views/agreement.ts';

/** Shows a version of the agreement to both people, as it is now. */
export async function showAgreement(
  stores: Stores,
  pair: Pair,
  agreement: Agreement,
): Promise<void> {
  const ended = pair.endedAt !== null;
  const before = await findBefore(stores, agreement);
  for (const reader of [agreement.terms.executive, agreement.terms.ea]) {
    await stores.outbox.show({
      workspaceId: pair.workspaceId,
      pairId: pair.id,
      key: `agreement:${pair.id}:${agreement.version}:${reader.userId}`,
      purpose: 'card',
      recipient: reader.userId,
      forBoth: true,
      message: buildAgreementCard({
        agreement,
        readerId: reader.userId,
        zone: reader.zone,
        before,
        ended,
      }),
      tell: [partnerOf(pair, reader.userId).userId],
    });
  }
}

/** The terms of the version before this one; null for the first. */
export async function findBefore(stores: Stores, agreement: Agreement): Promise<Terms | null> {
  const { workspaceId, pairId, version } = agreement;
  const before = await stores.pairs.findAgreement(workspaceId, { pairId, version: version - 1 });
  return before?.terms ?? null;
}

/** Shows the agreement in force in the pair's channel. */
export async function showInChannel(
  stores: Stores,
  pair: Pair,
  agreement: Agreement,
): Promise<void> {
  const { channelId } = agreement.terms;
  await stores.outbox.show({
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: `agreement:${pair.id}:channel:${channelId}`,
    purpose: 'card',
    recipient: channelId,
    message: buildChannelCard(agreement),
    tell: [pair.executive.userId, pair.ea.userId],
  });
}

import type { Stores } from '../../deps.ts';
import type { Pair, Terms } from '../domain.ts';
import { buildChannelCard } from '../views/agreement.ts';

/** The terms with the zone that somebody has moved to, where the terms do not change the zone themselves. */
export function keepMoves(o: {
  pair: Pair;
  /** The terms in force when these are looked at. */
  before: Terms | null;
  terms: Terms;
}): Terms {
  const { pair, before, terms } = o;
  const zoneOf = (role: 'executive' | 'ea') =>
    before && before[role].zone === terms[role].zone ? pair[role].zone : terms[role].zone;
  return {
    ...terms,
    executive: { ...terms.executive, zone: zoneOf('executive') },
    ea: { ...terms.ea, zone: zoneOf('ea') },
  };
}

/** Brings the agreement in the pair's channel in line with the zone that one of the two has moved to. */
export async function showMovedMember(
  stores: Stores,
  o: { pair: Pair; userId: string; zone: string },
): Promise<void> {
  const { pair, userId, zone } = o;
  const inForce = await stores.pairs.findInForce(pair);
  if (!inForce) return;
  const moved = (role: 'executive' | 'ea') =>
    pair[role].userId === userId ? { ...pair[role], zone } : pair[role];
  const now = { ...pair, executive: moved('executive'), ea: moved('ea') };
  const terms = keepMoves({ pair: now, before: inForce.terms, terms: inForce.terms });
  await stores.outbox.updateIfPosted({
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: channelCardKey(pair.id, terms.channelId),
    message: buildChannelCard({ ...inForce, terms }),
  });
}

export function channelCardKey(pairId: string, channelId: string): string {
  return `agreement:${pairId}:channel:${channelId}`;
}

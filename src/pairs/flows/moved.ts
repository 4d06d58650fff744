import type { Stores } from '../../deps.ts';
import { type Pair, roleOf } from '../domain.ts';
import { showAgreement, showInChannel } from './show.ts';

/**
 * Brings a pair's agreement, and what is proposed in its place, in line with the zone that one of the two has moved
 * to. Where somebody is, is no term to agree on; terms that ask for another zone by themselves stay as they are.
 */
export async function moveMember(
  stores: Stores,
  o: { pair: Pair; userId: string; from: string; to: string },
): Promise<void> {
  const { pair, userId, from, to } = o;
  const role = roleOf(pair, userId);
  if (!role) return;
  for (const agreement of await stores.pairs.moveTerms(pair, { role, from, to })) {
    if (agreement.acceptedAt) await showInChannel(stores, pair, agreement);
    else await showAgreement(stores, pair, agreement);
  }
}

import type { DateTime } from 'luxon';
import { findZone } from '../../charter/index.ts';
import type { Stores } from '../../deps.ts';
import type { Pair } from '../../pairs/index.ts';

/**
 * What is asked before something is saved whose category stays with the executive; null when nothing is asked.
 * `agreedTo` is the category for which the person has read it, `before` the one that it had.
 */
export async function secondThought(
  stores: Stores,
  o: {
    pair: Pair;
    category: string | null;
    before: string | null;
    agreedTo: string | null;
    now: DateTime;
  },
): Promise<string | null> {
  const { pair, category, before, agreedTo, now } = o;
  if (category === null || category === before || category === agreedTo) return null;
  const zone = await findZone(stores, { pair, category, now });
  if (zone?.zone !== 'never') return null;
  return `${zone.category} is in the zone “${zone.words}”. Save it all the same, or choose another category.`;
}

import { createHash } from 'node:crypto';
import type { DateTime } from 'luxon';
import { findZone } from '../../../charter/index.ts';
import type { Stores } from '../../../deps.ts';
import type { Pair } from '../../../pairs/index.ts';
import type { ImportLine, Reserved } from '../../domain/import/import.ts';

/** Which of these lines are in categories that stay with the executive, as the zones are at `now`. */
export async function findReserved(
  stores: Pick<Stores, 'charter' | 'away'>,
  o: { pair: Pair; lines: readonly ImportLine[]; now: DateTime },
): Promise<Reserved[]> {
  const { pair, now } = o;
  const reserved: Reserved[] = [];
  for (const [category, lines] of Map.groupBy(o.lines, (line) => line.category)) {
    const zone = await findZone(stores, { pair, category, now });
    if (zone?.zone !== 'never') continue;
    const { words } = zone;
    reserved.push({ category: zone.category, words, lines: lines.map(({ line }) => line) });
  }
  return reserved;
}

/** By which a button carries for what exactly the person was asked. */
export function nameOfReserved(reserved: readonly Reserved[]): string {
  const names = reserved.map(({ category }) => category).toSorted();
  return createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 16);
}

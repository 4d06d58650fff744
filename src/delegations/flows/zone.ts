import { type Pair, partnerOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import type { Clock } from '../views/fields.ts';

/** The zone of the clock that a time was written on. */
export function zoneOf(pair: Pair, o: { caller: Caller; clock: Clock }): string {
  const partner = partnerOf(pair, o.caller.userId);
  if (o.clock === 'theirs') return partner.zone;
  return pair.ea.userId === partner.userId ? pair.executive.zone : pair.ea.zone;
}

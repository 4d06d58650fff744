import type { Pair } from '../../pairs/index.ts';
import type { DelegationState } from '../domain/delegation.ts';
import type { Change } from '../domain/history.ts';
import { deed, stateName } from '../views/words.ts';

/** What somebody else did first: 'Ana Reyes accepted it meanwhile. It is now: Accepted.' */
export function explainMeanwhile(o: {
  pair: Pair;
  last: Change | undefined;
  state: DelegationState;
}): string {
  const { pair, last, state } = o;
  const now = `It is now: ${stateName(state, pair)}.`;
  if (!last) return now;
  const person = [pair.executive, pair.ea].find((one) => one.userId === last.byId);
  const done = `${person?.name ?? 'Somebody'} ${deed(last.step)} meanwhile.`;
  return last.step === 'delete' ? done : `${done} ${now}`;
}

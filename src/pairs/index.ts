import type { Feature } from '../feature.ts';
import type { OnTermsInForce } from './flows/agree.ts';
import { prepareHome } from './flows/home.ts';
import { createRoutineFiller, planRoutinesOf, type RoutinesOf } from './flows/routines.ts';
import { registerPairListeners } from './listeners.ts';
import { OPEN_SETUP } from './views/people.ts';
import { PAIR_RECORDS } from './views/records.ts';

export {
  type MemberTerms,
  memberOf,
  type Pair,
  partnerOf,
  type Role,
  roleOf,
  type TaskTerms,
} from './domain.ts';
export type { OnTermsInForce } from './flows/agree.ts';
export { moveMember } from './flows/moved.ts';
export { explainUnreached } from './flows/reach.ts';
export { planRoutinesOf, type RoutineOfTerms, type RoutinesOf } from './flows/routines.ts';
export { createPairStore, type PairStore } from './store/all.ts';

/** Who works with whom. `routinesOf` says what recurs by an agreement, `onTermsInForce` what else follows from it. */
export function pairs(o: { routinesOf: RoutinesOf; onTermsInForce: OnTermsInForce }): Feature {
  const onTermsInForce: OnTermsInForce = async (stores, of) => {
    await planRoutinesOf(stores, { ...of, routines: o.routinesOf(of.terms) });
    await o.onTermsInForce(stores, of);
  };
  return {
    name: 'pairs',
    records: PAIR_RECORDS,
    help: [
      {
        command: '/ea-setup',
        does: 'set up the two of you, or propose a change of hours, channel or check-in times',
        button: { text: 'Set up', actionId: OPEN_SETUP, group: 'settings', rank: 1 },
      },
    ],
    register: (app, deps) => registerPairListeners(app, deps, onTermsInForce),
    sweeps: (deps) => [{ name: 'pairs.routines', run: createRoutineFiller(deps, o.routinesOf) }],
    home: prepareHome,
  };
}

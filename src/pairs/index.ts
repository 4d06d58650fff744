import type { Feature } from '../feature.ts';
import type { OnTermsInForce } from './flows/agree.ts';
import { prepareHome } from './flows/home.ts';
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
  termsCalendar,
} from './domain.ts';
export type { OnTermsInForce } from './flows/agree.ts';
export { moveMember } from './flows/moved.ts';
export { createPairStore, type PairStore } from './store/all.ts';

export function pairs(o: { onTermsInForce: OnTermsInForce }): Feature {
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
    register: (app, deps) => registerPairListeners(app, deps, o.onTermsInForce),
    home: prepareHome,
  };
}

import type { Feature } from '../feature.ts';
import { showInHome } from './flows/home.ts';
import type { OnCharterSigned } from './flows/sign.ts';
import { registerCharterListeners } from './listeners/charter.ts';
import { registerDraftListeners } from './listeners/draft.ts';
import { registerZoneListeners } from './listeners/zones.ts';
import { START } from './views/choice.ts';
import { CHARTER_RECORDS } from './views/records.ts';

export type { Charter } from './domain/charter.ts';
export { type Duty, recurrenceOf } from './domain/duty.ts';
export { openNewDuty } from './flows/draft.ts';
export { choosePair } from './flows/open.ts';
export type { OnCharterSigned } from './flows/sign.ts';
export { findZone, listCategoryNames } from './flows/zones.ts';
export { type CharterStore, createCharterStore } from './store/all.ts';
export { buildPairChoice } from './views/choice.ts';

/** What the two have to do again and again, and how free the EA is in which category. */
export function charter(o: { onSigned: OnCharterSigned }): Feature {
  return {
    name: 'charter',
    records: CHARTER_RECORDS,
    help: [
      {
        command: '/ea-charter',
        does: 'see your duties, or propose a change of them',
        button: {
          text: 'Charter',
          actionId: `${START}.charter`,
          needs: 'charter.read',
          group: 'agreed',
          rank: 1,
        },
      },
      {
        command: '/ea-charter zones',
        does: 'see how free the EA is in each category, and what may be spent',
        button: {
          text: 'Zones',
          actionId: `${START}.zones`,
          needs: 'zones.read',
          group: 'agreed',
          rank: 2,
        },
      },
    ],
    home: showInHome,
    register(app, deps) {
      registerCharterListeners(app, deps, o.onSigned);
      registerDraftListeners(app, deps);
      registerZoneListeners(app, deps);
    },
  };
}

import type { Feature } from '../feature.ts';
import { prepareHome } from './flows/home.ts';
import { registerEntryListeners } from './listeners/entries.ts';
import { registerPutOffListeners } from './listeners/put-off.ts';
import { registerSettingsListeners } from './listeners/settings.ts';
import { OPEN } from './views/dialogs.ts';
import { CHECKIN_RECORDS } from './views/records.ts';

export { checkinKind, checkinRoutine } from './flows/routine.ts';
export { type CheckinStore, createCheckinStore } from './store.ts';

export const checkins: Feature = {
  name: 'checkins',
  records: CHECKIN_RECORDS,
  help: [
    {
      command: '/ea-checkin',
      does: 'write or edit your check-in of today',
      button: {
        text: 'Check in',
        actionId: `${OPEN}.checkin`,
        needs: 'checkins.write',
        group: 'talk',
        rank: 1,
      },
    },
    {
      command: '/ea-checkin history',
      does: 'read earlier check-ins of the two of you',
      button: {
        text: 'Check-in history',
        actionId: `${OPEN}.history`,
        needs: 'checkins.read',
        group: 'talk',
        rank: 2,
      },
    },
    {
      command: '/ea-checkin settings',
      does: 'pause your check-ins, skip dates, or change how often you are asked',
      button: {
        text: 'Check-in settings',
        actionId: `${OPEN}.settings`,
        needs: 'routines.control',
        group: 'settings',
        rank: 2,
      },
    },
  ],
  home: prepareHome,
  register(app, deps) {
    registerEntryListeners(app, deps);
    registerPutOffListeners(app, deps);
    registerSettingsListeners(app, deps);
  },
};

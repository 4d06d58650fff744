import type { Feature } from '../feature.ts';
import { registerCheckinListeners } from './listeners.ts';

export { checkinKind, planCheckins } from './flows/routine.ts';
export { type CheckinStore, createCheckinStore } from './store.ts';

export const checkins: Feature = {
  name: 'checkins',
  help: [
    { command: '/ea-checkin', does: 'write or edit your check-in of today' },
    { command: '/ea-checkin history', does: 'read earlier check-ins of the two of you' },
  ],
  register: registerCheckinListeners,
};

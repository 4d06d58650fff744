import type { Feature } from '../feature.ts';
import type { OnTermsInForce } from '../pairs/index.ts';
import { rewriteCalendar, rollHolidays } from './flows/calendar.ts';
import { registerAwayListeners } from './listeners.ts';

export { type AwayStore, createAwayStore } from './store.ts';

/** Leave, public holidays and moves to another zone. What they change is the person's working calendar. */
export const away: Feature = {
  name: 'away',
  help: [
    { command: '/ea-away', does: 'plan leave, or see, change and cancel it' },
    { command: '/ea-away holidays', does: 'choose your public holidays' },
  ],
  register: registerAwayListeners,
  sweeps: (deps) => [{ name: 'away.roll-holidays', run: () => rollHolidays(deps) }],
};

/** Lays holidays and leave out anew when a person's agreed hours or zone come into force. */
export const layOutCalendar: OnTermsInForce = async (stores, { pair, role, now }) => {
  const { workspaceId } = pair;
  const { userId } = pair[role];
  await stores.away.lockPerson({ workspaceId, userId });
  await rewriteCalendar(stores, { workspaceId, userId, now });
};

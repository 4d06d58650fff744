import type { Feature } from '../feature.ts';
import type { OnTermsInForce } from '../pairs/index.ts';
import { rewriteCalendar, rollHolidays } from './flows/calendar.ts';
import { prepareHome } from './flows/home.ts';
import { registerAwayListeners } from './listeners.ts';
import { OPEN_AWAY, OPEN_HOLIDAYS, PLAN_LEAVE } from './views/list.ts';
import { AWAY_RECORDS } from './views/records.ts';

export { type AwayStore, createAwayStore } from './store.ts';

/** Leave, public holidays and moves to another zone. What they change is the person's working calendar. */
export const away: Feature = {
  name: 'away',
  records: AWAY_RECORDS,
  help: [
    {
      command: '/ea-away',
      does: 'plan leave, or see, change and cancel it',
      button: {
        text: 'Plan leave',
        actionId: PLAN_LEAVE,
        needs: 'leave.change',
        group: 'time',
        rank: 2,
      },
    },
    {
      command: '/ea-away list',
      does: 'see who is away, and change or cancel your own leave',
      button: {
        text: 'Who is away',
        actionId: OPEN_AWAY,
        needs: 'leave.read',
        group: 'time',
        rank: 3,
      },
    },
    {
      command: '/ea-away holidays',
      does: 'choose your public holidays',
      button: {
        text: 'Public holidays',
        actionId: OPEN_HOLIDAYS,
        needs: 'leave.change',
        group: 'settings',
        rank: 3,
      },
    },
  ],
  home: prepareHome,
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

import type { Feature } from '../feature.ts';
import { prepareHome } from './flows/home.ts';
import { purgeReminders } from './flows/list.ts';
import { registerReminderListeners } from './listeners.ts';
import { OPEN_FORM, OPEN_LIST } from './views/list.ts';
import { REMINDER_RECORDS } from './views/records.ts';

export { reminderKind } from './flows/ask.ts';
export { createReminderStore, type ReminderStore } from './store.ts';

export const reminders: Feature = {
  name: 'reminders',
  records: REMINDER_RECORDS,
  help: [
    {
      command: '/ea-remind',
      does: 'remind yourself or your partner: `/ea-remind me to send the invoice every weekday at 9`',
      button: {
        text: 'New reminder',
        actionId: OPEN_FORM,
        needs: 'reminders.give',
        group: 'talk',
        rank: 3,
      },
    },
    {
      command: '/ea-remind list',
      does: 'see, change, pause or delete reminders',
      button: {
        text: 'My reminders',
        actionId: OPEN_LIST,
        needs: 'reminders.read',
        group: 'talk',
        rank: 4,
      },
    },
  ],
  home: prepareHome,
  register: registerReminderListeners,
  sweeps: (deps) => [{ name: 'reminders.purge', run: () => purgeReminders(deps) }],
};

import type { Feature } from '../feature.ts';
import { purgeReminders } from './flows/list.ts';
import { registerReminderListeners } from './listeners.ts';

export { reminderKind } from './flows/ask.ts';
export { createReminderStore, type ReminderStore } from './store.ts';

export const reminders: Feature = {
  name: 'reminders',
  help: [
    {
      command: '/ea-remind',
      does: 'remind yourself or your partner: `/ea-remind me to send the invoice every weekday at 9`',
    },
    { command: '/ea-remind list', does: 'see, change, pause or delete reminders' },
  ],
  register: registerReminderListeners,
  sweeps: (deps) => [{ name: 'reminders.purge', run: () => purgeReminders(deps) }],
};

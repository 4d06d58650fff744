import type { Feature } from '../../feature.ts';
import { createInboundStore } from './store.ts';

export { savingOnce } from './form.ts';
export { handleOnce } from './once.ts';
export { createInboundStore } from './store.ts';

/** Slack gives up sending an event again after 25 hours at most. */
const KEPT_HOURS = 26;

/** Forgets what Slack sent long ago. */
export const inbound: Feature = {
  name: 'inbound',
  records: [
    {
      kind: 'inbound',
      title: 'What Slack just sent',
      what: 'The numbers of your clicks, commands and forms, a fingerprint of what was in a form, and how it was answered.',
      why: 'So that something which Slack sends twice happens once.',
      seenBy: 'Nobody.',
      kept: { days: null, text: `${KEPT_HOURS} hours` },
      tables: [{ table: 'inbound', owners: [], exported: false }],
    },
  ],
  sweeps: ({ database, now }) => [
    {
      name: 'inbound.prune',
      run: () => createInboundStore(database.prisma).prune(now().minus({ hours: KEPT_HOURS })),
    },
  ],
};

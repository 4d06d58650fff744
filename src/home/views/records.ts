import type { RecordKind } from '../../privacy/index.ts';

export const HOME_RECORDS: RecordKind[] = [
  {
    kind: 'home',
    title: 'Your Home tab',
    what: 'That you opened it, how often, and your time zone as Slack says it.',
    why: 'To keep it up to date for you.',
    seenBy: 'Only you.',
    kept: { days: null, text: 'until you erase it' },
    tables: [{ table: 'homes', owners: ['userId'], at: 'openedAt' }],
  },
];

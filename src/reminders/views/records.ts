import type { RecordKind } from '../../privacy/index.ts';

export const REMINDER_RECORDS: RecordKind[] = [
  {
    kind: 'reminders',
    title: 'Reminders',
    what: 'Reminders that you wrote or that were written for you, and whether you accept urgent ones.',
    why: 'To remind you.',
    seenBy:
      'Those you write for yourself: you. Others: the one who wrote it and the one who is reminded.',
    optional: 'Delete any of them with `/ea-remind list`.',
    kept: { days: null, text: 'until it is deleted' },
    tables: [
      {
        table: 'reminders',
        owners: ['fromId', 'forId'],
        pair: 'pairId',
        at: 'createdAt',
        private: true,
      },
      { table: 'reminder_consents', owners: ['userId'], pair: 'pairId', at: 'changedAt' },
    ],
  },
];

import type { RecordKind } from '../../privacy/index.ts';

export const CHECKIN_RECORDS: RecordKind[] = [
  {
    kind: 'checkins',
    title: 'Check-ins',
    what: 'What you wrote in your check-ins, for which day, and when you sent and edited it.',
    why: 'So that both of you can read it again.',
    seenBy: 'You and your partner; except for your workload also everybody in your channel.',
    optional: 'Pause your check-ins with `/ea-checkin settings`.',
    kept: { days: null, least: 30 },
    tables: [
      {
        table: 'checkins',
        owners: ['userId'],
        pair: 'pairId',
        at: 'submittedAt',
        ages: {},
      },
    ],
  },
];

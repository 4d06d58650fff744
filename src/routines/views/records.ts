import type { RecordKind } from '../../privacy/index.ts';

export const ROUTINE_RECORDS: RecordKind[] = [
  {
    kind: 'routines',
    title: 'What comes again and again',
    what: 'When you are asked for check-ins and reminded, with pauses and dates that you skip.',
    why: 'To know when the next one is due.',
    seenBy: 'You and your partner.',
    kept: { days: null },
    tables: [{ table: 'routines', owners: ['userId'], pair: 'pairId', at: 'createdAt' }],
  },
  {
    kind: 'occurrences',
    title: 'When you were asked and answered',
    what: 'For each day: whether you were asked, answered, skipped or were excused, and when. Not what you wrote.',
    why: 'To remind you once and not twice, and to say how many check-ins were on time.',
    seenBy: 'You and your partner, both of you of both.',
    kept: { days: 400, least: 60 },
    tables: [
      {
        table: 'occurrences',
        owners: ['userId'],
        pair: 'pairId',
        parent: { table: 'routines', column: 'routineId' },
        at: 'dueAt',
        ages: { only: { column: 'nextStep', in: [null] } },
      },
    ],
  },
];

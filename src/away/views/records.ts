import type { RecordKind } from '../../privacy/index.ts';

export const AWAY_RECORDS: RecordKind[] = [
  {
    kind: 'leave',
    title: 'Leave and holidays',
    what: 'Days on which you are away with the kind of leave and the reason if you gave one, and which public holidays you have.',
    why: 'What falls on such days is excused and never counts as missed.',
    seenBy: 'You and your partners.',
    optional: 'A reason is never needed.',
    kept: { days: 1095, least: 90 },
    tables: [
      { table: 'leaves', owners: ['userId'], at: 'lastOn', isDate: true, ages: {} },
      { table: 'holiday_calendars', owners: ['userId'] },
      { table: 'holiday_corrections', owners: ['userId'], at: 'on', isDate: true },
    ],
  },
];

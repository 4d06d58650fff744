import type { RecordKind } from '../../privacy/index.ts';

export const REPEAT_RECORDS: RecordKind[] = [
  {
    kind: 'repeats',
    title: 'Proposals of duties',
    what: 'Which kind of work came again and again, that it was proposed as a duty, and who said that it stays as it is.',
    why: 'So that each kind is proposed only once.',
    seenBy: 'You and your partner.',
    kept: { days: null },
    tables: [
      { table: 'repeat_proposals', owners: [], pair: 'pairId', at: 'proposedAt' },
      { table: 'repeat_checks', owners: [], pair: 'pairId', exported: false },
    ],
  },
];

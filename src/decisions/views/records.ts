import type { RecordKind } from '../../privacy/index.ts';

export const DECISION_RECORDS: RecordKind[] = [
  {
    kind: 'decisions',
    title: 'Decisions',
    what: 'What the EA asked, what the executive decided and when, and how long it took in working time.',
    why: 'So that answers are found again and nobody waits unseen.',
    seenBy: 'You and your partner, and whoever is in your channel.',
    kept: { days: null, least: 30 },
    tables: [
      {
        table: 'decisions',
        owners: ['eaId'],
        pair: 'id',
        parent: { table: 'pairs', column: 'pairId' },
        at: 'askedAt',
        texts: { by: 'executiveId', columns: ['missing'] },
        ages: { only: { column: 'nextAt', in: [null] } },
      },
      { table: 'decision_books', owners: [], pair: 'pairId', exported: false },
      { table: 'decision_messages', owners: [], exported: false },
    ],
  },
];

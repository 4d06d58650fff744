import type { RecordKind } from '../../privacy/index.ts';

export const CHARTER_RECORDS: RecordKind[] = [
  {
    kind: 'charter',
    title: 'Charter and zones',
    what: 'The duties that the two of you signed, each version with who proposed it, what you are preparing to propose, and how free the EA is in which category.',
    why: 'So that both of you can look up what was agreed.',
    seenBy: 'The two of the pair and their agency manager. What you are preparing: only you.',
    optional: 'A charter is never needed.',
    kept: { days: null },
    tables: [
      {
        table: 'charters',
        owners: [],
        pair: 'pairId',
        at: 'proposedAt',
        texts: { by: 'proposedBy', columns: ['note'] },
      },
      {
        table: 'charter_drafts',
        owners: ['userId'],
        pair: 'pairId',
        at: 'changedAt',
        private: true,
      },
      { table: 'zone_lists', owners: [], pair: 'pairId', at: 'changedAt' },
    ],
  },
];

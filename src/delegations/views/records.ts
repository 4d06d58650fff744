import type { RecordKind } from '../../privacy/index.ts';

export const DELEGATION_RECORDS: RecordKind[] = [
  {
    kind: 'delegations',
    title: 'Tasks',
    what: 'What was handed over, with its definition of done, its due date and each of its steps: who, when, and why if somebody wrote it. Of a message in Slack only where it stands.',
    why: 'So that both of you know what is open and who waits for whom.',
    seenBy: 'You, your partner, your agency manager, and whoever is in your channel.',
    kept: { days: null, least: 30 },
    tables: [
      {
        table: 'delegations',
        owners: ['createdBy'],
        pair: 'pairId',
        at: 'createdAt',
        ages: { only: { column: 'shelf', in: ['closed', 'deleted'] } },
      },
      {
        table: 'delegation_changes',
        owners: [],
        pair: 'pairId',
        parent: { table: 'delegations', column: 'delegationId' },
        at: 'at',
        texts: { by: 'byId', from: 'row', columns: ['why'] },
      },
      { table: 'delegation_sequences', owners: [], pair: 'pairId', exported: false },
    ],
  },
  {
    kind: 'ratings',
    title: 'Ratings',
    what: 'How good the executive found what was delivered, from 1 to 5, what an A+ would look like, and when the EA first saw it.',
    why: 'So that the EA knows what to keep doing and what would be better.',
    seenBy: 'You and your partner, nobody else.',
    optional: 'Press Skip, or nothing: a rating is never needed.',
    kept: { days: null, least: 30 },
    tables: [
      {
        table: 'delegation_ratings',
        owners: [],
        pair: 'pairId',
        at: 'ratedAt',
        texts: { by: 'ratedBy', columns: ['aPlus'] },
        ages: {},
      },
    ],
  },
  {
    kind: 'delegation-imports',
    title: 'Imports of tasks',
    what: 'Which file you handed in with `/ea-tasks import`, and which tasks came of it. What its lines say is kept until you confirm or cancel, for a day at most; of the file no copy is made.',
    why: 'So that you see what would come of a file before anything is written, and can take an import back.',
    seenBy: 'You. The tasks that come of it are kept as all others.',
    kept: { days: 90, least: 7 },
    tables: [
      {
        table: 'delegation_imports',
        owners: ['createdBy'],
        pair: 'pairId',
        at: 'createdAt',
        ages: {},
      },
    ],
  },
];

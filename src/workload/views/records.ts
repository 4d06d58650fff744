import type { RecordKind } from '../../privacy/index.ts';

export const WORKLOAD_RECORDS: RecordKind[] = [
  {
    kind: 'hours',
    title: 'Logged time',
    what: 'The time that you wrote down for a task and for which day, whether unused hours roll over, and what was said about the hours of a month.',
    why: 'So that the hours that you agreed on can be compared with those used.',
    seenBy: 'You, your partner and your agency manager, as sums.',
    optional: 'Do not log time: nothing is measured by itself.',
    kept: { days: null, least: 62 },
    tables: [
      { table: 'time_entries', owners: ['userId'], pair: 'pairId', at: 'loggedAt', ages: {} },
      { table: 'hours_plans', owners: [], pair: 'pairId', at: 'changedAt' },
      { table: 'hours_notices', owners: ['userId'], pair: 'pairId', at: 'toldAt', ages: {} },
    ],
  },
  {
    kind: 'load',
    title: 'Questions about the workload',
    what: 'When more was due than fits: what the executive was asked about it, and what they chose.',
    why: 'So that you are asked at most once a week.',
    seenBy: 'The executive.',
    kept: { days: 90, least: 30 },
    tables: [
      { table: 'load_questions', owners: [], pair: 'pairId', at: 'askedAt', ages: {} },
      { table: 'load_checks', owners: [], pair: 'pairId', exported: false },
    ],
  },
];

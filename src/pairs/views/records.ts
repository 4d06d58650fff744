import type { RecordKind } from '../../privacy/index.ts';

export const PAIR_RECORDS: RecordKind[] = [
  {
    kind: 'people',
    title: 'You',
    what: 'Your name, your time zone and your working hours, with the days that differ from them; whether Slack lets Tandem send you direct messages.',
    why: 'To ask and tell you things in your own working hours.',
    seenBy: 'You and those you work with in a pair.',
    kept: { days: null, text: 'as long as you are in a pair' },
    tables: [{ table: 'members', owners: ['userId'], at: 'updatedAt' }],
  },
  {
    kind: 'pairs',
    title: 'Pairs and agreements',
    what: 'Who works with whom, in which channel, since when, and each version of the working agreement.',
    why: 'Everything else belongs to a pair, and both can look up what they agreed on.',
    seenBy: 'The two of the pair.',
    kept: { days: 365, least: 30, text: '365 days after the end of the pair' },
    tables: [
      { table: 'pairs', owners: [], pair: 'id', at: 'endedAt', ages: {} },
      { table: 'onlookers', owners: ['userId'], pair: 'pairId', at: 'proposedAt' },
      { table: 'agreements', owners: [], pair: 'pairId', at: 'proposedAt' },
    ],
  },
];

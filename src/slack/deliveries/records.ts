/** What is stored of messages, see RecordKind of the privacy feature. */
export const DELIVERY_RECORDS = [
  {
    kind: 'messages',
    title: 'Messages that Tandem sent',
    what: 'Each message to you or to your channel with what it said, and where it stands in Slack.',
    why: 'To send it once, to send it again after a failure, and to keep it up to date.',
    seenBy:
      'Whoever sees it in Slack; and whoever runs the server, for messages that could not be sent.',
    kept: { days: 90, least: 7, text: '90 days; after that only where it stands in Slack' },
    tables: [
      {
        table: 'deliveries',
        owners: ['recipient', 'meantFor'],
        pair: 'pairId',
        at: 'createdAt',
        private: true,
        ages: {
          blank: { message: `'{"text": "", "blocks": []}'::jsonb` },
          only: { column: 'state', in: ['sent', 'failed', 'superseded'] },
        },
      },
      { table: 'rate_limits', owners: [], exported: false },
    ],
  },
] as const;

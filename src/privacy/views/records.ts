import type { RecordKind } from '../domain/records.ts';

/** What this feature itself stores of people. */
export const PRIVACY_RECORDS: RecordKind[] = [
  {
    kind: 'exports',
    title: 'Copies that you asked for',
    what: 'When you asked for a copy of which records, and whether it arrived. The files themselves are not kept.',
    why: 'To go on after a failure and not to send anything twice.',
    seenBy: 'Only you.',
    kept: { days: 90, least: 7 },
    tables: [
      {
        table: 'exports',
        owners: ['requestedBy'],
        at: 'requestedAt',
        ages: { only: { column: 'state', in: ['done', 'failed'] } },
      },
    ],
  },
  {
    kind: 'audit',
    title: 'Audit log',
    what: 'That somebody exported, erased or changed something: who, what, when, and never what it says.',
    why: 'So that misuse can be found out.',
    seenBy: 'Admins of this Slack workspace, and whoever runs the server.',
    kept: { days: 730, least: 365 },
    tables: [
      { table: 'audit_entries', owners: [], at: 'at', exported: false, ages: {} },
      { table: 'audit_people', owners: ['userId'], exported: false },
    ],
  },
];

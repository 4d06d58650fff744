import { ASKED_FOR_DAYS } from '../domain/erasure.ts';
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
    kind: 'erase-requests',
    title: 'Requests to erase a pair',
    what: 'That you asked the other one of your pair to erase it, and when, until they answer.',
    why: 'So that a pair is erased only when both want it.',
    seenBy: 'The two of the pair.',
    kept: { days: ASKED_FOR_DAYS },
    tables: [
      {
        table: 'erase_requests',
        owners: ['askedBy'],
        pair: 'pairId',
        at: 'askedAt',
        ages: {},
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

import type { KnownBlock } from '@slack/types';
import { runSql } from '../support/postgres.ts';

export type DeliveryRow = {
  id: string;
  seq: number;
  dedupeKey: string;
  kind: 'post' | 'update' | 'delete';
  purpose: string;
  recipient: string;
  targetId: string | null;
  message: { text: string; blocks: KnownBlock[] };
  state: string;
  attempts: number;
  channel: string | null;
  ts: string | null;
  error: string | null;
  claimedUntil: string | null;
  notBefore: string | null;
};

export type OccurrenceRow = {
  userId: string;
  dueOn: string;
  dueAt: string;
  state: string;
  reason: string | null;
  nextStep: string | null;
  nextStepAt: string | null;
  askedTimes: number;
  remindedTimes: number;
};

export type CheckinRow = {
  userId: string;
  dueOn: string;
  version: number;
  answers: Record<string, string>;
};

export type JobRow = { name: string; state: string; count: number };

export type Rows = {
  deliveries: DeliveryRow[];
  occurrences: OccurrenceRow[];
  checkins: CheckinRow[];
  jobs: JobRow[];
};

/** Everything that the witness compares with what people saw. */
export async function readRows(url: string): Promise<Rows> {
  const [deliveries, occurrences, checkins, jobs] = await Promise.all([
    read<DeliveryRow>(url, 'SELECT d.*, d.seq::int AS seq FROM deliveries d ORDER BY d.seq'),
    read<OccurrenceRow>(
      url,
      `SELECT o.*, r."userId" FROM occurrences o
       JOIN routines r ON r."workspaceId" = o."workspaceId" AND r.id = o."routineId"
       WHERE r.kind = 'checkin'
       ORDER BY o."dueAt", r."userId"`,
    ),
    read<CheckinRow>(url, 'SELECT * FROM checkins ORDER BY "submittedAt"'),
    read<JobRow>(
      url,
      `SELECT name, state::text AS state, count(*)::int AS count FROM pgboss.job GROUP BY 1, 2`,
    ),
  ]);
  return { deliveries, occurrences, checkins, jobs };
}

/** What is still to be done at `nowMs`, as a sentence; null when all is quiet. */
export async function unfinished(url: string, nowMs: number): Promise<string | null> {
  const now = `to_timestamp(${nowMs / 1000})`;
  const [row] = await runSql(
    url,
    `SELECT
      (SELECT count(*)::int FROM deliveries WHERE state IN ('pending', 'sending', 'uncertain')) AS deliveries,
      (SELECT count(*)::int FROM pgboss.job WHERE state < 'completed' AND name NOT LIKE '%.dead') AS jobs,
      (SELECT count(*)::int FROM routines WHERE "nextDueAt" <= ${now}) AS routines,
      (SELECT count(*)::int FROM occurrences
        WHERE "nextStep" IS NOT NULL AND ("nextStepAt" IS NULL OR "nextStepAt" <= ${now})) AS steps`,
  );
  const left = Object.entries(row ?? {}).filter(([, count]) => count !== 0);
  return left.length === 0
    ? null
    : left.map(([what, count]) => `${String(count)} ${what}`).join(', ');
}

/** What the real time that passes while nobody runs does to rows: whoever held one is long gone. */
export async function letAMinutePass(url: string): Promise<void> {
  const minute = `interval '1 minute'`;
  await runSql(url, `UPDATE deliveries SET "claimedUntil" = "claimedUntil" - ${minute}`);
  await runSql(url, `UPDATE inbound SET "claimedUntil" = "claimedUntil" - ${minute}`);
  await runSql(
    url,
    `UPDATE pgboss.job SET started_on = started_on - ${minute}, heartbeat_on = heartbeat_on - ${minute},
       start_after = start_after - ${minute} WHERE state < 'completed'`,
  );
}

async function read<T>(url: string, sql: string): Promise<T[]> {
  const rows = await runSql(url, sql);
  // Instants as text, as JSON has them: this is also what goes into the artefacts.
  return JSON.parse(JSON.stringify(rows));
}

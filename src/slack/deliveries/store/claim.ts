import type { DateTime } from 'luxon';
import type { Tx } from '../../../database/index.ts';
import { toInstant } from '../../../database/instant.ts';
import type { Delivery, DeliveryKind, DeliveryPurpose, OutgoingMessage } from '../domain.ts';
import {
  admit,
  type Candidate,
  type Limit,
  limitsOf,
  type Rate,
  rateKey,
  sharedLimitsOf,
} from '../limits.ts';

/** Longer than an attempt may take, so that two processes never work on one message at once. */
const LEASE_SECONDS = 30;

export type Claimed = {
  deliveries: Delivery[];
  /** Whether more may be due than was looked at or there was room for. */
  hasMore: boolean;
};

type CandidateRow = Candidate & {
  meantFor: string | null;
  targetChannel: string | null;
  targetTs: string | null;
};

/**
 * Takes what is due, in its turn and within Slack's limits, at most `capacity`; gives the rest of what it looked at a
 * later time. Several processes share what is due between them. Call inside a transaction.
 */
export async function claimDue(
  tx: Tx,
  o: { now: DateTime; capacity: number; lookAt: number },
): Promise<Claimed> {
  const candidates = await findDue(tx, o);
  if (candidates.length === 0) return { deliveries: [], hasMore: false };
  const to = { candidates, now: o.now.toMillis(), capacity: o.capacity };
  const shared = await lockRates(tx, candidates, sharedLimitsOf);
  // Most of a crowd waits for its workspace: only of those that may get their turn the channels are looked at.
  const first = admit({ ...to, rates: shared, limitsOf: sharedLimitsOf }).send;
  const rates = new Map([...shared, ...(await lockRates(tx, first, limitsOf))]);
  const verdict = admit({ ...to, rates, isSeen: (key) => rates.has(key) });
  await saveRates(tx, verdict.rates);
  await putInLine(tx, verdict.wait);
  return {
    deliveries: await take(tx, verdict.send),
    hasMore: verdict.isFull || candidates.length === o.lookAt,
  };
}

/**
 * Due ones that nobody else looks at. One about another message waits until that is there and those before it are done;
 * it follows that message to the pair's channel.
 */
async function findDue(tx: Tx, o: { now: DateTime; lookAt: number }): Promise<CandidateRow[]> {
  return await tx.$queryRaw<CandidateRow[]>`
    SELECT d."workspaceId", d.id, d.kind::text AS kind, d."targetId", d.queued,
      CASE WHEN t."meantFor" IS NULL THEN d.recipient ELSE t.recipient END AS recipient,
      COALESCE(t."meantFor", d."meantFor") AS "meantFor",
      d.state = 'uncertain' AS uncertain, t.channel AS "targetChannel", t.ts AS "targetTs"
    FROM deliveries d
    LEFT JOIN deliveries t ON t."workspaceId" = d."workspaceId" AND t.id = d."targetId"
    WHERE d."notBefore" <= ${o.now.toJSDate()}
      AND (d."targetId" IS NULL OR t.state = 'sent' AND NOT EXISTS (
        SELECT 1 FROM deliveries e
        WHERE e."workspaceId" = d."workspaceId" AND e."targetId" = d."targetId" AND e.seq < d.seq
          AND e.state IN ('pending', 'sending', 'uncertain')))
    ORDER BY d."notBefore", d.seq LIMIT ${o.lookAt} FOR UPDATE OF d SKIP LOCKED`;
}

/** Nobody else changes these until the transaction ends. A channel's only ever comes after that of its workspace's method. */
async function lockRates(
  tx: Tx,
  candidates: readonly Candidate[],
  limits: (candidate: Candidate) => Limit[],
): Promise<ReadonlyMap<string, Rate>> {
  if (candidates.length === 0) return new Map();
  const wanted = new Map<string, { w: string; s: string }>();
  for (const candidate of candidates) {
    for (const { scope } of limits(candidate)) {
      const { workspaceId } = candidate;
      wanted.set(rateKey(workspaceId, scope), { w: workspaceId, s: scope });
    }
  }
  // In one order everywhere, so that two processes never wait for each other.
  const rows = await tx.$queryRaw<
    { workspaceId: string; scope: string; freeAt: Date; queuedUntil: Date }[]
  >`
    INSERT INTO rate_limits ("workspaceId", scope, "freeAt", "queuedUntil")
    SELECT x.w, x.s, to_timestamp(0), to_timestamp(0)
    FROM jsonb_to_recordset(${JSON.stringify([...wanted.values()])}::jsonb) AS x(w text, s text)
    ORDER BY x.w, x.s
    ON CONFLICT ("workspaceId", scope) DO UPDATE SET scope = EXCLUDED.scope
    RETURNING "workspaceId", scope, "freeAt", "queuedUntil"`;
  return new Map(
    rows.map(({ workspaceId, scope, freeAt, queuedUntil }) => [
      rateKey(workspaceId, scope),
      { freeAt: freeAt.getTime(), queuedUntil: queuedUntil.getTime() },
    ]),
  );
}

async function saveRates(tx: Tx, rates: ReadonlyMap<string, Rate>): Promise<void> {
  if (rates.size === 0) return;
  const rows = [...rates].map(([key, { freeAt, queuedUntil }]) => {
    const [w, s] = key.split(' ');
    return { w, s, f: freeAt / 1000, q: queuedUntil / 1000 };
  });
  await tx.$executeRaw`
    UPDATE rate_limits r SET "freeAt" = to_timestamp(x.f), "queuedUntil" = to_timestamp(x.q)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS x(w text, s text, f double precision, q double precision)
    WHERE r."workspaceId" = x.w AND r.scope = x.s`;
}

async function putInLine(
  tx: Tx,
  waiting: readonly { candidate: Candidate; at: number }[],
): Promise<void> {
  if (waiting.length === 0) return;
  const rows = waiting.map(({ candidate, at }) => ({
    w: candidate.workspaceId,
    i: candidate.id,
    a: at / 1000,
  }));
  await tx.$executeRaw`
    UPDATE deliveries d SET queued = true, "notBefore" = to_timestamp(x.a)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(w text, i text, a double precision)
    WHERE d."workspaceId" = x.w AND d.id = x.i`;
}

type TakenRow = {
  workspaceId: string;
  id: string;
  pairId: string | null;
  tell: string[];
  kind: DeliveryKind;
  purpose: DeliveryPurpose;
  targetId: string | null;
  threadTs: string | null;
  message: OutgoingMessage;
  attempts: number;
  createdAt: Date;
  notAfter: Date | null;
};

async function take(tx: Tx, chosen: readonly CandidateRow[]): Promise<Delivery[]> {
  if (chosen.length === 0) return [];
  const keys = chosen.map(({ workspaceId, id }) => ({ w: workspaceId, i: id }));
  const rows = await tx.$queryRaw<TakenRow[]>`
    UPDATE deliveries d SET state = 'sending', "notBefore" = NULL, queued = false, attempts = attempts + 1,
      "claimedUntil" = clock_timestamp() + ${LEASE_SECONDS} * interval '1 second'
    FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS x(w text, i text)
    WHERE d."workspaceId" = x.w AND d.id = x.i
    RETURNING d."workspaceId", d.id, d."pairId", d.tell, d.kind::text AS kind, d.purpose::text AS purpose,
      d."targetId", d."threadTs", d.message, d.attempts, d."createdAt", d."notAfter"`;
  const taken = new Map(rows.map((row) => [`${row.workspaceId} ${row.id}`, row]));
  return chosen.flatMap((candidate) => {
    const row = taken.get(`${candidate.workspaceId} ${candidate.id}`);
    if (!row) return [];
    const { targetChannel: channel, targetTs: ts, uncertain, recipient, meantFor } = candidate;
    const { threadTs, ...rest } = row;
    const thread = threadTs ? { channel: recipient, ts: threadTs } : null;
    const target = channel && ts ? { channel, ts } : thread;
    const createdAt = toInstant(row.createdAt);
    const notAfter = row.notAfter && toInstant(row.notAfter);
    return [{ ...rest, recipient, meantFor, target, uncertain, createdAt, notAfter }];
  });
}

import type { DateTime } from 'luxon';
import type { Tx } from '../../../database/index.ts';
import {
  type Delivery,
  type DeliveryKey,
  type NextStep,
  type Place,
  WITHOUT_FIRST_MESSAGE,
} from '../domain.ts';
import { limitOfMethod } from '../limits.ts';

/**
 * Messages that arrived. What is known to have arrived is written even when another process has taken it up since. To
 * whom one arrived takes direct messages again.
 */
export async function markSent(
  tx: Tx,
  arrived: readonly { delivery: Delivery; place: Place }[],
  now: DateTime,
): Promise<void> {
  if (arrived.length === 0) return;
  const rows = arrived.map(({ delivery, place }) => ({
    w: delivery.workspaceId,
    i: delivery.id,
    channel: place.channel,
    ts: place.ts,
  }));
  await tx.$executeRaw`
    WITH arrived AS (
      UPDATE deliveries d SET state = 'sent', channel = x.channel, ts = x.ts, error = NULL, "notBefore" = NULL,
        queued = false, "claimedUntil" = NULL, "sentAt" = ${now.toJSDate()}
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(w text, i text, channel text, ts text)
      WHERE d."workspaceId" = x.w AND d.id = x.i AND d.state IN ('sending', 'uncertain', 'pending')
      RETURNING d."workspaceId", d.recipient, d.kind
    )
    UPDATE members m SET "dmRefusedAt" = NULL FROM arrived a
    WHERE m."workspaceId" = a."workspaceId" AND m."userId" = a.recipient AND a.kind = 'post'
      AND m."dmRefusedAt" IS NOT NULL`;
}

/** Those to be tried or looked up later; an update that a newer one stands behind gives way to it. */
export async function putBack(
  tx: Tx,
  unfinished: readonly { delivery: Delivery; step: NextStep }[],
  now: DateTime,
): Promise<void> {
  if (unfinished.length === 0) return;
  const rows = unfinished.map(({ delivery, step }) => ({
    w: delivery.workspaceId,
    i: delivery.id,
    claim: delivery.attempts,
    state: step.state,
    at: now.plus({ seconds: step.waitSeconds }).toSeconds(),
    error: step.error,
    attempts: step.attempts,
    message: step.message ?? null,
  }));
  await tx.$executeRaw`
    UPDATE deliveries d SET error = CASE WHEN n.id IS NULL THEN x.error END, attempts = x.attempts, queued = false, "claimedUntil" = NULL,
      message = COALESCE(x.message, d.message),
      state = (CASE WHEN n.id IS NULL THEN x.state ELSE 'superseded' END)::delivery_state,
      "notBefore" = CASE WHEN n.id IS NULL THEN to_timestamp(x.at) END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(
      w text, i text, claim int, state text, at double precision, error text, attempts int, message jsonb)
    LEFT JOIN LATERAL (
      SELECT newer.id FROM deliveries newer JOIN deliveries own ON own."workspaceId" = x.w AND own.id = x.i
      WHERE own.kind = 'update' AND x.state = 'pending' AND newer."workspaceId" = x.w AND newer."targetId" = own."targetId"
        AND newer.kind = 'update' AND newer.state = 'pending' AND newer.seq > own.seq
      LIMIT 1) n ON true
    WHERE d."workspaceId" = x.w AND d.id = x.i AND d.state = 'sending' AND d.attempts = x.claim`;
}

/**
 * Ends one as failed; false when another process has taken it up since. What waited behind it is folded into it, so
 * that sending it again shows the newest state; replies in its thread fail with it.
 */
export async function markFailed(tx: Tx, delivery: Delivery, error: string): Promise<boolean> {
  const { workspaceId, id, attempts } = delivery;
  const { count } = await tx.delivery.updateMany({
    where: { workspaceId, id, state: 'sending', attempts },
    data: { state: 'failed', error, notBefore: null, queued: false, claimedUntil: null },
  });
  if (count === 0) return false;
  const behind = { workspaceId, targetId: id, state: 'pending' as const };
  const newest = await tx.delivery.findFirst({
    where: { ...behind, kind: 'update' },
    orderBy: { seq: 'desc' },
    select: { message: true },
  });
  if (newest) {
    await tx.delivery.update({
      where: { workspaceId_id: { workspaceId, id } },
      data: { message: newest.message ?? {} },
    });
  }
  await tx.delivery.updateMany({
    where: { ...behind, kind: { not: 'post' } },
    data: { state: 'superseded', error: null, notBefore: null },
  });
  await tx.delivery.updateMany({
    where: { ...behind, kind: 'post' },
    data: { state: 'failed', error: WITHOUT_FIRST_MESSAGE, notBefore: null },
  });
  return true;
}

/** Nobody calls `method` in this workspace before `until`, and no faster than its interval right after. */
export async function pauseMethod(
  tx: Tx,
  o: { workspaceId: string; method: string; until: DateTime },
): Promise<void> {
  const { scope, burst } = limitOfMethod(o.method);
  const until = o.until.toJSDate();
  const freeAt = o.until.plus({ milliseconds: burst }).toJSDate();
  await tx.$executeRaw`
    INSERT INTO rate_limits AS r ("workspaceId", scope, "freeAt", "queuedUntil")
    VALUES (${o.workspaceId}, ${scope}, ${freeAt}, ${until})
    ON CONFLICT ("workspaceId", scope) DO UPDATE SET "freeAt" = GREATEST(r."freeAt", EXCLUDED."freeAt"),
      "queuedUntil" = GREATEST(r."queuedUntil", EXCLUDED."queuedUntil")`;
}

/** Whether something that stood behind one of these may go out now. */
export async function haveFollowUps(
  tx: Tx,
  done: readonly (DeliveryKey & { targetId: string | null })[],
): Promise<boolean> {
  if (done.length === 0) return false;
  const rows = done.map(({ workspaceId, id, targetId }) => ({ w: workspaceId, t: targetId ?? id }));
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(w text, t text)
    JOIN deliveries d ON d."workspaceId" = x.w AND d."targetId" = x.t AND d."notBefore" IS NOT NULL
    LIMIT 1`;
  return found.length > 0;
}

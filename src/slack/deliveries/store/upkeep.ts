import type { DateTime } from 'luxon';
import type { Tx } from '../../../database/index.ts';
import { toInstant } from '../../../database/instant.ts';
import { WITHOUT_FIRST_MESSAGE } from '../domain.ts';

/** When the next one after `now` is to be looked at, or null. */
export async function nextDueAt(db: Tx, now: DateTime): Promise<DateTime | null> {
  const row = await db.delivery.findFirst({
    where: { notBefore: { gt: now.toJSDate() } },
    orderBy: { notBefore: 'asc' },
    select: { notBefore: true },
  });
  return row?.notBefore ? toInstant(row.notBefore) : null;
}

/**
 * Takes back what processes held when they died, and says how many: a post may have arrived, anything else can simply
 * be sent again. With `ownerIsGone` without waiting for their lease, for a database that nobody else can use.
 */
export async function recoverAbandoned(
  db: Tx,
  o: { now: DateTime; ownerIsGone: boolean },
): Promise<number> {
  return await db.$executeRaw`
    UPDATE deliveries SET "claimedUntil" = NULL, error = 'process_ended', "notBefore" = ${o.now.toJSDate()},
      state = (CASE kind WHEN 'post' THEN 'uncertain' ELSE 'pending' END)::delivery_state
    WHERE ("workspaceId", id) IN (
      SELECT "workspaceId", id FROM deliveries
      WHERE state = 'sending' AND "claimedUntil" IS NOT NULL
        AND (${o.ownerIsGone} OR "claimedUntil" < clock_timestamp())
      FOR UPDATE SKIP LOCKED)`;
}

/** Sends what could not be posted in a channel while the bot was not in it; says how many there are. */
export async function reviveFor(
  tx: Tx,
  o: { workspaceId: string; channelId: string; now: DateTime },
): Promise<number> {
  const revived = await tx.$executeRaw`
    UPDATE deliveries SET state = 'pending', attempts = 0, error = NULL, queued = false,
      "notBefore" = ${o.now.toJSDate()}
    WHERE "workspaceId" = ${o.workspaceId} AND recipient = ${o.channelId} AND state = 'failed'
      AND error IN ('not_in_channel', 'channel_not_found', ${WITHOUT_FIRST_MESSAGE})`;
  return revived;
}

/** The channel of a person's direct messages, from earlier ones that arrived. */
export async function findChannel(
  db: Tx,
  o: { workspaceId: string; recipient: string },
): Promise<string | null> {
  const row = await db.delivery.findFirst({
    where: { ...o, state: 'sent', channel: { not: null } },
    orderBy: { seq: 'desc' },
    select: { channel: true },
  });
  return row?.channel ?? null;
}

/** Forgets limits that have been free for an hour. */
export async function pruneRates(db: Tx, now: DateTime): Promise<void> {
  const before = now.minus({ hours: 1 }).toJSDate();
  await db.rateLimit.deleteMany({ where: { freeAt: { lt: before }, queuedUntil: { lt: before } } });
}

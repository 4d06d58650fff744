import { DateTime } from 'luxon';
import type { Delivery as DeliveryRow } from '../../database/generated/client.ts';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import {
  admit,
  type Delivery,
  type Limit,
  limitScopes,
  type OutgoingMessage,
  type Place,
} from './domain.ts';

/** Longer than any call to Slack may take, so that two processes never send the same message at once. */
const CLAIM_SECONDS = 60;

export type Claim =
  | { type: 'claimed'; delivery: Delivery; target: Place | null; uncertain: boolean }
  | { type: 'wait'; until: DateTime }
  | { type: 'nothing' };

export type DeliveryKey = { workspaceId: string; id: string };

/** Rows of the outbox as the sender needs them; features write through `createOutbox`. */
export function createDeliveryStore(db: Tx) {
  return {
    /**
     * Takes a delivery for sending. 'nothing' when it is done, taken, or not yet its turn behind another message;
     * 'wait' when Slack's limits or its own time ask for it. Call inside a transaction.
     */
    async claim(key: DeliveryKey, now: DateTime): Promise<Claim> {
      const row = await lock(db, key);
      if (!row || (row.state !== 'pending' && row.state !== 'uncertain'))
        return { type: 'nothing' };
      if (row.notBefore.getTime() > now.toMillis())
        return { type: 'wait', until: toInstant(row.notBefore) };
      let target: Place | null = null;
      if (row.targetId) {
        const turn = await takeTurn(db, row, row.targetId);
        if (!turn) return { type: 'nothing' };
        target = turn;
      }
      if (row.state === 'pending') {
        const waitUntil = await takeFromLimits(db, row, now);
        if (waitUntil) {
          await db.delivery.update({
            where: { workspaceId_id: key },
            data: { notBefore: waitUntil.toJSDate(), waiting: true },
          });
          return { type: 'wait', until: waitUntil };
        }
      }
      await db.$executeRaw`
        UPDATE deliveries SET state = 'sending', attempts = attempts + 1, waiting = false,
          "claimedUntil" = clock_timestamp() + ${CLAIM_SECONDS} * interval '1 second'
        WHERE "workspaceId" = ${key.workspaceId} AND id = ${key.id}`;
      const delivery = toDelivery({ ...row, attempts: row.attempts + 1 });
      return { type: 'claimed', delivery, target, uncertain: row.state === 'uncertain' };
    },

    async markSent(key: DeliveryKey, place: Place, now: DateTime): Promise<void> {
      await db.delivery.update({
        where: { workspaceId_id: key },
        data: {
          state: 'sent',
          channel: place.channel,
          ts: place.ts,
          error: null,
          waiting: false,
          claimedUntil: null,
          sentAt: now.toJSDate(),
        },
      });
    },

    /** Back to be tried again at `at`: as `pending`, or as `uncertain` when it may have arrived. */
    async postpone(
      key: DeliveryKey,
      o: { state: 'pending' | 'uncertain'; at: DateTime; error: string },
    ): Promise<void> {
      await db.delivery.update({
        where: { workspaceId_id: key },
        data: {
          state: o.state,
          error: o.error,
          notBefore: o.at.toJSDate(),
          waiting: true,
          claimedUntil: null,
        },
      });
    },

    /** Ends it as failed. What waited behind it is folded into it, so that sending it again shows the newest state. */
    async markFailed(key: DeliveryKey, error: string): Promise<void> {
      const newest = await db.delivery.findFirst({
        where: { workspaceId: key.workspaceId, targetId: key.id, kind: 'update', state: 'pending' },
        orderBy: { seq: 'desc' },
      });
      await db.delivery.update({
        where: { workspaceId_id: key },
        data: {
          state: 'failed',
          error,
          waiting: false,
          claimedUntil: null,
          ...(newest && { message: newest.message ?? {} }),
        },
      });
      await db.delivery.updateMany({
        where: { workspaceId: key.workspaceId, targetId: key.id, kind: 'update', state: 'pending' },
        data: { state: 'superseded' },
      });
    },

    /** Nobody sends by `method` in this workspace before `until`. */
    async pauseMethod(workspaceId: string, method: string, until: DateTime): Promise<void> {
      await db.$executeRaw`
        INSERT INTO rate_limits ("workspaceId", scope, "freeAt")
        VALUES (${workspaceId}, ${`method:${method}`}, ${until.toJSDate()})
        ON CONFLICT ("workspaceId", scope)
        DO UPDATE SET "freeAt" = GREATEST(rate_limits."freeAt", EXCLUDED."freeAt")`;
    },

    /** What may be sent now that `id` is out of the way: the messages behind it. */
    async listFollowUps(key: DeliveryKey & { targetId: string | null }): Promise<DeliveryKey[]> {
      return await db.delivery.findMany({
        where: {
          workspaceId: key.workspaceId,
          targetId: key.targetId ?? key.id,
          state: { in: ['pending', 'uncertain'] },
          waiting: false,
        },
        select: { workspaceId: true, id: true },
        orderBy: { seq: 'asc' },
      });
    },

    /** Where earlier messages to this recipient arrived, to find the channel of a direct message. */
    async findChannel(workspaceId: string, recipient: string): Promise<string | null> {
      const row = await db.delivery.findFirst({
        where: { workspaceId, recipient, state: 'sent', channel: { not: null } },
        orderBy: { seq: 'desc' },
        select: { channel: true },
      });
      return row?.channel ?? null;
    },

    /** Wakes deliveries whose waiting time has passed; returns those that need a job now. */
    async wake(now: DateTime, limit: number): Promise<DeliveryKey[]> {
      return await db.$queryRaw<DeliveryKey[]>`
        UPDATE deliveries SET waiting = false
        WHERE ("workspaceId", id) IN (
          SELECT "workspaceId", id FROM deliveries
          WHERE state IN ('pending', 'uncertain') AND waiting AND "notBefore" <= ${now.toJSDate()}
          ORDER BY "notBefore" LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        RETURNING "workspaceId", id`;
    },

    /** Takes back what a process held when it died: a post may have arrived, anything else can simply be sent again. */
    async recoverAbandoned(limit: number): Promise<DeliveryKey[]> {
      return await db.$queryRaw<DeliveryKey[]>`
        UPDATE deliveries SET "claimedUntil" = NULL, error = 'process_ended',
          state = (CASE kind WHEN 'post' THEN 'uncertain' ELSE 'pending' END)::delivery_state
        WHERE ("workspaceId", id) IN (
          SELECT "workspaceId", id FROM deliveries
          WHERE state = 'sending' AND "claimedUntil" < clock_timestamp()
          LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        RETURNING "workspaceId", id`;
    },

    /** What could not be posted in a channel while the bot was not in it, to be sent now that it is. */
    async reviveFor(workspaceId: string, channelId: string, now: DateTime): Promise<DeliveryKey[]> {
      return await db.$queryRaw<DeliveryKey[]>`
        UPDATE deliveries SET state = 'pending', attempts = 0, waiting = false, "notBefore" = ${now.toJSDate()}
        WHERE "workspaceId" = ${workspaceId} AND recipient = ${channelId} AND state = 'failed'
          AND error IN ('not_in_channel', 'channel_not_found')
        RETURNING "workspaceId", id`;
    },

    /** When the next waiting delivery is due, or null. */
    async nextWakeAt(): Promise<DateTime | null> {
      const row = await db.delivery.findFirst({
        where: { waiting: true, state: { in: ['pending', 'uncertain'] } },
        orderBy: { notBefore: 'asc' },
        select: { notBefore: true },
      });
      return row ? toInstant(row.notBefore) : null;
    },
  };
}

export type DeliveryStore = ReturnType<typeof createDeliveryStore>;

async function lock(db: Tx, key: DeliveryKey): Promise<DeliveryRow | null> {
  const locked = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM deliveries WHERE "workspaceId" = ${key.workspaceId} AND id = ${key.id} FOR UPDATE`;
  if (locked.length === 0) return null;
  return await db.delivery.findUnique({ where: { workspaceId_id: key } });
}

/** The place of the message in front once it is there and nothing else about it is on its way; else null. */
async function takeTurn(db: Tx, row: DeliveryRow, targetId: string): Promise<Place | null> {
  const front = await lock(db, { workspaceId: row.workspaceId, id: targetId });
  if (!front?.channel || !front.ts || front.state !== 'sent') return null;
  const earlier = await db.delivery.count({
    where: {
      workspaceId: row.workspaceId,
      targetId,
      seq: { lt: row.seq },
      state: { in: ['pending', 'sending', 'uncertain'] },
    },
  });
  return earlier === 0 ? { channel: front.channel, ts: front.ts } : null;
}

async function takeFromLimits(db: Tx, row: DeliveryRow, now: DateTime): Promise<DateTime | null> {
  const limits: Limit[] = limitScopes(row);
  const scopes = limits.map((one) => one.scope).sort();
  await db.rateLimit.createMany({
    data: scopes.map((scope) => ({ workspaceId: row.workspaceId, scope, freeAt: now.toJSDate() })),
    skipDuplicates: true,
  });
  const rows = await db.$queryRaw<{ scope: string; freeAt: Date }[]>`
    SELECT scope, "freeAt" FROM rate_limits
    WHERE "workspaceId" = ${row.workspaceId} AND scope = ANY(${scopes}) ORDER BY scope FOR UPDATE`;
  const verdict = admit(
    limits,
    new Map(rows.map((one) => [one.scope, one.freeAt.getTime()])),
    now.toMillis(),
  );
  if (!verdict.admitted) return DateTime.fromMillis(verdict.waitUntil, { zone: 'utc' });
  for (const [scope, freeAt] of verdict.freeAt) {
    await db.rateLimit.update({
      where: { workspaceId_scope: { workspaceId: row.workspaceId, scope } },
      data: { freeAt: new Date(freeAt) },
    });
  }
  return null;
}

function toDelivery(row: DeliveryRow): Delivery {
  return {
    workspaceId: row.workspaceId,
    id: row.id,
    pairId: row.pairId,
    tell: row.tell,
    kind: row.kind,
    purpose: row.purpose,
    recipient: row.recipient,
    targetId: row.targetId,
    message: row.message as unknown as OutgoingMessage,
    attempts: row.attempts,
    channel: row.channel,
    ts: row.ts,
    createdAt: toInstant(row.createdAt),
  };
}

import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import { toJson } from '../../database/json.ts';
import type { Enqueue } from '../../jobs/index.ts';
import { type DeliveryPurpose, NOT_REPEATED, type OutgoingMessage } from './domain.ts';
import { sendJob } from './job.ts';
import { pauseMethod } from './store/results.ts';
import { takeTurn } from './store/turns.ts';

type Addressed = {
  workspaceId: string;
  pairId?: string;
  /** Names the message for ever: the second `post` with one key is not written. */
  key: string;
  purpose: DeliveryPurpose;
  /** Channel id, or user id for a direct message. */
  recipient: string;
  message: OutgoingMessage;
  /** What asks for something that has its time: not sent later than this, until `show` says what became of it. */
  notAfter?: DateTime;
  /** User ids of those who are told, in a direct message, when this can never be delivered. */
  tell?: string[];
  /**
   * Both of the pair may read it: when Slack refuses direct messages to the one whom it is for, it goes to their
   * channel. Left out for what only one of them may read, which then is not delivered.
   */
  forBoth?: boolean;
};

/**
 * Writes messages into the same transaction as the change that causes them; they are sent after it commits.
 * One made outside a transaction writes at once.
 */
export function createOutbox(o: { db: Tx; enqueue: Enqueue; now: () => DateTime }) {
  const { db } = o;

  async function insert(
    entry: Addressed & { kind: 'post' | 'update'; targetId?: string; threadTs?: string },
  ): Promise<boolean> {
    const at = o.now().toJSDate();
    const { count } = await db.delivery.createMany({
      data: {
        workspaceId: entry.workspaceId,
        id: randomUUID(),
        pairId: entry.pairId ?? null,
        dedupeKey: entry.key,
        kind: entry.kind,
        purpose: entry.purpose,
        recipient: entry.recipient,
        forBoth: entry.forBoth ?? false,
        targetId: entry.targetId ?? null,
        threadTs: entry.threadTs ?? null,
        message: toJson(entry.message),
        notAfter: entry.notAfter?.toJSDate() ?? null,
        tell: entry.tell ?? [],
        notBefore: at,
        createdAt: at,
      },
      skipDuplicates: true,
    });
    if (count === 0) return false;
    await o.enqueue(db, sendJob, [{ workspaceId: entry.workspaceId }]);
    return true;
  }

  async function find(workspaceId: string, key: string): Promise<Existing | null> {
    return await db.delivery.findUnique({
      where: { workspaceId_dedupeKey: { workspaceId, dedupeKey: key } },
      select: { id: true, recipient: true },
    });
  }

  /** Whoever shows the same message at the same time comes after: the order of updates is that of commits. */
  async function lock(workspaceId: string, key: string): Promise<Existing | null> {
    const rows = await db.$queryRaw<Existing[]>`
      SELECT id, recipient FROM deliveries
      WHERE "workspaceId" = ${workspaceId} AND "dedupeKey" = ${key} FOR UPDATE`;
    return rows[0] ?? null;
  }

  async function replaceUnsent(
    { workspaceId, message, notAfter }: Pick<Addressed, 'workspaceId' | 'message' | 'notAfter'>,
    id: string,
  ): Promise<boolean> {
    const content = toJson(message);
    // A second copy of one that may have arrived is never sent; it only remembers what it would show.
    const kept = await db.delivery.updateMany({
      where: { workspaceId, id, state: 'failed', error: NOT_REPEATED },
      data: { message: content },
    });
    if (kept.count > 0) return true;
    const { count } = await db.delivery.updateMany({
      where: { workspaceId, id, state: { in: ['pending', 'failed'] } },
      data: {
        message: content,
        notAfter: notAfter?.toJSDate() ?? null,
        state: 'pending',
        attempts: 0,
        error: null,
        queued: false,
        notBefore: o.now().toJSDate(),
      },
    });
    if (count === 0) return false;
    await o.enqueue(db, sendJob, [{ workspaceId }]);
    return true;
  }

  async function update(entry: Addressed, targetId: string): Promise<void> {
    await db.delivery.updateMany({
      where: { workspaceId: entry.workspaceId, targetId, kind: 'update', state: 'pending' },
      data: { state: 'superseded', error: null, notBefore: null },
    });
    await insert({ ...entry, kind: 'update', targetId, key: `${entry.key}#${randomUUID()}` });
  }

  return {
    /**
     * Sends a message once: false when one with this key was written before. `threadOf` is the key of a message of
     * Tandem's to reply to, `threadTs` the timestamp of anybody's in the recipient channel.
     */
    async post(entry: Addressed & { threadOf?: string; threadTs?: string }): Promise<boolean> {
      const thread = entry.threadOf ? await find(entry.workspaceId, entry.threadOf) : null;
      return await insert({ ...entry, kind: 'post', ...(thread && { targetId: thread.id }) });
    },

    /**
     * Makes the message with this key show `message`, wherever it is by now: posts it, replaces it while it is
     * unsent, sends it again after a failure, or updates it in place. Updates not yet sent give way to this one.
     */
    async show(entry: Addressed): Promise<void> {
      const existing = await lock(entry.workspaceId, entry.key);
      if (!existing) {
        await insert({ ...entry, kind: 'post' });
        return;
      }
      if (await replaceUnsent(entry, existing.id)) return;
      await update({ ...entry, recipient: existing.recipient }, existing.id);
    },

    /** Like `show` for a message that exists; false, and nothing written, when there is none. */
    async updateIfPosted(entry: Omit<Addressed, 'recipient' | 'purpose'>): Promise<boolean> {
      const existing = await lock(entry.workspaceId, entry.key);
      if (!existing) return false;
      if (await replaceUnsent(entry, existing.id)) return true;
      await update({ ...entry, purpose: 'card', recipient: existing.recipient }, existing.id);
      return true;
    },

    /** Takes the turn for a call that is no message, within Slack's limits: null when it may be made now, else when to ask again. */
    async takeTurn(call: { workspaceId: string; method: string }): Promise<DateTime | null> {
      return await takeTurn(db, { ...call, now: o.now() });
    },

    /** Nobody makes such calls in this workspace before `until`: Slack has asked for it. */
    async pause(call: { workspaceId: string; method: string; until: DateTime }): Promise<void> {
      await pauseMethod(db, call);
    },
  };
}

type Existing = { id: string; recipient: string };

export type Outbox = ReturnType<typeof createOutbox>;

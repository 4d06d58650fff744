import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import { toJson } from '../../database/json.ts';

export type InboundKey = { workspaceId: string; key: string };

export type Claim = { type: 'mine' } | { type: 'busy' } | { type: 'done'; answer: object | null };

/** What Slack sent in the last day, shared by all replicas. */
export function createInboundStore(db: Tx) {
  return {
    /**
     * Takes one for `seconds` on the database's clock: 'busy' while another process has it, 'done' when its work
     * is. Once the time of a process that died has passed, the next copy is 'mine'.
     */
    async claim(
      { workspaceId, key }: InboundKey,
      o: { now: DateTime; seconds: number },
    ): Promise<Claim> {
      const taken = await db.$queryRaw<unknown[]>`
        INSERT INTO inbound AS i ("workspaceId", key, "receivedAt", "claimedUntil")
        VALUES (${workspaceId}, ${key}, ${o.now.toJSDate()}, clock_timestamp() + ${o.seconds} * interval '1 second')
        ON CONFLICT ("workspaceId", key) DO UPDATE SET "claimedUntil" = EXCLUDED."claimedUntil"
        WHERE i."doneAt" IS NULL AND i."claimedUntil" < clock_timestamp()
        RETURNING 1`;
      if (taken.length > 0) return { type: 'mine' };
      const row = await db.inbound.findUnique({
        where: { workspaceId_key: { workspaceId, key } },
        select: { doneAt: true, answer: true },
      });
      if (!row?.doneAt) return { type: 'busy' };
      const { answer } = row;
      return { type: 'done', answer: typeof answer === 'object' ? answer : null };
    },

    /** Notes one for good. False when it was noted before. */
    async note({ workspaceId, key }: InboundKey, now: DateTime): Promise<boolean> {
      const at = now.toJSDate();
      const count = await db.$executeRaw`
        INSERT INTO inbound ("workspaceId", key, "receivedAt", "claimedUntil", "doneAt")
        VALUES (${workspaceId}, ${key}, ${at}, ${at}, ${at}) ON CONFLICT DO NOTHING`;
      return count > 0;
    },

    /** Its work is done; a copy gets the same answer. */
    async finish(
      { workspaceId, key }: InboundKey,
      o: { now: DateTime; answer: object | null },
    ): Promise<void> {
      await db.inbound.updateMany({
        where: { workspaceId, key },
        data: { doneAt: o.now.toJSDate(), ...(o.answer && { answer: toJson(o.answer) }) },
      });
    },

    /** Its work was not done; a copy may do it. */
    async release({ workspaceId, key }: InboundKey): Promise<void> {
      await db.inbound.deleteMany({ where: { workspaceId, key, doneAt: null } });
    },

    /** Forgets what came before `before`. */
    async prune(before: DateTime): Promise<void> {
      await db.inbound.deleteMany({ where: { receivedAt: { lt: before.toJSDate() } } });
    },
  };
}

export type InboundStore = ReturnType<typeof createInboundStore>;

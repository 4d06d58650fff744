import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import { toJson } from '../../database/json.ts';

export type InboundKey = { workspaceId: string; key: string };

export type Claim =
  | { type: 'mine' }
  | { type: 'busy' }
  /** `content` is that of the form whose work is done, null for what is no form. */
  | { type: 'done'; answer: object | null; content: string | null };

type DoneClaim = Extract<Claim, { type: 'done' }>;

/** A copy of this form was saved by somebody else in the same moment. */
export class AlreadySavedError extends Error {
  constructor() {
    super('a copy of this form is saved already');
    this.name = 'AlreadySavedError';
  }
}

async function readDone(db: Tx, { workspaceId, key }: InboundKey): Promise<DoneClaim | null> {
  const row = await db.inbound.findUnique({
    where: { workspaceId_key: { workspaceId, key } },
    select: { doneAt: true, answer: true, content: true },
  });
  if (!row?.doneAt) return null;
  const { answer, content } = row;
  return { type: 'done', answer: typeof answer === 'object' ? answer : null, content };
}

/** What Slack sent in the last day, shared by all replicas. */
export function createInboundStore(db: Tx) {
  return {
    /**
     * Takes one for `seconds` on the database's clock: 'busy' while another process has it, 'done' when its work
     * is. Once the time of a process that died has passed, the next copy is 'mine'.
     */
    async claim(
      { workspaceId, key, content = null }: InboundKey & { content?: string | null },
      o: { now: DateTime; seconds: number },
    ): Promise<Claim> {
      const taken = await db.$queryRaw<unknown[]>`
        INSERT INTO inbound AS i ("workspaceId", key, "receivedAt", "claimedUntil", content)
        VALUES (${workspaceId}, ${key}, ${o.now.toJSDate()}, clock_timestamp() + ${o.seconds} * interval '1 second', ${content})
        ON CONFLICT ("workspaceId", key) DO UPDATE
          SET "claimedUntil" = EXCLUDED."claimedUntil", content = EXCLUDED.content
        WHERE i."doneAt" IS NULL AND i."claimedUntil" < clock_timestamp()
        RETURNING 1`;
      if (taken.length > 0) return { type: 'mine' };
      return (await readDone(db, { workspaceId, key })) ?? { type: 'busy' };
    },

    /** It takes longer: nobody else takes it in the next `seconds` on the database's clock. */
    async keep({ workspaceId, key }: InboundKey, seconds: number): Promise<void> {
      await db.$executeRaw`
        UPDATE inbound SET "claimedUntil" = clock_timestamp() + ${seconds} * interval '1 second'
        WHERE "workspaceId" = ${workspaceId} AND key = ${key} AND "doneAt" IS NULL`;
    },

    /**
     * Notes that the work on a form is done, in the transaction `db` that does it; false when that wrote nothing.
     * Throws an `AlreadySavedError` when a copy was quicker, so that this one is rolled back.
     */
    async save(
      { workspaceId, key, content }: InboundKey & { content: string },
      now: DateTime,
    ): Promise<boolean> {
      const [transaction] = await db.$queryRaw<{ wrote: boolean }[]>`
        SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS wrote`;
      if (!transaction?.wrote) return false;
      const at = now.toJSDate();
      const count = await db.$executeRaw`
        INSERT INTO inbound AS i ("workspaceId", key, "receivedAt", "claimedUntil", "doneAt", content)
        VALUES (${workspaceId}, ${key}, ${at}, ${at}, ${at}, ${content})
        ON CONFLICT ("workspaceId", key) DO UPDATE
          SET "doneAt" = EXCLUDED."doneAt", content = EXCLUDED.content
        WHERE i."doneAt" IS NULL`;
      if (count === 0) throw new AlreadySavedError();
      return true;
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

    /** Its work was not done; a copy may do it. Says so when it is done after all. */
    async release({ workspaceId, key }: InboundKey): Promise<DoneClaim | null> {
      const { count } = await db.inbound.deleteMany({ where: { workspaceId, key, doneAt: null } });
      return count > 0 ? null : await readDone(db, { workspaceId, key });
    },

    /** Forgets what came before `before`. */
    async prune(before: DateTime): Promise<void> {
      await db.inbound.deleteMany({ where: { receivedAt: { lt: before.toJSDate() } } });
    },
  };
}

export type InboundStore = ReturnType<typeof createInboundStore>;

import type { DateTime } from 'luxon';
import type {
  DelegationChange as ChangeRow,
  Delegation as DelegationRow,
} from '../../database/generated/client.ts';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import type { Delegation } from '../domain/delegation.ts';
import type { Change } from '../domain/history.ts';
import { type DelegationKey, type PairKey, toChange, toDelegation, toRow } from './rows.ts';

const MANY = 200;

export function createDelegationRows(db: Tx) {
  const where = ({ workspaceId, id }: DelegationKey) => ({ workspaceId_id: { workspaceId, id } });

  return {
    /** Takes the pair's next `count` numbers; returns the first of them. Others wait until the transaction ends. */
    async takeNumbers({ workspaceId, pairId }: PairKey, count: number): Promise<number> {
      const rows = await db.$queryRaw<{ last: number }[]>`
        INSERT INTO delegation_sequences ("workspaceId", "pairId", last)
        VALUES (${workspaceId}, ${pairId}, ${count})
        ON CONFLICT ("workspaceId", "pairId")
          DO UPDATE SET last = delegation_sequences.last + EXCLUDED.last
        RETURNING last`;
      return (rows[0]?.last ?? count) - count + 1;
    },

    /** Writes new ones with their first changes. */
    async insert(made: readonly { delegation: Delegation; changes: Change[] }[]): Promise<void> {
      const rows = made.map(({ delegation }) => toRow(delegation));
      const changes = made.flatMap((one) =>
        one.changes.map((change) => changeRow(one.delegation, change)),
      );
      if (rows.length > MANY) {
        // One value for all rows: thousands of them with a value for each field take half a minute.
        await db.$executeRaw`
          INSERT INTO delegations SELECT * FROM
            jsonb_populate_recordset(NULL::delegations, ${JSON.stringify(rows)}::jsonb)`;
        await db.$executeRaw`
          INSERT INTO delegation_changes SELECT * FROM
            jsonb_populate_recordset(NULL::delegation_changes, ${JSON.stringify(changes)}::jsonb)`;
        return;
      }
      await db.delegation.createMany({ data: rows });
      await db.delegationChange.createMany({ data: changes });
    },

    /** Which of these ids exist already; with `pairId`, in that pair. */
    async findKnown(
      { workspaceId, pairId = null }: { workspaceId: string; pairId?: string | null },
      ids: readonly string[],
    ): Promise<ReadonlySet<string>> {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT id FROM delegations
        WHERE "workspaceId" = ${workspaceId} AND id = ANY(${[...ids]}::text[])
          AND (${pairId}::text IS NULL OR "pairId" = ${pairId}::text)`;
      return new Set(rows.map(({ id }) => id));
    },

    /** Null when this workspace has none with this id; deleted ones are found while they can be restored. */
    async find(key: DelegationKey): Promise<Delegation | null> {
      const row = await db.delegation.findUnique({ where: where(key) });
      return row && toDelegation(row);
    },

    /** Whether one of these pairs has handed this message over; deleted ones do not count. */
    async hasSource(
      { workspaceId, pairIds }: { workspaceId: string; pairIds: readonly string[] },
      { channelId: sourceChannelId, ts: sourceTs }: { channelId: string; ts: string },
    ): Promise<boolean> {
      const pairId = { in: [...pairIds] };
      const row = await db.delegation.findFirst({
        where: { workspaceId, pairId, sourceChannelId, sourceTs, deletedAt: null },
        select: { id: true },
      });
      return row !== null;
    },

    async findByNumber(
      { workspaceId, pairId }: PairKey,
      number: number,
    ): Promise<Delegation | null> {
      const row = await db.delegation.findUnique({
        where: { workspaceId_pairId_number: { workspaceId, pairId, number } },
      });
      return row && toDelegation(row);
    },

    /** As `find`, locked against other processes. Call inside a transaction. */
    async lock(key: DelegationKey): Promise<Delegation | null> {
      await db.$queryRaw`
        SELECT 1 FROM delegations WHERE "workspaceId" = ${key.workspaceId} AND id = ${key.id} FOR UPDATE`;
      const row = await db.delegation.findUnique({ where: where(key) });
      return row && toDelegation(row);
    },

    /** Writes a locked one as it is now. */
    async save(delegation: Delegation): Promise<void> {
      await db.delegation.update({ where: where(delegation), data: toRow(delegation) });
    },

    async addChange(key: DelegationKey, change: Change): Promise<void> {
      await db.delegationChange.create({ data: changeRow(key, change) });
    },

    /** All that happened to it, in order. */
    async history({ workspaceId, id }: DelegationKey): Promise<Change[]> {
      const rows = await db.delegationChange.findMany({
        where: { workspaceId, delegationId: id },
        orderBy: { position: 'asc' },
      });
      return rows.map(toChange);
    },

    /** The newest changes of several, by id. */
    async lastChanges(
      workspaceId: string,
      ids: readonly string[],
    ): Promise<ReadonlyMap<string, Change>> {
      const rows = await db.$queryRaw<ChangeRow[]>`
        SELECT DISTINCT ON (c."delegationId") c.* FROM delegation_changes c
        WHERE c."workspaceId" = ${workspaceId} AND c."delegationId" = ANY(${ids}::text[])
        ORDER BY c."delegationId", c.position DESC`;
      return new Map(rows.map((row) => [row.delegationId, toChange(row)]));
    },

    /**
     * Up to `limit` for which it is time to look whether something is to be said, locked; those that another process
     * holds are left out. Where the pair has ended or the app was removed they wait until either is taken back.
     */
    async claimDue(now: DateTime, limit: number): Promise<Delegation[]> {
      const rows = await db.$queryRaw<DelegationRow[]>`
        SELECT d.* FROM delegations d
        JOIN pairs p ON p."workspaceId" = d."workspaceId" AND p.id = d."pairId"
        JOIN workspaces w ON w.id = d."workspaceId"
        WHERE d."noticeAt" <= ${now.toJSDate()} AND p."endedAt" IS NULL AND w."removedAt" IS NULL
        ORDER BY d."noticeAt", d.id LIMIT ${limit} FOR UPDATE OF d SKIP LOCKED`;
      return rows.map(toDelegation).toSorted(byPriority);
    },

    /** Notes what was said of each, and when there may be something more to say. */
    async noteSaid(
      notes: readonly { of: DelegationKey; said: string[]; noticeAt: DateTime | null }[],
    ): Promise<void> {
      if (notes.length === 0) return;
      const rows = notes.map(({ of: { workspaceId, id }, said, noticeAt }) => ({
        workspaceId,
        id,
        said,
        noticeAt: noticeAt?.toUTC().toISO() ?? null,
      }));
      await db.$executeRaw`
        UPDATE delegations d SET said = x.said, "noticeAt" = x."noticeAt"
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS x("workspaceId" text, id text, said text[], "noticeAt" timestamptz)
        WHERE d."workspaceId" = x."workspaceId" AND d.id = x.id`;
    },

    /** When there next may be something to say. */
    async nextNoticeAt(): Promise<DateTime | null> {
      const rows = await db.$queryRaw<{ noticeAt: Date }[]>`
        SELECT d."noticeAt" FROM delegations d
        JOIN pairs p ON p."workspaceId" = d."workspaceId" AND p.id = d."pairId"
        JOIN workspaces w ON w.id = d."workspaceId"
        WHERE d."noticeAt" IS NOT NULL AND p."endedAt" IS NULL AND w."removedAt" IS NULL
        ORDER BY d."noticeAt" LIMIT 1`;
      const [first] = rows;
      return first ? toInstant(first.noticeAt) : null;
    },

    /**
     * Lets the sweep look anew at those of a pair's newest `limit` below the number `below` that wait for a time;
     * returns the number below which there are more, null when that was all.
     */
    async lookAgain(
      { workspaceId, pairId }: PairKey,
      o: { now: DateTime; below: number; limit: number },
    ): Promise<number | null> {
      const rows = await db.$queryRaw<{ lowest: number | null; count: number }[]>`
        WITH seen AS (
          SELECT id, number FROM delegations
          WHERE "workspaceId" = ${workspaceId} AND "pairId" = ${pairId} AND number < ${o.below}
          ORDER BY number DESC LIMIT ${o.limit}
        ), changed AS (
          UPDATE delegations d SET "noticeAt" = ${o.now.toJSDate()} FROM seen
          WHERE d."workspaceId" = ${workspaceId} AND d.id = seen.id
            AND d.shelf = 'open' AND d."noticeAt" IS NOT NULL
        )
        SELECT MIN(number) AS lowest, COUNT(*)::int AS count FROM seen`;
      const [seen] = rows;
      return seen && seen.count === o.limit ? seen.lowest : null;
    },

    /** Removes for good what was deleted before `before`. */
    async purge(before: DateTime): Promise<number> {
      const { count } = await db.delegation.deleteMany({
        where: { deletedAt: { lt: before.toJSDate() } },
      });
      return count;
    },
  };
}

/** Urgent first, then what is due first. */
function byPriority(a: Delegation, b: Delegation): number {
  const due = ({ dueAt }: Delegation) => dueAt?.toMillis() ?? Number.MAX_SAFE_INTEGER;
  return a.priority - b.priority || due(a) - due(b) || a.number - b.number;
}

function changeRow({ workspaceId, id }: DelegationKey, change: Change) {
  const { position, step, from, to, byId, at, why } = change;
  return {
    workspaceId,
    delegationId: id,
    position,
    step,
    fromState: from,
    toState: to,
    byId,
    at: at.toJSDate(),
    why,
  };
}

import type { DateTime } from 'luxon';
import type { Home as HomeRow } from '../database/generated/client.ts';
import type { Tx } from '../database/index.ts';
import { toInstant } from '../database/instant.ts';
import { type HomeKey, type HomePerson, PAUSE_SECONDS, TAKEN_SECONDS } from './domain/person.ts';

/** Who has to see a change: people, and everybody of a pair. */
export type Concerned = {
  people: readonly HomeKey[];
  pairs?: readonly { workspaceId: string; pairId: string }[];
};

export function createHomeStore(db: Tx) {
  return {
    /**
     * Notes that somebody opened Home; it is published anew. `viewHash` is that of the view which Slack still has,
     * null when it has none.
     */
    async noteOpened(key: HomeKey, o: { viewHash: string | null; now: DateTime }): Promise<void> {
      const at = o.now.toJSDate();
      const { viewHash } = o;
      await db.$executeRaw`
        INSERT INTO homes AS h ("workspaceId", "userId", "openedAt", "dueAt", "viewHash")
        VALUES (${key.workspaceId}, ${key.userId}, ${at}, ${at}, ${viewHash})
        ON CONFLICT ("workspaceId", "userId") DO UPDATE SET visits = h.visits + 1, version = h.version + 1,
          "viewHash" = ${viewHash}, attempts = 0,
          "contentHash" = CASE WHEN h."viewHash" = ${viewHash} THEN h."contentHash" END,
          "dueAt" = LEAST(h."dueAt", GREATEST(${at}, h."publishedAt" + ${PAUSE_SECONDS} * interval '1 second'))`;
    },

    /**
     * Has Home published anew for those of them who have opened it once, and for everybody whom they work with. Says
     * when, in seconds, for each whose turn was not planned already.
     */
    async note(
      concerned: Concerned,
      now: DateTime,
    ): Promise<{ workspaceId: string; seconds: number }[]> {
      const at = now.toJSDate();
      const people = concerned.people.map(({ workspaceId: w, userId: u }) => ({ w, u }));
      const pairs = (concerned.pairs ?? []).map(({ workspaceId: w, pairId: p }) => ({ w, p }));
      // In one order everywhere, so that two changes at once never wait for each other.
      const rows = await db.$queryRaw<{ workspaceId: string; dueAt: Date }[]>`
        WITH named AS (
          SELECT w, u FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb) AS x(w text, u text)
        ), concerned AS (
          SELECT w, u FROM named
          UNION SELECT p."workspaceId", unnest(ARRAY[p."executiveId", p."eaId"] || ARRAY(
              SELECT k."userId" FROM onlookers k WHERE k."workspaceId" = p."workspaceId" AND k."pairId" = p.id))
            FROM pairs p
            WHERE (p."workspaceId", p.id) IN (
              SELECT w, p FROM jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) AS x(w text, p text)
              UNION SELECT q."workspaceId", q.id FROM named
                JOIN pairs q ON q."workspaceId" = named.w AND named.u IN (q."executiveId", q."eaId"))
        ), wanted AS (
          SELECT h."workspaceId", h."userId", h."dueAt" FROM homes h
          JOIN concerned c ON c.w = h."workspaceId" AND c.u = h."userId"
          ORDER BY h."workspaceId", h."userId" FOR UPDATE OF h
        )
        UPDATE homes h SET version = h.version + 1,
          "dueAt" = COALESCE(h."dueAt", GREATEST(${at}, h."publishedAt" + ${PAUSE_SECONDS} * interval '1 second'))
        FROM wanted WHERE h."workspaceId" = wanted."workspaceId" AND h."userId" = wanted."userId"
        RETURNING h."workspaceId", CASE WHEN wanted."dueAt" IS NULL THEN h."dueAt" END AS "dueAt"`;
      return rows.flatMap(({ workspaceId, dueAt }) =>
        dueAt ? [{ workspaceId, seconds: toInstant(dueAt).diff(now).as('seconds') }] : [],
      );
    },

    /** Takes up to `limit` of those that are due; who does not finish in time leaves them to others. */
    async claimDue(now: DateTime, limit: number): Promise<HomePerson[]> {
      const until = now.plus({ seconds: TAKEN_SECONDS }).toJSDate();
      const rows = await db.$queryRaw<HomeRow[]>`
        UPDATE homes h SET "dueAt" = ${until}
        FROM (SELECT "workspaceId", "userId" FROM homes WHERE "dueAt" <= ${now.toJSDate()}
          ORDER BY "dueAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED) due
        WHERE h."workspaceId" = due."workspaceId" AND h."userId" = due."userId" RETURNING h.*`;
      return rows.map(toPerson);
    },

    async find(key: HomeKey): Promise<HomePerson | null> {
      const row = await db.home.findUnique({ where: where(key) });
      return row && toPerson(row);
    },

    /** Ends a publication that was taken. False when something has changed meanwhile, so that it is due again soon. */
    async finish(
      person: HomePerson,
      o: { shown: { viewHash: string; contentHash: string } | null; now: DateTime },
    ): Promise<boolean> {
      const { workspaceId, userId, version } = person;
      const at = o.now.toJSDate();
      const again = o.now.plus({ seconds: PAUSE_SECONDS }).toJSDate();
      const viewHash = o.shown?.viewHash ?? null;
      const contentHash = o.shown?.contentHash ?? null;
      const rows = await db.$queryRaw<{ dueAt: Date | null }[]>`
        UPDATE homes SET attempts = 0, "dueAt" = CASE WHEN version > ${version} THEN ${again}::timestamptz END,
          "publishedAt" = CASE WHEN ${viewHash}::text IS NULL THEN "publishedAt" ELSE ${at} END,
          "viewHash" = COALESCE(${viewHash}, "viewHash"), "contentHash" = COALESCE(${contentHash}, "contentHash")
        WHERE "workspaceId" = ${workspaceId} AND "userId" = ${userId} RETURNING "dueAt"`;
      return rows.every(({ dueAt }) => dueAt === null);
    },

    /** Plans the next try of a publication that was taken; with null it waits for the next change. */
    async putOff(key: HomeKey, o: { until: DateTime | null; attempts: number }): Promise<void> {
      await db.home.updateMany({
        where: { workspaceId: key.workspaceId, userId: key.userId },
        data: { dueAt: o.until?.toJSDate() ?? null, attempts: o.attempts },
      });
    },

    /** The page that Slack shows is another one than that of the person's row: it is replaced whatever it is. */
    async forgetShown(person: HomePerson): Promise<void> {
      const { workspaceId, userId, viewHash } = person;
      await db.home.updateMany({
        where: { workspaceId, userId, viewHash },
        data: { viewHash: null, contentHash: null },
      });
    },

    async saveProfile(
      key: HomeKey,
      o: { slackZone: string | null; isAdmin: boolean; now: DateTime },
    ): Promise<void> {
      const { slackZone, isAdmin } = o;
      await db.home.update({
        where: where(key),
        data: { slackZone, isAdmin, profileAt: o.now.toJSDate() },
      });
    },

    /** Remembers which page of a place the person has turned to. */
    async turnTo(key: HomeKey, o: { place: string; offset: number }): Promise<void> {
      await db.$executeRaw`
        UPDATE homes SET offsets = offsets || jsonb_build_object(${o.place}::text, ${o.offset}::int)
        WHERE "workspaceId" = ${key.workspaceId} AND "userId" = ${key.userId}`;
    },

    /** When a publication is next due, or null. */
    async nextAt(): Promise<DateTime | null> {
      const row = await db.home.findFirst({
        where: { dueAt: { not: null } },
        orderBy: { dueAt: 'asc' },
        select: { dueAt: true },
      });
      return row?.dueAt ? toInstant(row.dueAt) : null;
    },
  };
}

export type HomeStore = ReturnType<typeof createHomeStore>;

function where(key: HomeKey) {
  return { workspaceId_userId: { workspaceId: key.workspaceId, userId: key.userId } };
}

function toPerson(row: HomeRow): HomePerson {
  const { workspaceId, userId, visits, slackZone, isAdmin, version, attempts } = row;
  return {
    workspaceId,
    userId,
    visits,
    slackZone,
    isAdmin,
    profileAt: row.profileAt && toInstant(row.profileAt),
    offsets: row.offsets as Record<string, number>,
    version,
    attempts,
    viewHash: row.viewHash,
    contentHash: row.contentHash,
  };
}

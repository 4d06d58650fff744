import { randomBytes } from 'node:crypto';
import type { DateTime } from 'luxon';
import { Prisma } from '../../../database/generated/client.ts';
import type { Tx } from '../../../database/index.ts';
import {
  type Erased,
  FORMER_NAME,
  FORMER_PREFIX,
  MOST_PLACES,
  type Place,
} from '../../domain/erasure.ts';
import type { RecordTable } from '../../domain/records.ts';
import { anyOf, belonging, fromTable, isOwnedBy, named } from '../sql.ts';
import { inBatches } from './batches.ts';
import { dropUnpaired, erasePairRows } from './pair.ts';
import { replaceEverywhere } from './replace.ts';

type Who = { workspaceId: string; userId: string };

/**
 * Deletes what is the person's, ends their pairs, and puts a name that stands for nobody in their place in what is
 * others'. What others wrote in their own words stays.
 */
export async function erasePersonRows(
  db: Tx,
  o: Who & { tables: readonly RecordTable[]; now: DateTime },
): Promise<Erased> {
  const { workspaceId, userId } = o;
  const { name = null } =
    (await db.member.findUnique({ where: { workspaceId_userId: { workspaceId, userId } } })) ?? {};
  const former = `${FORMER_PREFIX}${randomBytes(5).toString('hex')}`;
  const ended = await endPairs(db, o);
  const places = await findPlaces(db, o);
  await deleteDeliveries(db, o);
  for (const table of o.tables) {
    await emptyTexts(db, table, o);
    if (table.owners.length === 0 || table.table === 'members') continue;
    await deleteOwned(db, table, o);
  }
  await db.inbound.updateMany({ where: { workspaceId }, data: { answer: Prisma.DbNull } });
  for (const { pairId, partnerId } of ended) {
    if (partnerId.startsWith(FORMER_PREFIX)) await erasePairRows(db, { workspaceId, pairId });
  }
  await db.member.updateMany({
    where: { workspaceId, userId },
    data: {
      userId: former,
      name: FORMER_NAME,
      zone: 'UTC',
      zoneSource: 'slack',
      slackZone: null,
      zoneAskedAt: null,
      weekly: {},
      exceptions: {},
      away: [],
      dmRefusedAt: null,
      updatedAt: o.now.toJSDate(),
    },
  });
  await dropUnpaired(db, workspaceId, [former]);
  await db.installation.updateMany({
    where: { installedBy: userId, workspaces: { some: { id: workspaceId } } },
    data: { installedBy: former },
  });
  await replaceEverywhere(db, { workspaceId, userId, name, by: { id: former, name: FORMER_NAME } });
  return { places, ended: ended.filter((one) => !one.partnerId.startsWith(FORMER_PREFIX)) };
}

async function endPairs(db: Tx, o: Who & { now: DateTime }): Promise<Erased['ended']> {
  const { workspaceId, userId } = o;
  const rows = await db.pair.findMany({
    where: { workspaceId, OR: [{ executiveId: userId }, { eaId: userId }] },
  });
  const ids = rows.map(({ id }) => id);
  // Nobody takes the end of such a pair back.
  await db.pair.updateMany({ where: { workspaceId, id: { in: ids } }, data: { endedBy: null } });
  await db.pair.updateMany({
    where: { workspaceId, id: { in: ids }, endedAt: null },
    data: { endedAt: o.now.toJSDate(), liveKey: null },
  });
  // Nothing of these pairs comes due again.
  await db.routine.updateMany({
    where: { workspaceId, pairId: { in: ids } },
    data: { nextDueAt: null, nextDueOn: null },
  });
  await db.occurrence.updateMany({
    where: {
      workspaceId,
      routine: { pairId: { in: ids } },
      OR: [{ nextStep: { not: null } }, { nextStepAt: { not: null } }],
    },
    data: { nextStep: null, nextStepAt: null },
  });
  const ofThese = { workspaceId, pairId: { in: ids } };
  const planned = { ...ofThese, nextAt: { not: null } };
  await db.delegation.updateMany({
    where: { ...ofThese, noticeAt: { not: null } },
    data: { noticeAt: null },
  });
  await db.decision.updateMany({ where: planned, data: { nextAt: null } });
  await db.loadCheck.updateMany({ where: planned, data: { nextAt: null } });
  return rows.map((row) => ({
    pairId: row.id,
    channelId: row.channelId,
    partnerId: row.executiveId === userId ? row.eaId : row.executiveId,
  }));
}

/** What was sent to them, and what stands in a channel and names them. */
async function findPlaces(db: Tx, { workspaceId, userId }: Who): Promise<Place[]> {
  return await db.$queryRaw<Place[]>`
    SELECT channel, ts FROM deliveries
    WHERE "workspaceId" = ${workspaceId} AND kind = 'post' AND state = 'sent' AND ts IS NOT NULL
      AND (recipient = ${userId} OR "meantFor" = ${userId}
        OR recipient !~ '^[UW]' AND position(${userId} IN message::text) > 0)
    ORDER BY seq DESC LIMIT ${MOST_PLACES}`;
}

async function deleteDeliveries(db: Tx, { workspaceId, userId }: Who): Promise<void> {
  await inBatches(
    (size) => db.$executeRaw`
      DELETE FROM deliveries WHERE ctid = ANY (ARRAY(SELECT ctid FROM deliveries
        WHERE "workspaceId" = ${workspaceId} AND (recipient = ${userId} OR "meantFor" = ${userId}
          OR ${userId} = ANY (tell) OR position(${userId} IN "dedupeKey") > 0
          OR position(${userId} IN message::text) > 0
          OR "pairId" IN (SELECT id FROM pairs WHERE "workspaceId" = ${workspaceId}
            AND ("executiveId" = ${userId} OR "eaId" = ${userId})))
        LIMIT ${size}))`,
  );
}

async function emptyTexts(db: Tx, table: RecordTable, { workspaceId, userId }: Who): Promise<void> {
  if (!table.texts) return;
  const { by, columns, from } = table.texts;
  const writer = from === 'row' ? Prisma.sql`t.${named(by)}` : belonging(table, by);
  const empty = columns.map((column) => Prisma.sql`${named(column)} = ''`);
  const filled = columns.map((column) => Prisma.sql`t.${named(column)} <> ''`);
  await inBatches(
    (size) => db.$executeRaw`
      UPDATE ${named(table.table)} SET ${Prisma.join(empty)} WHERE ctid = ANY (ARRAY(
        SELECT t.ctid ${fromTable(table)}
        WHERE t."workspaceId" = ${workspaceId} AND ${writer} = ${userId} AND ${anyOf(filled)}
        LIMIT ${size}))`,
  );
}

async function deleteOwned(
  db: Tx,
  table: RecordTable,
  { workspaceId, userId }: Who,
): Promise<void> {
  await inBatches(
    (size) => db.$executeRaw`
      DELETE FROM ${named(table.table)} WHERE ctid = ANY (ARRAY(
        SELECT t.ctid ${fromTable(table)}
        WHERE t."workspaceId" = ${workspaceId} AND ${isOwnedBy(table, userId)}
        LIMIT ${size}))`,
  );
}

import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import type { Database, Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import { DEAD_TOKEN } from './domain.ts';
import type { Removal } from './store.ts';

/** Rows of one statement. */
const BATCH = 2000;

/**
 * After a removal is committed: ends what waits to be sent there. What another process has in hand ends by itself,
 * for its token is gone. Run again it finds nothing to do.
 */
export async function endWork(
  deps: { db: Tx; log: Logger },
  { workspaceIds, deleteDataAt }: Removal,
): Promise<void> {
  for (const workspaceId of workspaceIds) {
    const ended = await endDeliveries(deps.db, workspaceId);
    deps.log.warn(
      { workspaceId, endedDeliveries: ended, deleteDataAt: deleteDataAt.toISO() },
      'Tandem was removed from this workspace: nothing is sent there any more, and its data is deleted at that time. To go on with it, install the app again before (with SLACK_BOT_TOKEN, put the new token there and start again)',
    );
  }
}

/** Ends as failed what waits to be sent in a workspace, in small steps that hold up nobody; says how many there were. */
export async function endDeliveries(db: Tx, workspaceId: string): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await db.$executeRaw`
      UPDATE deliveries SET state = 'failed', error = 'not_installed', "notBefore" = NULL, queued = false
      WHERE ("workspaceId", id) IN (SELECT "workspaceId", id FROM deliveries
        WHERE "workspaceId" = ${workspaceId} AND "notBefore" IS NOT NULL AND state IN ('pending', 'uncertain')
        LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`;
    total += count;
    if (count < BATCH) return total;
  }
}

/** What tells people something is sent late by so much at most, as after any other failure. */
const TOLD_LATE_HOURS = 24;

/**
 * After the app was installed again: sends what the removal kept back, when it shows how things are (cards and what
 * changes them) or was written in the last day. What was asked is not asked again: whoever plans it looks at the time
 * now. A post that was tried may have arrived, so it is looked for first.
 */
export async function takeUpDeliveries(
  tx: Tx,
  o: { workspaceId: string; now: DateTime },
): Promise<void> {
  const { workspaceId } = o;
  const now = o.now.toJSDate();
  const since = o.now.minus({ hours: TOLD_LATE_HOURS }).toJSDate();
  const words = ['not_installed', ...DEAD_TOKEN];
  // First those that others are about.
  for (const isAboutAnother of [false, true]) {
    await tx.$executeRaw`
      UPDATE deliveries d SET attempts = 0, error = NULL, queued = false, "notBefore" = ${now},
        state = (CASE WHEN kind = 'post' AND attempts > 0 THEN 'uncertain' ELSE 'pending' END)::delivery_state
      WHERE "workspaceId" = ${workspaceId} AND state = 'failed' AND error = ANY(${words})
        AND ("targetId" IS NOT NULL) = ${isAboutAnother}
        AND (kind <> 'post' OR purpose = 'card' OR purpose = 'alert' AND "createdAt" >= ${since})
        AND (kind = 'delete' OR message->>'text' <> '')
        AND ("targetId" IS NULL OR EXISTS (SELECT 1 FROM deliveries t
          WHERE t."workspaceId" = d."workspaceId" AND t.id = d."targetId" AND t.state IN ('sent', 'pending', 'uncertain')))`;
  }
}

/** Deletes everything about the workspaces whose time has come; says which. One of them that fails keeps no other. */
export async function deleteExpired(
  deps: { database: Pick<Database, 'prisma'>; log: Logger },
  now: DateTime,
): Promise<string[]> {
  const { prisma } = deps.database;
  const due = await prisma.workspace.findMany({
    where: { deleteDataAt: { lte: now.toJSDate() } },
    select: { id: true },
  });
  const deleted: string[] = [];
  for (const { id } of due) {
    try {
      await prisma.$transaction((tx) => deleteWorkspace(tx, id, now));
      deleted.push(id);
      deps.log.warn(
        { workspaceId: id },
        'deleted everything about a workspace that removed Tandem',
      );
    } catch (error) {
      deps.log.error({ err: error, workspaceId: id }, 'a workspace could not be deleted');
    }
  }
  return deleted;
}

async function deleteWorkspace(tx: Tx, id: string, now: DateTime): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM workspaces WHERE id = ${id} AND "deleteDataAt" <= ${now.toJSDate()} FOR UPDATE`;
  if (rows.length === 0) return;
  // Members can only go after the pairs that name them.
  await tx.pair.deleteMany({ where: { workspaceId: id } });
  await tx.rateLimit.deleteMany({ where: { workspaceId: id } });
  await tx.inbound.deleteMany({ where: { workspaceId: id } });
  await tx.workspace.delete({ where: { id } });
}

/** When data is next to be deleted after `now`, or null. */
export async function nextDeletionAt(db: Tx, now: DateTime): Promise<DateTime | null> {
  const row = await db.workspace.findFirst({
    where: { deleteDataAt: { gt: now.toJSDate() } },
    orderBy: { deleteDataAt: 'asc' },
    select: { deleteDataAt: true },
  });
  return row?.deleteDataAt ? toInstant(row.deleteDataAt) : null;
}

import type { Tx } from '../../../database/index.ts';
import { MOST_PLACES, type Place } from '../../domain/erasure.ts';

/** Deletes a pair with all that it owns; null when there is none. People who are in no other pair go with it. */
export async function erasePairRows(
  db: Tx,
  o: { workspaceId: string; pairId: string },
): Promise<Place[] | null> {
  const { workspaceId, pairId } = o;
  const pair = await db.pair.findUnique({ where: { workspaceId_id: { workspaceId, id: pairId } } });
  if (!pair) return null;
  const places = await db.$queryRaw<Place[]>`
    SELECT channel, ts FROM deliveries
    WHERE "workspaceId" = ${workspaceId} AND "pairId" = ${pairId} AND kind = 'post'
      AND state = 'sent' AND ts IS NOT NULL
    ORDER BY seq DESC LIMIT ${MOST_PLACES}`;
  await db.pair.delete({ where: { workspaceId_id: { workspaceId, id: pairId } } });
  await dropUnpaired(db, workspaceId, [pair.executiveId, pair.eaId]);
  return places;
}

/** Forgets those of these people who are in no pair any more. */
export async function dropUnpaired(db: Tx, workspaceId: string, userIds: string[]): Promise<void> {
  await db.member.deleteMany({
    where: {
      workspaceId,
      userId: { in: userIds },
      pairsAsExecutive: { none: {} },
      pairsAsEa: { none: {} },
    },
  });
}

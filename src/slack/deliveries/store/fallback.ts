import type { DateTime } from 'luxon';
import type { Tx } from '../../../database/index.ts';
import type { Delivery } from '../domain.ts';

/** Notes that somebody with an active account takes no direct messages, unless that is known. */
export async function noteRefusal(
  tx: Tx,
  o: { workspaceId: string; userId: string; now: DateTime },
): Promise<void> {
  const { workspaceId, userId } = o;
  await tx.member.updateMany({
    where: { workspaceId, userId, deactivatedAt: null, dmRefusedAt: null },
    data: { dmRefusedAt: o.now.toJSDate() },
  });
}

/**
 * Sends a direct message that this process holds to the channel of its pair. Null when it may not stand there, or when
 * it is not for one of the two with an active account.
 */
export async function sendToChannel(
  tx: Tx,
  o: Pick<Delivery, 'workspaceId' | 'id' | 'attempts'> & { pairId: string; now: DateTime },
): Promise<{ channelId: string; partnerId: string; refusedAt: Date | null } | null> {
  const rows = await tx.$queryRaw<
    { channelId: string; partnerId: string; refusedAt: Date | null }[]
  >`
    UPDATE deliveries d SET recipient = p."channelId", "meantFor" = m."userId", state = 'pending', attempts = 0,
      error = NULL, queued = false, "claimedUntil" = NULL, "notBefore" = ${o.now.toJSDate()}
    FROM pairs p, members m
    WHERE d."workspaceId" = ${o.workspaceId} AND d.id = ${o.id} AND d.state = 'sending'
      AND d.attempts = ${o.attempts} AND d."forBoth"
      AND p."workspaceId" = d."workspaceId" AND p.id = ${o.pairId} AND p.id = d."pairId"
      AND m."workspaceId" = d."workspaceId" AND m."userId" = d.recipient AND m."deactivatedAt" IS NULL
      AND m."userId" IN (p."executiveId", p."eaId")
    RETURNING p."channelId", m."dmRefusedAt" AS "refusedAt",
      CASE m."userId" WHEN p."eaId" THEN p."executiveId" ELSE p."eaId" END AS "partnerId"`;
  return rows[0] ?? null;
}

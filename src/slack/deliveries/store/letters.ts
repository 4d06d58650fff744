import type { DateTime } from 'luxon';
import type { Tx } from '../../../database/index.ts';
import { toInstant } from '../../../database/instant.ts';
import { type DeliveryKind, type DeliveryState, WITHOUT_FIRST_MESSAGE } from '../domain.ts';

/** What an operator sees of a delivery; what it says is left out. */
export type Letter = {
  workspaceId: string;
  id: string;
  state: DeliveryState;
  error: string | null;
  kind: DeliveryKind;
  recipient: string;
  attempts: number;
  createdAt: DateTime;
};

/** The newest first. */
export async function listLetters(
  db: Tx,
  o: { state?: DeliveryState; workspaceId?: string; error?: string; limit: number },
): Promise<{ letters: Letter[]; total: number }> {
  const { limit, ...where } = o;
  const [rows, total] = await Promise.all([
    db.delivery.findMany({
      where,
      orderBy: { seq: 'desc' },
      take: limit,
      select: {
        workspaceId: true,
        id: true,
        state: true,
        error: true,
        kind: true,
        recipient: true,
        attempts: true,
        createdAt: true,
      },
    }),
    db.delivery.count({ where }),
  ]);
  return { letters: rows.map((row) => ({ ...row, createdAt: toInstant(row.createdAt) })), total };
}

/** One with all that is stored of it, its content too; null when there is none of this id. */
export async function readLetter(db: Tx, id: string): Promise<{ workspaceId: string } | null> {
  const row = await db.delivery.findFirst({ where: { id } });
  if (!row) return null;
  const letter = { ...row, seq: Number(row.seq) };
  return letter;
}

/** Sends failed ones again, by id or by error, with the replies that failed because of them; answers with their ids. */
export async function resend(
  tx: Tx,
  o: { ids: string[] } | { error: string; workspaceId?: string | undefined },
  now: DateTime,
): Promise<string[]> {
  const which =
    'ids' in o
      ? { id: { in: o.ids } }
      : { error: o.error, ...(o.workspaceId && { workspaceId: o.workspaceId }) };
  const failed = await tx.delivery.findMany({
    where: { ...which, state: 'failed' },
    select: { workspaceId: true, id: true },
  });
  const again = {
    state: 'pending',
    attempts: 0,
    error: null,
    queued: false,
    notBefore: now.toJSDate(),
  } as const;
  const ids = failed.map(({ id }) => id);
  await tx.delivery.updateMany({ where: { id: { in: ids }, state: 'failed' }, data: again });
  await tx.delivery.updateMany({
    where: { targetId: { in: ids }, state: 'failed', error: WITHOUT_FIRST_MESSAGE },
    data: again,
  });
  return ids;
}

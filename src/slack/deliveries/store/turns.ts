import type { DateTime } from 'luxon';
import type { Tx } from '../../../database/index.ts';
import { toInstant } from '../../../database/instant.ts';
import { limitOfMethod } from '../limits.ts';

/**
 * Takes the turn for one call of `method`, shared by all replicas. Null when it may be made now, else when to ask
 * again: each who is refused gets another place in line.
 */
export async function takeTurn(
  tx: Tx,
  o: { workspaceId: string; method: string; now: DateTime },
): Promise<DateTime | null> {
  const { workspaceId, now } = o;
  const { scope, interval, burst } = limitOfMethod(o.method);
  const at = now.toJSDate();
  const opensBy = now.plus({ milliseconds: burst }).toJSDate();
  const taken = await tx.$queryRaw<unknown[]>`
    INSERT INTO rate_limits AS r ("workspaceId", scope, "freeAt", "queuedUntil")
    VALUES (${workspaceId}, ${scope}, ${now.plus({ milliseconds: interval }).toJSDate()}, to_timestamp(0))
    ON CONFLICT ("workspaceId", scope) DO UPDATE
      SET "freeAt" = GREATEST(r."freeAt", ${at}) + ${interval} * interval '1 millisecond'
      WHERE r."freeAt" <= ${opensBy}
    RETURNING 1`;
  if (taken.length > 0) return null;
  const places = await tx.$queryRaw<{ place: Date }[]>`
    UPDATE rate_limits SET "queuedUntil" =
      GREATEST("queuedUntil", "freeAt" - ${burst} * interval '1 millisecond', ${at})
        + ${interval} * interval '1 millisecond'
    WHERE "workspaceId" = ${workspaceId} AND scope = ${scope} RETURNING "queuedUntil" AS place`;
  const [first] = places;
  return first ? toInstant(first.place) : now.plus({ milliseconds: interval });
}

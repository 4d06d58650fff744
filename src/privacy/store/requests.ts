import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';

type RequestKey = { workspaceId: string; pairId: string; askedBy: string };

/** Requests to erase a pair, each open until the other one answers. */
export function createEraseRequestRows(db: Tx) {
  return {
    /** Opens the request; asking again counts from `now`. */
    async askToErase(key: RequestKey, now: DateTime): Promise<void> {
      const askedAt = now.toJSDate();
      await db.eraseRequest.upsert({
        where: { workspaceId_pairId_askedBy: key },
        create: { ...key, askedAt },
        update: { askedAt },
      });
    },

    async isAskedToErase(key: RequestKey, since: DateTime): Promise<boolean> {
      const where = { ...key, askedAt: { gte: since.toJSDate() } };
      return (await db.eraseRequest.count({ where })) > 0;
    },

    /** Closes the request, once; false when there is none since `since`. */
    async answerErase(key: RequestKey, since: DateTime): Promise<boolean> {
      const where = { ...key, askedAt: { gte: since.toJSDate() } };
      return (await db.eraseRequest.deleteMany({ where })).count > 0;
    },
  };
}

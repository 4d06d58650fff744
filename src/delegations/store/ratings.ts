import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import type { AverageRating, Rating, Score } from '../domain/rating.ts';
import type { DelegationKey, PairKey } from './rows.ts';

type Rated = DelegationKey & { pairId: string };

export function createRatingRows(db: Tx) {
  return {
    /** What was said about a delivery, in order. */
    async ratings({ workspaceId, id }: DelegationKey): Promise<Rating[]> {
      const rows = await db.delegationRating.findMany({
        where: { workspaceId, delegationId: id },
        orderBy: { position: 'asc' },
      });
      return rows.map(({ position, score, aPlus, ratedBy, ratedAt, seenAt }) => ({
        position,
        score: score as Score | null,
        aPlus,
        ratedBy,
        ratedAt: toInstant(ratedAt),
        seenAt: seenAt && toInstant(seenAt),
      }));
    },

    /** Writes one at its position, in place of what stands there. Call with the delegation locked. */
    async saveRating({ workspaceId, id, pairId }: Rated, rating: Rating): Promise<void> {
      const { position, score, aPlus, ratedBy, ratedAt, seenAt } = rating;
      const key = { workspaceId, delegationId: id, position };
      const data = {
        score,
        aPlus,
        ratedBy,
        ratedAt: ratedAt.toJSDate(),
        seenAt: seenAt?.toJSDate() ?? null,
      };
      await db.delegationRating.upsert({
        where: { workspaceId_delegationId_position: key },
        create: { ...key, pairId, ...data },
        update: data,
      });
    },

    /** Notes that the EA has what was said before them. What was skipped is nothing to see. */
    async noteRatingsSeen({ workspaceId, id }: DelegationKey, now: DateTime): Promise<void> {
      await db.delegationRating.updateMany({
        where: { workspaceId, delegationId: id, seenAt: null, score: { not: null } },
        data: { seenAt: now.toJSDate() },
      });
    },

    /** Over what was rated since `since`, each delegation with what was said about it last. */
    async averageRating({ workspaceId, pairId }: PairKey, since: DateTime): Promise<AverageRating> {
      const rows = await db.$queryRaw<AverageRating[]>`
        SELECT AVG(r.score)::float AS mean, COUNT(r.score)::int AS n
        FROM (
          SELECT DISTINCT ON (r."delegationId") r.score
          FROM delegation_ratings r
          JOIN delegations d ON d."workspaceId" = r."workspaceId" AND d.id = r."delegationId"
          WHERE r."workspaceId" = ${workspaceId} AND r."pairId" = ${pairId}
            AND r."ratedAt" >= ${since.toJSDate()} AND d."deletedAt" IS NULL
          ORDER BY r."delegationId", r.position DESC
        ) r`;
      return rows[0] ?? { mean: null, n: 0 };
    },
  };
}

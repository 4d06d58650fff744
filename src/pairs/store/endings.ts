import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import type { Pair } from '../domain.ts';
import { toPair, WITH_MEMBERS } from './pairs.ts';

type PairKey = Pick<Pair, 'workspaceId' | 'id'>;

/** The end of pairs and of accounts, and who cannot be reached. */
export function createEndingRows(db: Tx) {
  return {
    /** False when it has ended already. */
    async end({ workspaceId, id }: PairKey, o: { by: string; now: DateTime }): Promise<boolean> {
      const { count } = await db.pair.updateMany({
        where: { workspaceId, id, endedAt: null },
        data: { endedAt: o.now.toJSDate(), endedBy: o.by, liveKey: null },
      });
      return count === 1;
    },

    /** Takes the end back; false when it was taken back first, or the two are a pair again by now. */
    async restore(pair: Pick<Pair, 'workspaceId' | 'id' | 'executive' | 'ea'>): Promise<boolean> {
      const { workspaceId, id } = pair;
      const liveKey = `${pair.executive.userId}:${pair.ea.userId}`;
      const taken = await db.pair.findUnique({
        where: { workspaceId_liveKey: { workspaceId, liveKey } },
        select: { id: true },
      });
      if (taken) return false;
      const { count } = await db.pair.updateMany({
        where: { workspaceId, id, endedAt: { not: null } },
        data: { endedAt: null, endedBy: null, liveKey },
      });
      return count === 1;
    },

    /** One page of the pairs of a workspace that last, oldest first, with how many there are. */
    async page(o: {
      workspaceId: string;
      offset: number;
      size: number;
    }): Promise<{ pairs: Pair[]; total: number }> {
      const where = { workspaceId: o.workspaceId, endedAt: null };
      const rows = await db.pair.findMany({
        where,
        include: WITH_MEMBERS,
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        skip: o.offset,
        take: o.size,
      });
      return { pairs: rows.map(toPair), total: await db.pair.count({ where }) };
    },

    /** Those of these people to whom Slack lets Tandem send no direct messages, as far as it was tried. */
    async findUnreachable(workspaceId: string, userIds: readonly string[]): Promise<Set<string>> {
      const rows = await db.member.findMany({
        where: { workspaceId, userId: { in: [...userIds] }, dmRefusedAt: { not: null } },
        select: { userId: true },
      });
      return new Set(rows.map(({ userId }) => userId));
    },

    /** Notes that an account is deactivated, or active again with null; false when that was known, or nobody knows the person. */
    async setDeactivated(
      o: { workspaceId: string; userId: string },
      at: DateTime | null,
    ): Promise<boolean> {
      const { count } = await db.member.updateMany({
        where: { ...o, deactivatedAt: at ? null : { not: null } },
        data: { deactivatedAt: at?.toJSDate() ?? null },
      });
      return count === 1;
    },
  };
}

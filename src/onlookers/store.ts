import type { DateTime } from 'luxon';
import type { Onlooker as OnlookerRow } from '../database/generated/client.ts';
import type { Tx } from '../database/index.ts';
import { toInstant } from '../database/instant.ts';
import type { Onlooker } from './domain.ts';

export type OnlookerKey = { workspaceId: string; pairId: string; userId: string };

export function createOnlookerStore(db: Tx) {
  return {
    async find(key: OnlookerKey): Promise<Onlooker | null> {
      const row = await db.onlooker.findUnique({ where: { workspaceId_pairId_userId: key } });
      return row && toOnlooker(row);
    },

    /** Everybody who looks on, and those whom only one of the two has agreed to; oldest first. */
    async listOfPair(o: { workspaceId: string; pairId: string }): Promise<Onlooker[]> {
      const rows = await db.onlooker.findMany({
        where: { workspaceId: o.workspaceId, pairId: o.pairId },
        orderBy: [{ proposedAt: 'asc' }, { userId: 'asc' }],
      });
      return rows.map(toOnlooker);
    },

    /** Where a person may look on, in pairs that have not ended. */
    async listOfPerson(o: { workspaceId: string; userId: string }): Promise<Onlooker[]> {
      const rows = await db.onlooker.findMany({
        where: {
          workspaceId: o.workspaceId,
          userId: o.userId,
          acceptedAt: { not: null },
          pair: { endedAt: null },
        },
        orderBy: [{ acceptedAt: 'asc' }, { pairId: 'asc' }],
      });
      return rows.map(toOnlooker);
    },

    /** False when they are proposed or look on already. */
    async propose(
      key: OnlookerKey,
      o: Pick<Onlooker, 'role' | 'name'> & { by: string; now: DateTime },
    ): Promise<boolean> {
      const { role, name, by: proposedBy } = o;
      const { count } = await db.onlooker.createMany({
        data: { ...key, role, name, proposedBy, proposedAt: o.now.toJSDate() },
        skipDuplicates: true,
      });
      return count === 1;
    },

    /** False when it was answered first, or is not there any more. */
    async accept(key: OnlookerKey, o: { by: string; now: DateTime }): Promise<boolean> {
      const { count } = await db.onlooker.updateMany({
        where: { ...key, acceptedAt: null },
        data: { acceptedBy: o.by, acceptedAt: o.now.toJSDate() },
      });
      return count === 1;
    },

    /** False when they do not look on any more. */
    async remove(key: OnlookerKey): Promise<boolean> {
      const { count } = await db.onlooker.deleteMany({ where: key });
      return count === 1;
    },
  };
}

export type OnlookerStore = ReturnType<typeof createOnlookerStore>;

function toOnlooker(row: OnlookerRow): Onlooker {
  return {
    ...row,
    proposedAt: toInstant(row.proposedAt),
    acceptedAt: row.acceptedAt && toInstant(row.acceptedAt),
  };
}

import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Checkin as CheckinRow } from '../database/generated/client.ts';
import type { Tx } from '../database/index.ts';
import { toInstant } from '../database/instant.ts';
import type { LocalDate } from '../time/wall-clock.ts';
import type { Answers, Checkin } from './domain/checkin.ts';

export type CheckinKey = { workspaceId: string; pairId: string; userId: string; dueOn: LocalDate };

export function createCheckinStore(db: Tx) {
  return {
    async find(key: CheckinKey): Promise<Checkin | null> {
      const row = await db.checkin.findUnique({ where: { workspaceId_pairId_userId_dueOn: key } });
      return row && toCheckin(row);
    },

    /**
     * Saves the entry of that local day. `baseVersion` is what the author was looking at, 0 for a new entry;
     * null, and nothing is saved, when there is another version by now.
     */
    async save(o: {
      key: CheckinKey;
      answers: Answers;
      unchangedSinceOn?: LocalDate;
      baseVersion: number;
      now: DateTime;
    }): Promise<Checkin | null> {
      const { key, answers, now, unchangedSinceOn = null } = o;
      if (o.baseVersion === 0) {
        const { count } = await db.checkin.createMany({
          data: {
            ...key,
            id: randomUUID(),
            answers,
            unchangedSinceOn,
            submittedAt: now.toJSDate(),
          },
          skipDuplicates: true,
        });
        if (count === 0) return null;
      } else {
        const { count } = await db.checkin.updateMany({
          where: { ...key, version: o.baseVersion },
          data: { answers, unchangedSinceOn, version: { increment: 1 }, editedAt: now.toJSDate() },
        });
        if (count === 0) return null;
      }
      const row = await db.checkin.findUniqueOrThrow({
        where: { workspaceId_pairId_userId_dueOn: key },
      });
      return toCheckin(row);
    },

    /** The person's last entry for a day before that of the key. */
    async findBefore(key: CheckinKey): Promise<Checkin | null> {
      const { dueOn, ...of } = key;
      const row = await db.checkin.findFirst({
        where: { ...of, dueOn: { lt: dueOn } },
        orderBy: { dueOn: 'desc' },
      });
      return row && toCheckin(row);
    },

    /** Entries of both people, newest day first, with how many there are in all. */
    async page(o: {
      workspaceId: string;
      pairId: string;
      offset: number;
      size: number;
    }): Promise<{ entries: Checkin[]; total: number }> {
      const where = { workspaceId: o.workspaceId, pairId: o.pairId };
      const rows = await db.checkin.findMany({
        where,
        orderBy: [{ dueOn: 'desc' }, { submittedAt: 'desc' }, { id: 'asc' }],
        skip: o.offset,
        take: o.size,
      });
      return { entries: rows.map(toCheckin), total: await db.checkin.count({ where }) };
    },
  };
}

export type CheckinStore = ReturnType<typeof createCheckinStore>;

function toCheckin(row: CheckinRow): Checkin {
  const { workspaceId, id, pairId, userId, dueOn, unchangedSinceOn, version } = row;
  return {
    workspaceId,
    id,
    pairId,
    userId,
    dueOn,
    unchangedSinceOn,
    version,
    answers: row.answers as Answers,
    submittedAt: toInstant(row.submittedAt),
    editedAt: row.editedAt && toInstant(row.editedAt),
  };
}

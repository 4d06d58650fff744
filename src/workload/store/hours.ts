import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import type { TimeEntry } from '../domain/hours.ts';
import type { PairKey } from './load.ts';

/** Time that people logged themselves, and how a pair counts it. */
export function createHoursRows(db: Tx) {
  return {
    async addEntry(
      o: Omit<TimeEntry, 'id' | 'loggedAt'> & { id?: string; now: DateTime },
    ): Promise<TimeEntry> {
      const { now, id = randomUUID(), ...rest } = o;
      const row = await db.timeEntry.create({
        data: { ...rest, id, loggedAt: now.toJSDate() },
      });
      return { ...row, loggedAt: toInstant(row.loggedAt) };
    },

    async findEntry(workspaceId: string, id: string): Promise<TimeEntry | null> {
      const row = await db.timeEntry.findUnique({ where: { workspaceId_id: { workspaceId, id } } });
      return row && { ...row, loggedAt: toInstant(row.loggedAt) };
    },

    async removeEntry(workspaceId: string, id: string): Promise<void> {
      await db.timeEntry.deleteMany({ where: { workspaceId, id } });
    },

    /** Minutes logged in a month, YYYY-MM, and from how many entries. */
    async usedIn(of: PairKey, month: string): Promise<{ minutes: number; n: number }> {
      const { _sum, _count } = await db.timeEntry.aggregate({
        where: { ...of, workedOn: { gte: `${month}-01`, lte: `${month}-31` } },
        _sum: { minutes: true },
        _count: true,
      });
      return { minutes: _sum.minutes ?? 0, n: _count };
    },

    async rollsOver(of: PairKey): Promise<boolean> {
      const row = await db.hoursPlan.findUnique({ where: { workspaceId_pairId: of } });
      return row?.rollsOver ?? false;
    },

    async setRollsOver(
      of: PairKey,
      o: { rollsOver: boolean; by: string; now: DateTime },
    ): Promise<void> {
      const data = { rollsOver: o.rollsOver, changedBy: o.by, changedAt: o.now.toJSDate() };
      await db.hoursPlan.upsert({
        where: { workspaceId_pairId: of },
        create: { ...of, ...data },
        update: data,
      });
    },

    /** The highest percentage that the person was told about in that month; 0 for none. */
    async toldPercent(of: PairKey & { userId: string; month: string }): Promise<number> {
      const row = await db.hoursNotice.findUnique({
        where: { workspaceId_pairId_userId_month: of },
      });
      return row?.percent ?? 0;
    },

    async noteTold(
      of: PairKey & { userId: string; month: string },
      o: { percent: number; now: DateTime },
    ): Promise<void> {
      const data = { percent: o.percent, toldAt: o.now.toJSDate() };
      await db.hoursNotice.upsert({
        where: { workspaceId_pairId_userId_month: of },
        create: { ...of, ...data },
        update: data,
      });
    },
  };
}

import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import { toJson } from '../../database/json.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import { type Category, DEFAULT_CATEGORIES, type ZoneList } from '../domain/zones.ts';
import type { PairKey } from './charters.ts';

export function createZoneRows(db: Tx) {
  return {
    /** The pair's categories; what every pair starts with while nobody has changed them. */
    async findZones(of: PairKey): Promise<ZoneList> {
      const row = await db.zoneList.findUnique({ where: { workspaceId_pairId: of } });
      if (!row) return { ...of, version: 0, categories: [...DEFAULT_CATEGORIES], told: null };
      return {
        ...of,
        version: row.version,
        categories: row.categories as unknown as Category[],
        told: { on: row.toldOn, from: row.toldFrom as unknown as Category[] },
      };
    },

    /** Replaces the pair's categories. Call after `lockPair`. */
    async saveZones(
      of: PairKey,
      o: {
        categories: Category[];
        told: { on: LocalDate; from: Category[] };
        by: string;
        now: DateTime;
      },
    ): Promise<void> {
      const { told } = o;
      const data = {
        categories: o.categories.map(toJson),
        toldOn: told.on,
        toldFrom: told.from.map(toJson),
        changedBy: o.by,
        changedAt: o.now.toJSDate(),
      };
      await db.zoneList.upsert({
        where: { workspaceId_pairId: of },
        create: { ...of, ...data },
        update: { ...data, version: { increment: 1 } },
      });
    },
  };
}

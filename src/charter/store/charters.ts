import type { DateTime } from 'luxon';
import type { Charter as CharterRow } from '../../database/generated/client.ts';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import { toJson } from '../../database/json.ts';
import type { Charter, CharterDraft, DraftDuty } from '../domain/charter.ts';
import type { Duty } from '../domain/duty.ts';

export type PairKey = { workspaceId: string; pairId: string };

export function createCharterRows(db: Tx) {
  return {
    /** Lets changes of one pair's charter and zones happen one after the other. Call inside a transaction. */
    async lockPair({ workspaceId, pairId }: PairKey): Promise<void> {
      await db.$queryRaw`
        SELECT 1 FROM pairs WHERE "workspaceId" = ${workspaceId} AND id = ${pairId} FOR UPDATE`;
    },

    /** Writes the next version. What was still open before it is marked as replaced and returned. Call after `lockPair`. */
    async propose(
      of: PairKey,
      o: { duties: Duty[]; note: string | null; by: string; now: DateTime },
    ): Promise<{ charter: Charter; replaced: Charter[] }> {
      const isOpen = { ...of, signedAt: null, replacedAt: null };
      const open = await db.charter.findMany({ where: isOpen });
      const at = o.now.toJSDate();
      await db.charter.updateMany({ where: isOpen, data: { replacedAt: at } });
      const { _max } = await db.charter.aggregate({ where: of, _max: { version: true } });
      const row = await db.charter.create({
        data: {
          ...of,
          version: (_max.version ?? 0) + 1,
          duties: o.duties.map(toJson),
          note: o.note,
          proposedBy: o.by,
          proposedAt: at,
        },
      });
      const replaced = open.map((one) => ({ ...toCharter(one), replacedAt: o.now }));
      return { charter: toCharter(row), replaced };
    },

    async find(of: PairKey, version: number): Promise<Charter | null> {
      const row = await db.charter.findUnique({
        where: { workspaceId_pairId_version: { ...of, version } },
      });
      return row && toCharter(row);
    },

    async findInForce(of: PairKey): Promise<Charter | null> {
      const row = await db.charter.findFirst({
        where: { ...of, signedAt: { not: null } },
        orderBy: { version: 'desc' },
      });
      return row && toCharter(row);
    },

    /** The proposal that waits to be signed. */
    async findOpen(of: PairKey): Promise<Charter | null> {
      const row = await db.charter.findFirst({
        where: { ...of, signedAt: null, replacedAt: null },
      });
      return row && toCharter(row);
    },

    /** Every version, newest first, without its duties. */
    async listVersions(
      of: PairKey,
      limit: number,
    ): Promise<(Omit<Charter, 'duties'> & { count: number })[]> {
      const rows = await db.charter.findMany({
        where: of,
        orderBy: { version: 'desc' },
        take: limit,
      });
      return rows.map(toCharter).map(({ duties, ...rest }) => ({ ...rest, count: duties.length }));
    },

    /** False when somebody signed or replaced it first. */
    async sign(of: PairKey, o: { version: number; by: string; now: DateTime }): Promise<boolean> {
      const { count } = await db.charter.updateMany({
        where: { ...of, version: o.version, signedAt: null, replacedAt: null },
        data: { signedBy: o.by, signedAt: o.now.toJSDate() },
      });
      return count === 1;
    },

    async findDraft(of: PairKey, userId: string): Promise<CharterDraft | null> {
      const row = await db.charterDraft.findUnique({
        where: { workspaceId_pairId_userId: { ...of, userId } },
      });
      if (!row) return null;
      const { changedAt: _, ...rest } = row;
      return { ...rest, duties: row.duties as unknown as DraftDuty[] };
    },

    async saveDraft(draft: CharterDraft, now: DateTime): Promise<void> {
      const { workspaceId, pairId, userId, baseVersion } = draft;
      const key = { workspaceId, pairId, userId };
      const data = { baseVersion, duties: draft.duties.map(toJson), changedAt: now.toJSDate() };
      await db.charterDraft.upsert({
        where: { workspaceId_pairId_userId: key },
        create: { ...key, ...data },
        update: data,
      });
    },

    async removeDraft(of: PairKey, userId: string): Promise<void> {
      await db.charterDraft.deleteMany({ where: { ...of, userId } });
    },
  };
}

function toCharter(row: CharterRow): Charter {
  return {
    ...row,
    duties: row.duties as unknown as Duty[],
    proposedAt: toInstant(row.proposedAt),
    signedAt: row.signedAt && toInstant(row.signedAt),
    replacedAt: row.replacedAt && toInstant(row.replacedAt),
  };
}

import type { DateTime } from 'luxon';
import type { DelegationImport as ImportRow } from '../../database/generated/client.ts';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import type { Import, ImportLine } from '../domain/import/import.ts';
import type { DelegationKey, PairKey } from './rows.ts';

export function createImportRows(db: Tx) {
  const where = ({ workspaceId, id }: DelegationKey) => ({ workspaceId_id: { workspaceId, id } });

  return {
    async addImport(entry: Import): Promise<void> {
      await db.delegationImport.create({ data: toImportRow(entry) });
    },

    async findImport(key: DelegationKey): Promise<Import | null> {
      const row = await db.delegationImport.findUnique({ where: where(key) });
      return row && toImport(row);
    },

    /** As `findImport`, locked against other processes. Call inside a transaction. */
    async lockImport(key: DelegationKey): Promise<Import | null> {
      await db.$queryRaw`
        SELECT 1 FROM delegation_imports
        WHERE "workspaceId" = ${key.workspaceId} AND id = ${key.id} FOR UPDATE`;
      const row = await db.delegationImport.findUnique({ where: where(key) });
      return row && toImport(row);
    },

    /** Writes a locked one as it is now. */
    async saveImport(entry: Import): Promise<void> {
      await db.delegationImport.update({ where: where(entry), data: toImportRow(entry) });
    },

    /** Removes those with these numbers with which nothing has been done; returns how many. */
    async removeUntouched(
      { workspaceId, pairId }: PairKey,
      o: { first: number; last: number },
    ): Promise<number> {
      const { count } = await db.delegation.deleteMany({
        where: {
          workspaceId,
          pairId,
          number: { gte: o.first, lte: o.last },
          version: 1,
          deletedAt: null,
          timeEntries: { none: {} },
        },
      });
      return count;
    },

    /** Up to `limit` previews from before `before`, locked. */
    async claimOldPreviews(before: DateTime, limit: number): Promise<Import[]> {
      const keys = await db.$queryRaw<DelegationKey[]>`
        SELECT "workspaceId", id FROM delegation_imports
        WHERE state = 'ready' AND "createdAt" <= ${before.toJSDate()}
        ORDER BY "createdAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
      if (keys.length === 0) return [];
      const rows = await db.delegationImport.findMany({ where: { OR: keys } });
      return rows.map(toImport);
    },

    /** When the oldest preview was made. */
    async oldestPreviewAt(): Promise<DateTime | null> {
      const { _min } = await db.delegationImport.aggregate({
        where: { state: 'ready' },
        _min: { createdAt: true },
      });
      return _min.createdAt && toInstant(_min.createdAt);
    },
  };
}

function toImport(row: ImportRow): Import {
  return {
    ...row,
    lines: row.lines as unknown as ImportLine[],
    createdAt: toInstant(row.createdAt),
    finishedAt: row.finishedAt && toInstant(row.finishedAt),
  };
}

function toImportRow(entry: Import) {
  return {
    ...entry,
    lines: entry.lines,
    createdAt: entry.createdAt.toJSDate(),
    finishedAt: entry.finishedAt?.toJSDate() ?? null,
  };
}

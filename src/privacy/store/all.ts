import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import type { Erased, Place } from '../domain/erasure.ts';
import type { InstallationState } from '../domain/installation.ts';
import type { RecordTable } from '../domain/records.ts';
import { dropUnpaired, erasePairRows } from './erase/pair.ts';
import { erasePersonRows } from './erase/person.ts';
import { createExportRows } from './exports.ts';
import { createEraseRequestRows } from './requests.ts';
import { createRetentionRows } from './retention.ts';
import { createRecordRows } from './rows.ts';

/** A pair that somebody is or was in, as they may choose it. */
export type PairChoice = { pairId: string; partnerName: string; hasEnded: boolean };

/** Reads, ages and erases rows of every feature by what it declares of them. */
export function createPrivacyStore(db: Tx) {
  return {
    ...createRecordRows(db),
    ...createRetentionRows(db),
    ...createExportRows(db),
    ...createEraseRequestRows(db),

    erasePerson: (o: {
      workspaceId: string;
      userId: string;
      tables: readonly RecordTable[];
      now: DateTime;
    }): Promise<Erased> => erasePersonRows(db, o),

    /** Null when there is no such pair. */
    erasePair: (o: { workspaceId: string; pairId: string }): Promise<Place[] | null> =>
      erasePairRows(db, o),

    /** Forgets people who are in no pair any more, such as after their last one was deleted. */
    async dropStrangers(workspaceId: string): Promise<void> {
      const rows = await db.member.findMany({
        where: { workspaceId, pairsAsExecutive: { none: {} }, pairsAsEa: { none: {} } },
        select: { userId: true },
      });
      const userIds = rows.map(({ userId }) => userId);
      await dropUnpaired(db, workspaceId, userIds);
    },

    /** Since when the app is in the workspace, and who installed it. */
    async findInstallation(workspaceId: string): Promise<InstallationState> {
      const row = await db.workspace.findUnique({
        where: { id: workspaceId },
        select: { installedAt: true, installation: { select: { installedBy: true } } },
      });
      return {
        installedAt: row?.installedAt ? toInstant(row.installedAt) : null,
        installedBy: row?.installation?.installedBy ?? null,
      };
    },

    /** The pairs that somebody is or was in, those that last first. */
    async listPairs(workspaceId: string, userId: string): Promise<PairChoice[]> {
      const rows = await db.pair.findMany({
        where: { workspaceId, OR: [{ executiveId: userId }, { eaId: userId }] },
        include: { executive: true, ea: true },
        orderBy: [{ endedAt: { sort: 'asc', nulls: 'first' } }, { createdAt: 'asc' }],
      });
      return rows.map((row) => ({
        pairId: row.id,
        partnerName: (row.executiveId === userId ? row.ea : row.executive).name,
        hasEnded: row.endedAt !== null,
      }));
    },
  };
}

export type PrivacyStore = ReturnType<typeof createPrivacyStore>;

import type { DateTime } from 'luxon';
import type { Export as ExportRow } from '../../database/generated/client.ts';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import { toJson } from '../../database/json.ts';
import type { ExportFormat, ExportRequest, UploadedFile } from '../domain/export.ts';

type ExportKey = { workspaceId: string; id: string };

export function createExportRows(db: Tx) {
  return {
    async addExport(request: ExportRequest): Promise<void> {
      const { requestedAt, files, ...rest } = request;
      await db.export.create({
        data: { ...rest, files: toJson(files), requestedAt: requestedAt.toJSDate() },
      });
    },

    async findExport({ workspaceId, id }: ExportKey): Promise<ExportRequest | null> {
      const row = await db.export.findUnique({ where: { workspaceId_id: { workspaceId, id } } });
      return row && toRequest(row);
    },

    /** Whether a request of the person's since `since` has not ended yet. */
    async isExporting(o: {
      workspaceId: string;
      userId: string;
      since: DateTime;
    }): Promise<boolean> {
      const row = await db.export.findFirst({
        where: {
          workspaceId: o.workspaceId,
          requestedBy: o.userId,
          state: { in: ['waiting', 'sharing'] },
          requestedAt: { gte: o.since.toJSDate() },
        },
        select: { id: true },
      });
      return row !== null;
    },

    /** Notes what Slack has taken and shared so far, so that a second try goes on from there. */
    async noteFiles({ workspaceId, id }: ExportKey, files: UploadedFile[]): Promise<void> {
      await db.export.updateMany({
        where: { workspaceId, id },
        data: { files: toJson(files), state: 'sharing' },
      });
    },

    /** False when it had ended before. */
    async finishExport(
      { workspaceId, id }: ExportKey,
      o: { now: DateTime; error: string | null },
    ): Promise<boolean> {
      const { count } = await db.export.updateMany({
        where: { workspaceId, id, state: { in: ['waiting', 'sharing'] } },
        data: {
          state: o.error === null ? 'done' : 'failed',
          error: o.error,
          finishedAt: o.now.toJSDate(),
        },
      });
      return count === 1;
    },
  };
}

function toRequest(row: ExportRow): ExportRequest {
  const { workspaceId, id, requestedBy, pairId, onlyKind, fromOn, untilOn, state } = row;
  return {
    workspaceId,
    id,
    requestedBy,
    pairId,
    onlyKind,
    fromOn,
    untilOn,
    state,
    format: row.format as ExportFormat,
    files: row.files as UploadedFile[],
    requestedAt: toInstant(row.requestedAt),
  };
}

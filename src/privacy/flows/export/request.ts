import { randomUUID } from 'node:crypto';
import { authorize } from '../../../access/index.ts';
import type { Deps } from '../../../deps.ts';
import { UserFacingError } from '../../../errors.ts';
import type { Caller } from '../../../slack/caller.ts';
import { EXPORT_PATIENCE_MINUTES } from '../../domain/export.ts';
import { exportJob } from '../../queues.ts';
import { buildExportMessage, type ExportChoice } from '../../views/export.ts';
import { messageOf } from './deliver.ts';

/** Notes the request, says so in a direct message, and begins. One at a time for each person. */
export async function requestExport(
  deps: Deps,
  o: { caller: Caller; choice: ExportChoice },
): Promise<void> {
  const { caller, choice } = o;
  const { workspaceId, userId } = caller;
  await deps.transact(async (stores) => {
    const { pairId } = choice;
    if (pairId) await authorize(stores, caller, { pairId, to: 'pairs.export' });
    const now = deps.now();
    const since = now.minus({ minutes: EXPORT_PATIENCE_MINUTES });
    if (await stores.privacy.isExporting({ workspaceId, userId, since }))
      throw new UserFacingError(
        'I am still preparing the last one that you asked for. Please wait for it.',
      );
    const id = randomUUID();
    const request = {
      ...choice,
      workspaceId,
      id,
      requestedBy: userId,
      state: 'waiting' as const,
      files: [],
      requestedAt: now,
    };
    await stores.privacy.addExport(request);
    const subject = pairId
      ? ({ kind: 'pair', id: pairId } as const)
      : ({ kind: 'person', id: userId } as const);
    await stores.audit.record({
      workspaceId,
      actorId: userId,
      action: 'export.requested',
      subject,
      at: now,
    });
    await stores.outbox.post({
      ...messageOf(request),
      message: buildExportMessage({ state: 'waiting' }),
    });
    await stores.enqueue(exportJob, [{ workspaceId, id }]);
  });
}

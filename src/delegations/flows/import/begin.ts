import { randomUUID } from 'node:crypto';
import { authorize } from '../../../access/index.ts';
import type { Deps } from '../../../deps.ts';
import { UserFacingError } from '../../../errors.ts';
import type { Pair } from '../../../pairs/index.ts';
import type { Caller } from '../../../slack/caller.ts';
import type { Import } from '../../domain/import/import.ts';
import { readImportJob } from '../../queues.ts';
import type { ImportChoice } from '../../views/import/form.ts';
import { buildReading } from '../../views/import/messages.ts';
import { loadPairs } from '../form.ts';

export const FILES_SCOPE = 'files:read';

/** The pairs that can be imported for. Rejects with a sentence when Tandem may not read files here. */
export async function prepareImport(
  deps: Deps,
  o: { caller: Caller; channelId: string | null },
): Promise<{ pairs: Pair[]; pairId: string }> {
  const { caller, channelId } = o;
  const pairs = await loadPairs(deps, caller);
  const { workspaceId } = caller;
  const purpose = 'read a file that you choose';
  const missing = await deps.slack.explainMissingScope({
    workspaceId,
    scope: FILES_SCOPE,
    purpose,
  });
  if (missing) throw new UserFacingError(missing);
  const pair = pairs.find((one) => one.channelId === channelId) ?? pairs[0];
  return { pairs, pairId: pair?.id ?? '' };
}

/** Where the message about an import stands, which follows it to its end. */
export function importMessage(of: Pick<Import, 'workspaceId' | 'id' | 'pairId' | 'createdBy'>) {
  return {
    workspaceId: of.workspaceId,
    pairId: of.pairId,
    key: `delegation-import:${of.id}`,
    purpose: 'card' as const,
    recipient: of.createdBy,
  };
}

/** Notes which file was chosen, says so in a direct message, and begins to read it. */
export async function beginImport(
  deps: Deps,
  o: { caller: Caller; choice: ImportChoice },
): Promise<void> {
  const { caller, choice } = o;
  await deps.transact(async (stores) => {
    const pairs = await loadPairs(stores, caller);
    const pairId = choice.pairId ?? pairs[0]?.id ?? '';
    await authorize(stores, caller, { pairId, to: 'delegations.create' });
    const entry: Import = {
      workspaceId: caller.workspaceId,
      id: randomUUID(),
      pairId,
      createdBy: caller.userId,
      fileId: choice.fileId,
      fileName: choice.fileName,
      state: 'reading',
      lines: [],
      skipped: 0,
      firstNumber: null,
      lastNumber: null,
      createdAt: deps.now(),
      finishedAt: null,
    };
    await stores.delegations.addImport(entry);
    await stores.outbox.post({ ...importMessage(entry), message: buildReading(entry, null) });
    const { workspaceId, id } = entry;
    await stores.enqueue(readImportJob, [{ workspaceId, id }]);
  });
}

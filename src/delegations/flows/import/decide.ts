import type { Deps, Stores } from '../../../deps.ts';
import { UserFacingError } from '../../../errors.ts';
import type { Caller } from '../../../slack/caller.ts';
import { type Import, PREVIEW_HOURS, UNDO_IMPORT_HOURS } from '../../domain/import/import.ts';
import { writeImportJob } from '../../queues.ts';
import {
  buildGivenUp,
  buildSummary,
  buildUndone,
  buildWriting,
} from '../../views/import/messages.ts';
import { buildSecondThought } from '../../views/import/second-thought.ts';
import { importMessage } from './begin.ts';
import { findReserved, nameOfReserved } from './reserved.ts';
import { countOf, loadImportPair, summaryKey } from './write.ts';

type Press = { caller: Caller; id: string };

/** Expired previews in one transaction. */
const BATCH = 20;

const GONE = 'This import is not there any more. Type /ea-tasks import to choose a file.';

/**
 * Lets a preview be written. A second press changes nothing. As with the form, work in categories that stay with the
 * executive is asked about once more: `agreedTo` names those for which the person has read it.
 */
export async function confirmImport(
  deps: Deps,
  o: Press & { agreedTo?: string | undefined },
): Promise<void> {
  await deps.transact(async (stores) => {
    const entry = await lockOwn(stores, o);
    if (entry.state === 'writing' || entry.state === 'done') return;
    if (entry.state !== 'ready' || entry.createdAt.plus({ hours: PREVIEW_HOURS }) < deps.now())
      throw new UserFacingError(
        'This preview is not good any more. Type /ea-tasks import to choose the file again.',
      );
    const pair = await loadImportPair(stores, entry);
    const { lines } = entry;
    const reserved = await findReserved(stores, { pair, lines, now: deps.now() });
    const agreedTo = nameOfReserved(reserved);
    if (reserved.length > 0 && o.agreedTo !== agreedTo) {
      const message = buildSecondThought(entry, { pair, reserved, agreedTo });
      return await stores.outbox.show({ ...importMessage(entry), message });
    }
    await stores.delegations.saveImport({ ...entry, state: 'writing' });
    await stores.outbox.show({ ...importMessage(entry), message: buildWriting(entry) });
    const { workspaceId, id } = entry;
    await stores.enqueue(writeImportJob, [{ workspaceId, id }]);
  });
}

/** Throws a preview away. */
export async function cancelImport(deps: Deps, o: Press): Promise<void> {
  await deps.transact(async (stores) => {
    const entry = await lockOwn(stores, o);
    if (entry.state === 'cancelled') return;
    if (entry.state !== 'ready')
      throw new UserFacingError('This import was confirmed already, so it cannot be cancelled.');
    await giveUp(stores, entry, { because: 'cancelled', now: deps.now() });
  });
}

async function giveUp(
  stores: Stores,
  entry: Import,
  o: { because: 'cancelled' | 'expired'; now: Import['createdAt'] },
): Promise<void> {
  const { because, now } = o;
  await stores.delegations.saveImport({ ...entry, state: because, lines: [], finishedAt: now });
  await stores.outbox.show({ ...importMessage(entry), message: buildGivenUp(entry, because) });
}

/** Removes what an import has made, but for tasks with which something was done meanwhile. */
export async function undoImport(deps: Deps, o: Press): Promise<void> {
  await deps.transact(async (stores) => {
    const entry = await lockOwn(stores, o);
    if (entry.state === 'undone') return;
    const { finishedAt, firstNumber: first, lastNumber: last } = entry;
    if (entry.state !== 'done' || !finishedAt || first === null || last === null)
      throw new UserFacingError('There is nothing to undo of this import.');
    const now = deps.now();
    if (finishedAt.plus({ hours: UNDO_IMPORT_HOURS }) < now)
      throw new UserFacingError(
        'This was more than a day ago, so it cannot be undone. Delete single tasks instead.',
      );
    const pair = await loadImportPair(stores, entry);
    const removed = await stores.delegations.removeUntouched(entry, { first, last });
    const count = countOf(entry);
    await stores.delegations.saveImport({ ...entry, state: 'undone' });
    const kept = count - removed;
    const message = buildUndone(entry, { removed, kept });
    await stores.outbox.show({ ...importMessage(entry), message });
    const by = [pair.executive, pair.ea].find(({ userId }) => userId === entry.createdBy);
    await stores.outbox.updateIfPosted({
      workspaceId: entry.workspaceId,
      pairId: entry.pairId,
      key: summaryKey(entry),
      message: buildSummary({ by: by?.name ?? 'Somebody', count, isUndone: true }),
    });
  });
}

async function lockOwn(stores: Stores, { caller, id }: Press): Promise<Import> {
  const entry = await stores.delegations.lockImport({ workspaceId: caller.workspaceId, id });
  if (!entry || entry.createdBy !== caller.userId) throw new UserFacingError(GONE);
  return entry;
}

/** Throws away previews that nobody confirmed within a day. */
export async function sweepPreviews(deps: Deps): Promise<void> {
  let claimed: number;
  do {
    claimed = await deps.transact(async (stores) => {
      const now = deps.now();
      const before = now.minus({ hours: PREVIEW_HOURS });
      const old = await stores.delegations.claimOldPreviews(before, BATCH);
      for (const entry of old) await giveUp(stores, entry, { because: 'expired', now });
      return old.length;
    });
  } while (claimed === BATCH);
}

/** When the next preview is a day old. */
export async function nextPreviewEndAt(deps: Deps): Promise<Import['finishedAt']> {
  const oldest = await deps.delegations.oldestPreviewAt();
  return oldest?.plus({ hours: PREVIEW_HOURS }) ?? null;
}

import { DateTime } from 'luxon';
import { authorize } from '../../../access/index.ts';
import type { Deps, Stores } from '../../../deps.ts';
import { UserFacingError } from '../../../errors.ts';
import type { RunContext } from '../../../jobs/index.ts';
import { type Pair, roleOf } from '../../../pairs/index.ts';
import type { Import, ImportLine } from '../../domain/import/import.ts';
import {
  buildImported,
  buildProblems,
  buildSummary,
  IMPORT_FAULTS,
} from '../../views/import/messages.ts';
import { createDelegations, type NewDelegation } from '../write.ts';
import { importMessage } from './begin.ts';

/** Names the message in the pair's channel. */
export function summaryKey({ id }: Pick<Import, 'id'>): string {
  return `delegation-import:${id}:summary`;
}

/** How many tasks an import has made. */
export function countOf({ firstNumber, lastNumber }: Import): number {
  return firstNumber === null || lastNumber === null ? 0 : lastNumber - firstNumber + 1;
}

/** The pair of an import, once whoever made it may still hand over work there. */
export async function loadImportPair(stores: Stores, entry: Import): Promise<Pair> {
  const { workspaceId, createdBy: userId, pairId } = entry;
  const to = 'delegations.create' as const;
  const { pair } = await authorize(stores, { workspaceId, userId }, { pairId, to });
  return pair;
}

/** Writes all lines of a confirmed import in one transaction. Rejects to be tried again. */
export async function writeImport(
  deps: Deps,
  key: { workspaceId: string; id: string },
  context: RunContext,
): Promise<void> {
  try {
    await deps.transact(async (stores) => {
      const entry = await stores.delegations.lockImport(key);
      if (entry?.state === 'writing') await write(stores, entry, deps.now());
    });
  } catch (error) {
    const isRefusal = error instanceof UserFacingError;
    if (!isRefusal && !context.isLastAttempt) throw error;
    if (!isRefusal) deps.log.error({ err: error, import: key.id }, 'an import was not written');
    await giveBack(deps, key, isRefusal ? error.message : IMPORT_FAULTS.broke);
  }
}

async function write(stores: Stores, entry: Import, now: DateTime): Promise<void> {
  const pair = await loadImportPair(stores, entry);
  const made = await createDelegations(stores, {
    pair,
    content: entry.lines.map((line) => toContent(line, { entry, pair })),
    now,
    isShown: false,
    isQuiet: true,
  });
  const written: Import = {
    ...entry,
    state: 'done',
    lines: [],
    firstNumber: made.at(0)?.number ?? null,
    lastNumber: made.at(-1)?.number ?? null,
    finishedAt: now,
  };
  await stores.delegations.saveImport(written);
  const { length: count } = made;
  const skipped = entry.skipped + entry.lines.length - count;
  const message = buildImported(written, { count, skipped });
  await stores.outbox.show({ ...importMessage(entry), message });
  if (count === 0) return;
  const by = [pair.executive, pair.ea].find(({ userId }) => userId === entry.createdBy);
  await stores.outbox.post({
    workspaceId: entry.workspaceId,
    pairId: pair.id,
    key: summaryKey(entry),
    purpose: 'card',
    recipient: pair.channelId,
    message: buildSummary({ by: by?.name ?? 'Somebody', count, isUndone: false }),
    tell: [pair.executive.userId, pair.ea.userId],
  });
}

function toContent(line: ImportLine, o: { entry: Import; pair: Pair }): NewDelegation {
  const { line: _, dueAt, ...content } = line;
  const { createdBy } = o.entry;
  return {
    ...content,
    dueAt: dueAt === null ? null : DateTime.fromISO(dueAt),
    createdBy,
    // What the EA writes down is accepted, as in the form.
    state: roleOf(o.pair, createdBy) === 'ea' ? 'accepted' : 'new',
  };
}

async function giveBack(
  deps: Deps,
  key: { workspaceId: string; id: string },
  message: string,
): Promise<void> {
  await deps.transact(async (stores) => {
    const entry = await stores.delegations.lockImport(key);
    if (entry?.state !== 'writing') return;
    const finishedAt = deps.now();
    await stores.delegations.saveImport({ ...entry, state: 'refused', lines: [], finishedAt });
    const problems = [{ line: null, message }];
    const said = buildProblems(entry, { problems, total: entry.lines.length });
    await stores.outbox.show({ ...importMessage(entry), message: said });
  });
}

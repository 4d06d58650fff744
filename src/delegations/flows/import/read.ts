import { DateTime } from 'luxon';
import { authorize } from '../../../access/index.ts';
import { listCategoryNames } from '../../../charter/index.ts';
import type { Deps } from '../../../deps.ts';
import { UserFacingError } from '../../../errors.ts';
import type { RunContext } from '../../../jobs/index.ts';
import { type Pair, roleOf } from '../../../pairs/index.ts';
import type { OutgoingMessage } from '../../../slack/deliveries/domain.ts';
import { fetchFile } from '../../../slack/files.ts';
import type { WorkingCalendar } from '../../../time/working-time.ts';
import { decodeTable } from '../../domain/import/decode.ts';
import {
  type Import,
  type ImportLine,
  MAX_FILE_BYTES,
  type Reserved,
} from '../../domain/import/import.ts';
import {
  buildNothingNew,
  buildPreview,
  buildProblems,
  buildReading,
  IMPORT_FAULTS,
} from '../../views/import/messages.ts';
import { readTable } from '../../views/import/table.ts';
import { calendarOf } from '../load.ts';
import { FILES_SCOPE, importMessage } from './begin.ts';
import { type Plan, planLines } from './plan.ts';
import { findReserved } from './reserved.ts';

type Outcome = {
  entry: Pick<Import, 'state' | 'lines' | 'skipped'>;
  message: OutgoingMessage;
};

/** Reads the file and shows what would come of it; nothing is written. Rejects to be tried again. */
export async function readImport(
  deps: Deps,
  key: { workspaceId: string; id: string },
  context: RunContext,
): Promise<void> {
  const entry = await deps.delegations.findImport(key);
  if (entry?.state !== 'reading') return;
  try {
    await settle(deps, entry, await examine(deps, entry));
  } catch (error) {
    if (error instanceof UserFacingError) {
      await settle(deps, entry, refuse(entry, error.message));
      return;
    }
    if (!context.isLastAttempt) throw error;
    deps.log.error({ err: error, import: entry.id }, 'an import could not be read');
    await settle(deps, entry, refuse(entry, IMPORT_FAULTS.broke));
  }
}

function refuse(entry: Import, message: string): Outcome {
  return {
    entry: { state: 'refused', lines: [], skipped: 0 },
    message: buildProblems(entry, { problems: [{ line: null, message }], total: 0 }),
  };
}

async function settle(deps: Deps, read: Import, outcome: Outcome): Promise<void> {
  await deps.transact(async (stores) => {
    const entry = await stores.delegations.lockImport(read);
    if (entry?.state !== 'reading') return;
    await stores.delegations.saveImport({ ...entry, ...outcome.entry });
    await stores.outbox.show({ ...importMessage(entry), message: outcome.message });
  });
}

async function examine(deps: Deps, entry: Import): Promise<Outcome> {
  const { workspaceId, pairId, createdBy: userId } = entry;
  const caller = { workspaceId, userId };
  const { pair } = await authorize(deps, caller, { pairId, to: 'delegations.create' });
  const text = decodeTable(await download(deps, entry));
  if (!text.ok) return refuse(entry, text.message);
  const table = readTable(text.value);
  const calendar = await calendarOf(deps, pair, 'ea');
  const total = table.lines.length;
  const plan = await planLines(table.lines, {
    pairId,
    calendar,
    zone: (roleOf(pair, userId) === 'ea' ? pair.ea : pair.executive).zone,
    categories: await listCategoryNames(deps, pair),
    now: deps.now(),
    onProgress: async (checked) =>
      deps.outbox.show({
        ...importMessage(entry),
        message: buildReading(entry, { checked, total }),
      }),
  });
  const known = await findKnownTasks(deps, entry, plan);
  const wrong = plan.problems.filter(({ taskId }) => taskId === null || !known.has(taskId));
  const problems = [...table.problems, ...wrong].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  if (problems.length > 0)
    return {
      entry: { state: 'refused', lines: [], skipped: 0 },
      message: buildProblems(entry, { problems, total: total + table.problems.length }),
    };
  const lines = plan.lines.filter(({ id }) => !known.has(id));
  const reserved = await findReserved(deps, { pair, lines, now: deps.now() });
  const { unknown } = table;
  return preview(entry, { lines, skipped: known.size, pair, calendar, unknown, reserved });
}

/** Tasks of the file that exist: imported before, or named by the id that a copy of the tasks gives them. */
async function findKnownTasks(
  deps: Deps,
  { workspaceId, pairId }: Import,
  { lines, problems, externalIds }: Plan,
): Promise<ReadonlySet<string>> {
  const ids = [...lines.map(({ id }) => id), ...problems.map(({ taskId }) => taskId)];
  const asked = [...ids.filter((id) => id !== null), ...externalIds.values()];
  const found = await deps.delegations.findKnown({ workspaceId, pairId }, asked);
  const known = ids.filter(
    (id) => id !== null && (found.has(id) || found.has(externalIds.get(id) ?? '')),
  );
  return new Set(known.filter((id) => id !== null));
}

function preview(
  read: Import,
  o: {
    lines: ImportLine[];
    skipped: number;
    pair: Pair;
    calendar: WorkingCalendar;
    unknown: string[];
    reserved: Reserved[];
  },
): Outcome {
  const { lines, skipped, pair, unknown, reserved } = o;
  const entry = { ...read, lines, skipped };
  if (lines.length === 0)
    return { entry: { state: 'refused', lines, skipped }, message: buildNothingNew(entry) };
  const onLeave = lines.filter(({ dueAt }) => isOnLeave(dueAt, o.calendar)).length;
  return {
    entry: { state: 'ready', lines, skipped },
    message: buildPreview(entry, { pair, unknown, onLeave, reserved }),
  };
}

function isOnLeave(dueAt: string | null, { away = [] }: WorkingCalendar): boolean {
  if (dueAt === null || away.length === 0) return false;
  const at = DateTime.fromISO(dueAt);
  return away.some(({ from, until }) => from < at && at < until);
}

async function download(deps: Deps, entry: Import): Promise<Uint8Array> {
  const { workspaceId, fileId, createdBy: userId } = entry;
  const client = await deps.slack.clientFor(workspaceId);
  if (!client) throw new Error('the app is not installed in this workspace any more');
  const file = await fetchFile(client, { fileId, userId, maxBytes: MAX_FILE_BYTES });
  if (file.ok) return file.bytes;
  if (file.because !== 'missing_scope') throw new UserFacingError(IMPORT_FAULTS[file.because]);
  const asked = { workspaceId, scope: FILES_SCOPE, purpose: 'read a file that you choose' };
  throw new UserFacingError((await deps.slack.explainMissingScope(asked)) ?? IMPORT_FAULTS.gone);
}

import type { DateTime } from 'luxon';
import type { Database } from '../database/index.ts';
import { DELIVERY_STATES, type DeliveryState } from '../slack/deliveries/domain.ts';
import { type Letter, listLetters, readLetter, resend } from '../slack/deliveries/store/letters.ts';
import { UsageError } from './usage.ts';

export type DeliveryOptions = {
  state?: string | undefined;
  workspace?: string | undefined;
  error?: string | undefined;
  all?: boolean | undefined;
  limit?: string | undefined;
};

type On = { database: Database; now: DateTime; print: (line: string) => void };

/** What was asked for, understood; answers whether all of it could be done. */
export type Deed = (on: On) => Promise<boolean>;

/** Understands `list | show | resend` before any database is opened; throws a UsageError. */
export function readDeed(words: readonly string[], options: DeliveryOptions): Deed {
  const [verb, ...ids] = words;
  switch (verb) {
    case 'list':
      return list(options);
    case 'show':
      return show(ids);
    case 'resend':
      return sendAgain(ids, options);
    default:
      throw new UsageError(verb ? `There is no "deliveries ${verb}".` : 'What about deliveries?');
  }
}

function list(options: DeliveryOptions): Deed {
  const { workspace, error } = options;
  const state = readState(options.state ?? 'failed');
  const wanted = {
    limit: readLimit(options.limit),
    ...(state && { state }),
    ...(workspace && { workspaceId: workspace }),
    ...(error && { error }),
  };
  return async ({ database, print }) => {
    const { letters, total } = await listLetters(database.prisma, wanted);
    for (const line of describeList({ letters, total, state })) print(line);
    return true;
  };
}

function describeList(o: {
  letters: readonly Letter[];
  total: number;
  state: DeliveryState | null;
}): string[] {
  const { letters, total, state } = o;
  const which = state ? `${state} ` : '';
  if (total === 0) return [`There are no ${which}deliveries.`];
  const summary =
    letters.length < total
      ? `The newest ${letters.length} of ${total} ${which}deliveries. See more with --limit.`
      : `${total} ${which}${total === 1 ? 'delivery' : 'deliveries'}.`;
  return [...formatTable(letters), summary];
}

function readState(word: string): DeliveryState | null {
  if (word === 'all') return null;
  const state = DELIVERY_STATES.find((one) => one === word);
  if (!state)
    throw new UsageError(
      `There is no state "${word}". There are: ${DELIVERY_STATES.join(', ')}, all.`,
    );
  return state;
}

function readLimit(text = '100'): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageError('--limit takes a number of lines.');
  return Number(text);
}

function formatTable(letters: readonly Letter[]): string[] {
  const rows = letters.map((one) => [
    one.id,
    one.workspaceId,
    one.state,
    one.error ?? '-',
    one.kind,
    one.recipient,
    String(one.attempts),
    one.createdAt.toISO() ?? '',
  ]);
  const head = ['ID', 'WORKSPACE', 'STATE', 'ERROR', 'KIND', 'TO', 'TRIES', 'WRITTEN'];
  const table = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function show(ids: readonly string[]): Deed {
  const [id, ...more] = ids;
  if (!id || more.length > 0) throw new UsageError('Name one delivery by its id.');
  return async ({ database, print }) => {
    const letter = await readLetter(database.prisma, id);
    print(letter ? JSON.stringify(letter, null, 2) : `There is no delivery ${id}.`);
    return letter !== null;
  };
}

function sendAgain(ids: string[], { all, error, workspace }: DeliveryOptions): Deed {
  if (all ? ids.length > 0 || !error : ids.length === 0 || error)
    throw new UsageError(
      'Name deliveries by their ids, or all that failed in one way with --all --error WORD.',
    );
  const which = all && error ? { error, workspaceId: workspace } : { ids };
  return async ({ database, now, print }) => {
    const found = await database.prisma.$transaction((tx) => resend(tx, which, now));
    const when = database.kind === 'embedded' ? 'when Tandem starts' : 'within half a minute';
    print(
      found.length === 0
        ? 'Nothing is to be sent again.'
        : `${found.length} ${found.length === 1 ? 'is' : 'are'} sent again ${when}.`,
    );
    const missing = ids.filter((id) => !found.includes(id));
    for (const id of missing) print(`${id} is no delivery that failed.`);
    return missing.length === 0;
  };
}

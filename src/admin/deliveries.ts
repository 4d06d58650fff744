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

type Asked = {
  database: Database;
  now: DateTime;
  words: string[];
  options: DeliveryOptions;
  print: (line: string) => void;
};

/** `deliveries list | show | resend`; answers whether all that was asked for could be done. */
export async function runDeliveries(o: Asked): Promise<boolean> {
  const [verb, ...ids] = o.words;
  switch (verb) {
    case 'list':
      return await list(o);
    case 'show':
      return await show({ ...o, words: ids });
    case 'resend':
      return await sendAgain({ ...o, words: ids });
    default:
      throw new UsageError(verb ? `There is no "deliveries ${verb}".` : 'What about deliveries?');
  }
}

async function list(o: Asked): Promise<boolean> {
  const { workspace, error } = o.options;
  const state = readState(o.options.state ?? 'failed');
  const { letters, total } = await listLetters(o.database.prisma, {
    limit: readLimit(o.options.limit),
    ...(state && { state }),
    ...(workspace && { workspaceId: workspace }),
    ...(error && { error }),
  });
  const which = state ? `${state} ` : '';
  if (total === 0) {
    o.print(`There are no ${which}deliveries.`);
    return true;
  }
  for (const line of formatTable(letters)) o.print(line);
  o.print(
    letters.length < total
      ? `The newest ${letters.length} of ${total} ${which}deliveries. See more with --limit.`
      : `${total} ${which}${total === 1 ? 'delivery' : 'deliveries'}.`,
  );
  return true;
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

async function show(o: Asked): Promise<boolean> {
  const [id, ...more] = o.words;
  if (!id || more.length > 0) throw new UsageError('Name one delivery by its id.');
  const letter = await readLetter(o.database.prisma, id);
  o.print(letter ? JSON.stringify(letter, null, 2) : `There is no delivery ${id}.`);
  return letter !== null;
}

async function sendAgain(o: Asked): Promise<boolean> {
  const { all, error, workspace } = o.options;
  const ids = o.words;
  if (all ? ids.length > 0 || !error : ids.length === 0 || error)
    throw new UsageError(
      'Name deliveries by their ids, or all that failed in one way with --all --error WORD.',
    );
  const found = await o.database.prisma.$transaction((tx) =>
    resend(tx, all && error ? { error, workspaceId: workspace } : { ids }, o.now),
  );
  const when = o.database.kind === 'embedded' ? 'when Tandem starts' : 'within half a minute';
  o.print(
    found.length === 0
      ? 'Nothing is to be sent again.'
      : `${found.length} ${found.length === 1 ? 'is' : 'are'} sent again ${when}.`,
  );
  const missing = ids.filter((id) => !found.includes(id));
  for (const id of missing) o.print(`${id} is no delivery that failed.`);
  return missing.length === 0;
}

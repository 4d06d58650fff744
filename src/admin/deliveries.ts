import { DELIVERY_STATES, type DeliveryState } from '../slack/deliveries/domain.ts';
import { type Letter, listLetters, readLetter, resend } from '../slack/deliveries/store/letters.ts';
import { noteOperator } from './audit.ts';
import { type Command, type Options, onDatabase, type Task, textOf } from './command.ts';
import { formatTable } from './table.ts';
import { UsageError } from './usage.ts';

const USAGE = `npm run admin -- deliveries list [--state STATE] [--workspace ID] [--error WORD] [--limit N]
npm run admin -- deliveries show ID
npm run admin -- deliveries resend ID...
npm run admin -- deliveries resend --all --error WORD [--workspace ID]

Messages that could not be delivered. list shows failed ones unless --state names another state or "all"; it never
shows what a message says, only show does. resend sends failed ones again.`;

/** Looks at messages that could not be delivered, and sends them again. */
export const deliveries: Command = {
  subject: 'deliveries',
  options: {
    state: { type: 'string' },
    workspace: { type: 'string' },
    error: { type: 'string' },
    limit: { type: 'string' },
    all: { type: 'boolean' },
  },
  usage: USAGE,
  read([verb, ...ids], options) {
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
  },
};

function list(options: Options): Task {
  const workspace = textOf(options, 'workspace');
  const error = textOf(options, 'error');
  const state = readState(textOf(options, 'state') ?? 'failed');
  const wanted = {
    limit: readLimit(textOf(options, 'limit')),
    ...(state && { state }),
    ...(workspace && { workspaceId: workspace }),
    ...(error && { error }),
  };
  return onDatabase(async ({ database, print }) => {
    const { letters, total } = await listLetters(database.prisma, wanted);
    for (const line of describeList({ letters, total, state })) print(line);
    return true;
  });
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
  return [...formatTable(toRows(letters)), summary];
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

function toRows(letters: readonly Letter[]): string[][] {
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
  return [['ID', 'WORKSPACE', 'STATE', 'ERROR', 'KIND', 'TO', 'TRIES', 'WRITTEN'], ...rows];
}

function show(ids: readonly string[]): Task {
  const [id, ...more] = ids;
  if (!id || more.length > 0) throw new UsageError('Name one delivery by its id.');
  return onDatabase(async ({ database, now, print }) => {
    const letter = await readLetter(database.prisma, id);
    if (letter)
      await noteOperator(database.prisma, {
        action: 'records.read',
        of: { id: letter.workspaceId },
        subject: { kind: 'record', id },
        now,
      });
    print(letter ? JSON.stringify(letter, null, 2) : `There is no delivery ${id}.`);
    return letter !== null;
  });
}

function sendAgain(ids: string[], options: Options): Task {
  const all = options['all'] === true;
  const error = textOf(options, 'error');
  const workspace = textOf(options, 'workspace');
  if (all ? ids.length > 0 || !error : ids.length === 0 || error)
    throw new UsageError(
      'Name deliveries by their ids, or all that failed in one way with --all --error WORD.',
    );
  const which = all && error ? { error, workspaceId: workspace } : { ids };
  return onDatabase(async ({ database, now, print }) => {
    const found = await database.prisma.$transaction(async (tx) => {
      const ids = await resend(tx, which, now);
      const of = { deliveries: { some: { id: { in: ids } } } };
      await noteOperator(tx, { action: 'messages.resent', of, now });
      return ids;
    });
    const when = database.kind === 'embedded' ? 'when Tandem starts' : 'within half a minute';
    print(
      found.length === 0
        ? 'Nothing is to be sent again.'
        : `${found.length} ${found.length === 1 ? 'is' : 'are'} sent again ${when}.`,
    );
    const missing = ids.filter((id) => !found.includes(id));
    for (const id of missing) print(`${id} is no delivery that failed.`);
    return missing.length === 0;
  });
}

import { mayDo, NOT_SET_UP } from '../../access/index.ts';
import { listCategoryNames } from '../../charter/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { type Pair, partnerOf, roleOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { escapeText } from '../../slack/text.ts';
import { formatInBothZones } from '../../time/format.ts';
import { readDelegateCommand } from '../domain/command.ts';
import { MAX_DONE, MAX_TITLE, type Source } from '../domain/delegation.ts';
import { type DelegationFields, NO_FIELDS } from '../views/fields.ts';
import type { DelegationForm } from '../views/form.ts';
import { loadDelegation } from './load.ts';

/** The caller's pairs in which they can delegate. Rejects with a sentence when there are none. */
export async function loadPairs(stores: Stores, caller: Caller): Promise<Pair[]> {
  const pairs = await stores.pairs.listOf(caller.workspaceId, caller.userId);
  const own = pairs.filter((pair) => {
    const role = roleOf(pair, caller.userId);
    return role !== null && mayDo(role, 'delegations.create');
  });
  if (own.length > 0) return own;
  throw new UserFacingError(NOT_SET_UP);
}

/** The form for what was typed behind the command, or for a message: as much filled in as is known. */
export async function prepareNew(
  deps: Deps,
  caller: Caller,
  o: { typed: string; channelId: string | null; source?: Source | null; notice?: string | null },
): Promise<DelegationForm> {
  const pairs = await loadPairs(deps, caller);
  const { userId, words } = readDelegateCommand(o.typed);
  const named = userId === null ? null : findNamed(pairs, { caller, userId });
  const here = pairs.find((pair) => pair.channelId === o.channelId);
  const pair = named?.pair ?? here ?? (pairs.length === 1 ? pairs[0] : undefined) ?? null;
  const isLong = words.length > MAX_TITLE;
  const fields: DelegationFields = {
    ...NO_FIELDS,
    pairId: pair?.id ?? null,
    title: words,
    definitionOfDone: isLong && !o.source ? words.slice(0, MAX_DONE) : '',
  };
  const of = pair ?? pairs[0];
  const categories = of ? await listCategoryNames(deps, of) : [];
  const form = toForm({ caller, pairs, pair, fields, source: o.source ?? null, categories });
  const notice = named?.notice ?? o.notice ?? (isLong && !o.source ? TOO_LONG : null);
  return { ...form, notice };
}

const TOO_LONG = `The title was longer than ${MAX_TITLE} characters. All of it is below: shorten both.`;

/** The pair of somebody who was named, or why it is none. */
function findNamed(
  pairs: readonly Pair[],
  o: { caller: Caller; userId: string },
): { pair: Pair | null; notice: string | null } {
  const { caller, userId } = o;
  const pair = pairs.find((one) => partnerOf(one, caller.userId).userId === userId);
  if (pair) return { pair, notice: null };
  const names = pairs.map((one) => one.ea.name).join(' or ');
  if (userId !== caller.userId)
    return {
      pair: null,
      notice: `You can hand work over only within your pair, so this would go to ${names}.`,
    };
  return pairs.some((one) => one.ea.userId === userId)
    ? { pair: null, notice: null }
    : {
        pair: null,
        notice: `You cannot delegate to yourself, so this would go to ${names}. For yourself there is /ea-remind.`,
      };
}

/** The form with what it was filled with, for one pair or with a choice of pairs. */
export function toForm(o: {
  caller: Caller;
  pairs: readonly Pair[];
  pair: Pair | null;
  fields: DelegationFields;
  source: Source | null;
  /** Names of the pair's categories. */
  categories: readonly string[];
}): DelegationForm {
  const { caller, pairs, pair, fields } = o;
  const partner = pair && partnerOf(pair, caller.userId);
  const mine = pair && roleOf(pair, caller.userId) === 'ea' ? pair.ea.zone : pair?.executive.zone;
  const differ = partner && mine && partner.zone !== mine;
  return {
    ...fields,
    carried: {
      delegationId: null,
      version: 0,
      pairId: pair?.id ?? null,
      seen: null,
      source: o.source,
    },
    pairs: pairs.map((one) => ({
      id: one.id,
      label: `${one.ea.name}, with ${one.executive.name}`,
    })),
    clocks: differ ? { mine, theirs: partner.zone, theirName: partner.name } : null,
    categories: o.categories,
    notice: null,
    preview: [],
    awayOptions: [],
  };
}

/** The form with what an existing one says. */
export async function prepareEdit(deps: Deps, caller: Caller, id: string): Promise<DelegationForm> {
  const { delegation, pair } = await loadDelegation(deps, { caller, id, to: 'delegations.edit' });
  if (delegation.deletedAt)
    throw new UserFacingError('This task was deleted. Restore it before you change it.');
  const { dueAt, dueZone, version } = delegation;
  const mine = (pair.executive.userId === caller.userId ? pair.executive : pair.ea).zone;
  const theirs = partnerOf(pair, caller.userId).zone;
  const clock = dueZone === mine ? 'mine' : 'theirs';
  const due = dueAt?.setZone(clock === 'mine' ? mine : theirs);
  const { title, definitionOfDone, priority, level, category, estimateMinutes, sopUrl } =
    delegation;
  const fields: DelegationFields = {
    pairId: pair.id,
    title,
    definitionOfDone,
    priority,
    level,
    category,
    estimateMinutes,
    sopUrl,
    dueOn: due?.toISODate() ?? null,
    dueTime: due?.toFormat('HH:mm') ?? null,
    clock,
    away: null,
  };
  const categories = await listCategoryNames(deps, pair);
  const { source } = delegation;
  const form = toForm({ caller, pairs: [pair], pair, fields, source, categories });
  const seen = dueAt ? `${dueAt.toMillis()} ${pair.id}` : null;
  return { ...form, carried: { ...form.carried, delegationId: id, version, seen } };
}

/** An instant on the clocks of both, the EA's first, for mrkdwn. */
export function inBothZones(at: Parameters<typeof formatInBothZones>[0], pair: Pair): string {
  return escapeText(formatInBothZones(at, pair.ea.zone, pair.executive.zone));
}

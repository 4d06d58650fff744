import type { DateTime } from 'luxon';
import { authorize, listRoles, mayDo, NOT_SET_UP } from '../../access/index.ts';
import type { Deps } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { memberOf, type Pair, roleOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { type WorkingCalendar, workingTimeBetween } from '../../time/working-time.ts';
import { isBlockedByExecutive } from '../domain/delegation.ts';
import { COUNTED_TO, type Filter, filterTimes } from '../domain/filters.ts';
import { RATING_DAYS } from '../domain/rating.ts';
import { LIST_FILTERS, type ListPage, PAGE_SIZE } from '../views/list.ts';
import type { ListPlace } from '../views/values.ts';
import { calendarOf } from './load.ts';

export type ListCommand =
  | { kind: 'help' }
  | { kind: 'import' }
  | { kind: 'export' }
  | { kind: 'list'; filter: Filter }
  | { kind: 'one'; number: number };

/** What is typed behind `/ea-tasks`: nothing, a filter, or a number. */
export function readListCommand(text: string): ListCommand {
  const typed = text.toLowerCase();
  const number = /^#?(\d{1,9})$/.exec(typed)?.[1];
  if (number) return { kind: 'one', number: Number(number) };
  if (typed === 'import' || typed === 'export') return { kind: typed };
  if (typed === '') return { kind: 'list', filter: 'mine' };
  const filter = LIST_FILTERS.find((one) => one === (SYNONYMS[typed] ?? typed));
  return filter ? { kind: 'list', filter } : { kind: 'help' };
}

const SYNONYMS: Record<string, Filter> = { done: 'closed', 'this week': 'week', list: 'mine' };

/** Where a list begins: the pair of this channel, else the first one. */
export async function startOfList(
  deps: Deps,
  o: { caller: Caller; channelId: string | null; filter: Filter },
): Promise<ListPlace> {
  const pairs = await readablePairs(deps, o.caller);
  const pair = pairs.find(({ channelId }) => channelId === o.channelId) ?? pairs[0];
  if (!pair) throw new UserFacingError(NOT_SET_UP);
  return { pairId: pair.id, filter: o.filter, offset: 0 };
}

/** Those whose tasks the caller may read, their own ones first. */
async function readablePairs(deps: Deps, caller: Caller): Promise<Pair[]> {
  const roles = await listRoles(deps, caller);
  return roles.flatMap(({ pair, role }) => (mayDo(role, 'delegations.read') ? [pair] : []));
}

/** One page of one filter, with the counts of all. */
export async function prepareList(
  deps: Deps,
  o: { caller: Caller; place: ListPlace },
): Promise<ListPage> {
  const { caller, place } = o;
  const { pair, role: reader } = await authorize(deps, caller, {
    pairId: place.pairId,
    to: 'delegations.read',
  });
  const pairs = await readablePairs(deps, caller);
  const role = roleOf(pair, caller.userId);
  const now = deps.now();
  const key = { workspaceId: caller.workspaceId, pairId: pair.id };
  const times = filterTimes(now, memberOf(pair, role ?? 'ea').zone);
  const counts = await deps.delegations.counts(key, { filters: LIST_FILTERS, times });
  const total = counts.get(place.filter) ?? 0;
  const offset = place.offset >= total && total <= COUNTED_TO ? lastPage(total) : place.offset;
  const of = { filter: place.filter, times, offset, size: PAGE_SIZE };
  const delegations = await deps.delegations.page(key, of);
  const executive = await calendarOf(deps, pair, 'executive');
  const waits = new Map(
    delegations
      .filter(({ state }) => isBlockedByExecutive(state))
      .map(({ id, stateSinceAt }) => [id, workingTimeBetween(executive, stateSinceAt, now)]),
  );
  return {
    pair,
    others: pairs.filter(({ id }) => id !== pair.id),
    role,
    place: { ...place, offset },
    counts,
    delegations,
    waits,
    blocked: describeBlocked(await deps.delegations.blockedSince(key, MOST_BLOCKED), {
      executive,
      now,
    }),
    ratings:
      place.filter === 'closed' && mayDo(reader, 'ratings.read')
        ? await deps.delegations.averageRating(key, now.minus({ days: RATING_DAYS }))
        : null,
  };
}

function lastPage(total: number): number {
  return Math.max(0, Math.ceil(total / PAGE_SIZE) - 1) * PAGE_SIZE;
}

/** Tasks looked at to say how long the EA has been kept waiting. */
const MOST_BLOCKED = 100;

/** How long the EA has been waiting for the executive, in the executive's working time, over all that waits now. */
function describeBlocked(
  since: readonly DateTime[],
  o: { executive: WorkingCalendar; now: DateTime },
): ListPage['blocked'] {
  if (since.length === 0) return null;
  const waits = since.map((from) => workingTimeBetween(o.executive, from, o.now));
  return {
    count: since.length,
    isMore: since.length === MOST_BLOCKED,
    totalMinutes: Math.floor(waits.reduce((sum, one) => sum + one, 0) / 60_000),
    longestMinutes: Math.floor(Math.max(...waits) / 60_000),
  };
}

import type { DateTime } from 'luxon';
import type { Deps, Stores } from '../../deps.ts';
import type { Pair, Role } from '../../pairs/index.ts';
import type { Delegation } from '../domain/delegation.ts';
import { COUNTED_TO, filterTimes } from '../domain/filters.ts';
import {
  type Calendars,
  dueNow,
  firstNoticeAt,
  markSaid,
  type Notice,
  planNotices,
  stillHolds,
} from '../domain/notices.ts';
import { buildNotices, buildOverdue, type NoticeLine } from '../views/notices.ts';
import { loadCalendars } from './load.ts';

/** Rows of one transaction. */
const BATCH = 200;
/** Overdue ones that are named; the others are counted. */
const OVERDUE_NAMED = 8;

type PairDue = { pair: Pair; calendars: Calendars };
type Said = { delegation: Delegation; notice: Notice; pair: Pair };

/** Says what is to be said by now, each person one message for all of it. */
export async function sweepNotices(deps: Deps): Promise<void> {
  let claimed: number;
  do {
    claimed = await deps.transact(async (stores) => {
      const now = deps.now();
      const due = await stores.delegations.claimDue(now, BATCH);
      const pairs = new Map<string, PairDue | null>();
      const said: Said[] = [];
      for (const delegation of due) {
        const { pairId } = delegation;
        const of = pairs.has(pairId) ? pairs.get(pairId) : await loadPairDue(stores, delegation);
        pairs.set(pairId, of ?? null);
        said.push(...(await settle(stores, { delegation, of: of ?? null, now })));
      }
      await tell(stores, { said, now });
      return due.length;
    });
  } while (claimed === BATCH);
}

/** When there next is something to say. */
export async function nextNoticeAt(deps: Deps): Promise<DateTime | null> {
  return await deps.delegations.nextNoticeAt();
}

/** Plans anew what is to be said about a pair's open work, because somebody's hours have changed. */
export async function replanNotices(
  stores: Stores,
  o: { pair: Pair; now: DateTime },
): Promise<void> {
  const { workspaceId, id: pairId } = o.pair;
  await stores.delegations.lookAgain({ workspaceId, pairId }, o.now);
}

async function loadPairDue(stores: Stores, delegation: Delegation): Promise<PairDue | null> {
  const pair = await stores.pairs.find(delegation.workspaceId, delegation.pairId);
  if (!pair || pair.endedAt) return null;
  return { pair, calendars: await loadCalendars(stores, pair) };
}

/** Notes what is said about one now and plans the next; nothing is said once the two have parted. */
async function settle(
  stores: Stores,
  o: { delegation: Delegation; of: PairDue | null; now: DateTime },
): Promise<Said[]> {
  const { delegation, of, now } = o;
  if (!of) {
    await stores.delegations.noteSaid(delegation, { said: delegation.said, noticeAt: null });
    return [];
  }
  const { pair, calendars } = of;
  const due = dueNow(planNotices(delegation, { calendars, now }), now);
  const said = markSaid(delegation, due);
  const later = planNotices({ ...delegation, said }, { calendars, now });
  await stores.delegations.noteSaid(delegation, { said, noticeAt: firstNoticeAt(later) });
  return due
    .filter((notice) => stillHolds(delegation, { notice, now }))
    .map((notice) => ({ delegation, notice, pair }));
}

async function tell(stores: Stores, o: { said: readonly Said[]; now: DateTime }): Promise<void> {
  const groups = Map.groupBy(
    o.said.filter(({ notice }) => notice.kind !== 'overdue'),
    ({ pair, notice }) => `${pair.workspaceId} ${pair.id} ${notice.to}`,
  );
  for (const group of groups.values()) {
    const [first] = group;
    if (first) await tellOne(stores, { group, pair: first.pair, to: first.notice.to });
  }
  const overdue = new Map(
    o.said
      .filter(({ notice }) => notice.kind === 'overdue')
      .map(({ pair }) => [`${pair.workspaceId} ${pair.ea.userId}`, pair]),
  );
  for (const pair of overdue.values()) await tellOverdue(stores, { pair, now: o.now });
}

async function tellOne(
  stores: Stores,
  o: { group: readonly Said[]; pair: Pair; to: Role },
): Promise<void> {
  const { pair, to } = o;
  const { workspaceId, id: pairId } = pair;
  // The later of two about one delegation says what the earlier one would have said.
  const latest = [...new Map(o.group.map((one) => [one.delegation.id, one])).values()];
  const ids = latest.map(({ delegation }) => delegation.id);
  const changes = await stores.delegations.lastChanges(workspaceId, ids);
  const lines: NoticeLine[] = latest.map(({ delegation, notice }) => ({
    kind: notice.kind,
    delegation,
    last: changes.get(delegation.id),
  }));
  const [first] = latest;
  if (!first) return;
  await stores.outbox.post({
    workspaceId,
    pairId,
    key: `delegations-notice:${first.delegation.id}:${first.notice.mark}`,
    purpose: 'alert',
    recipient: pair[to].userId,
    forBoth: true,
    message: buildNotices({ pair, to, lines }),
  });
}

/** One message for each local day of the EA, about all their pairs. */
async function tellOverdue(stores: Stores, o: { pair: Pair; now: DateTime }): Promise<void> {
  const { now } = o;
  const { workspaceId, ea } = o.pair;
  const pairs = await stores.pairs.listOf(workspaceId, ea.userId);
  const times = filterTimes(now, ea.zone);
  const groups = [];
  for (const pair of pairs.filter((one) => one.ea.userId === ea.userId)) {
    const key = { workspaceId, pairId: pair.id };
    const filter = 'overdue' as const;
    const counts = await stores.delegations.counts(key, { filters: [filter], times });
    const count = counts.get(filter) ?? 0;
    if (count === 0) continue;
    const size = OVERDUE_NAMED;
    const delegations = await stores.delegations.page(key, { filter, times, offset: 0, size });
    const isMore = count > COUNTED_TO;
    groups.push({ pair, delegations, total: Math.min(count, COUNTED_TO), isMore });
  }
  const [first, second] = groups;
  if (!first) return;
  await stores.outbox.post({
    workspaceId,
    // What is about several pairs may stand in the channel of none of them.
    ...(!second && { pairId: first.pair.id, forBoth: true }),
    key: `delegations-overdue:${ea.userId}:${now.setZone(ea.zone).toISODate()}`,
    purpose: 'alert',
    recipient: ea.userId,
    message: buildOverdue(groups.slice(0, 5)),
  });
}

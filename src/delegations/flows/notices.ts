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
  type NoticeKind,
  planNotices,
  stillHolds,
} from '../domain/notices.ts';
import { replanJob } from '../queues.ts';
import { buildNotices, buildOverdue, type NoticeLine } from '../views/notices.ts';
import { loadCalendars } from './load.ts';

/** Rows of one transaction. */
const BATCH = 200;
/** Rows that are looked at in one step when hours have changed. */
const LOOK_AT = 500;
const ABOVE_ALL = 2 ** 31 - 1;
/** Overdue ones that are named; the others are counted. */
const OVERDUE_NAMED = 8;

type PairDue = { pair: Pair; calendars: Calendars };
type Note = { of: Delegation; said: string[]; noticeAt: DateTime | null };
/** What one person is told about one pair in one sweep. */
type Message = { key: string; lines: readonly NoticeLine[] };
type Told = Map<string, Message>;
type Said = { delegation: Delegation; notice: Notice; pair: Pair };

/** Says what is to be said by now, each person one message for all of it. */
export async function sweepNotices(deps: Deps): Promise<void> {
  const before: Told = new Map();
  let claimed: number;
  do {
    claimed = await deps.transact(async (stores) => {
      const now = deps.now();
      const due = await stores.delegations.claimDue(now, BATCH);
      const pairs = new Map<string, PairDue | null>();
      const said: Said[] = [];
      const notes: Note[] = [];
      for (const delegation of due) {
        const { pairId } = delegation;
        const of = pairs.has(pairId) ? pairs.get(pairId) : await loadPairDue(stores, delegation);
        pairs.set(pairId, of ?? null);
        const settled = settle({ delegation, of: of ?? null, now });
        said.push(...settled.said);
        notes.push(settled.note);
      }
      await stores.delegations.noteSaid(notes);
      await tell(stores, { said, now, before });
      return due.length;
    });
  } while (claimed === BATCH);
}

/** When there next is something to say. */
export async function nextNoticeAt(deps: Deps): Promise<DateTime | null> {
  return await deps.delegations.nextNoticeAt();
}

/** Plans anew what is to be said about a pair's open work, because somebody's hours have changed: the oldest of very much later. */
export async function replanNotices(
  stores: Stores,
  o: { pair: Pair; now: DateTime },
): Promise<void> {
  const { workspaceId, id: pairId } = o.pair;
  const page = { now: o.now, below: ABOVE_ALL, limit: LOOK_AT };
  const below = await stores.delegations.lookAgain({ workspaceId, pairId }, page);
  if (below !== null) await stores.enqueue(replanJob, [{ workspaceId, pairId, below }]);
}

/** What `replanNotices` has left for later. Rejects to be tried again. */
export async function replanRest(
  deps: Deps,
  of: { workspaceId: string; pairId: string; below: number },
): Promise<void> {
  let below: number | null = of.below;
  while (below !== null)
    below = await deps.delegations.lookAgain(of, { now: deps.now(), below, limit: LOOK_AT });
}

async function loadPairDue(stores: Stores, delegation: Delegation): Promise<PairDue | null> {
  const pair = await stores.pairs.find(delegation.workspaceId, delegation.pairId);
  if (!pair || pair.endedAt) return null;
  return { pair, calendars: await loadCalendars(stores, pair) };
}

/** What is said about one now, and when to look again; nothing is said once the two have parted. */
function settle(o: { delegation: Delegation; of: PairDue | null; now: DateTime }): {
  said: Said[];
  note: Note;
} {
  const { delegation, of, now } = o;
  if (!of) return { said: [], note: { of: delegation, said: delegation.said, noticeAt: null } };
  const { pair, calendars } = of;
  const agreed = { calendars, tasks: pair.tasks, now };
  const due = dueNow(planNotices(delegation, agreed), now);
  const said = markSaid(delegation, due);
  const later = planNotices({ ...delegation, said }, agreed);
  return {
    said: due
      .filter((notice) => stillHolds(delegation, { notice, now }))
      .map((notice) => ({ delegation, notice, pair })),
    note: { of: delegation, said, noticeAt: firstNoticeAt(later) },
  };
}

async function tell(
  stores: Stores,
  o: { said: readonly Said[]; now: DateTime; before: Told },
): Promise<void> {
  const groups = Map.groupBy(
    o.said.filter(({ notice }) => notice.kind !== 'overdue'),
    ({ pair, notice }) => `${pair.workspaceId} ${pair.id} ${notice.to}`,
  );
  for (const [name, group] of groups) {
    const [first] = group;
    if (!first) continue;
    const { pair, notice } = first;
    const before = o.before.get(name) ?? null;
    const told = await tellOne(stores, { group, pair, to: notice.to, before });
    if (told) o.before.set(name, told);
  }
  const overdue = new Map(
    o.said
      .filter(({ notice }) => notice.kind === 'overdue')
      .map(({ pair }) => [`${pair.workspaceId} ${pair.ea.userId}`, pair]),
  );
  for (const pair of overdue.values()) await tellOverdue(stores, { pair, now: o.now });
}

/** One message, which grows when there is more to say than one batch holds. */
async function tellOne(
  stores: Stores,
  o: { group: readonly Said[]; pair: Pair; to: Role; before: Message | null },
): Promise<Message | null> {
  const { group, pair, to } = o;
  const { workspaceId, id: pairId } = pair;
  // The later of two about one delegation says what the earlier one would have said.
  const latest = [...new Map(group.map((one) => [one.delegation.id, one])).values()];
  const ids = latest.map(({ delegation }) => delegation.id);
  const changes = await stores.delegations.lastChanges(workspaceId, ids);
  const fresh = latest.flatMap(({ delegation, notice }): NoticeLine[] => {
    const last = changes.get(delegation.id);
    const kind = lineOf(notice.kind, { delegation, last });
    return kind ? [{ kind, delegation, last }] : [];
  });
  if (fresh.length === 0) return o.before;
  const lines = [...(o.before?.lines ?? []), ...fresh];
  const [first] = latest;
  const key = o.before?.key ?? `delegations-notice:${first?.delegation.id}:${first?.notice.mark}`;
  const entry = {
    workspaceId,
    pairId,
    key,
    purpose: 'alert' as const,
    recipient: pair[to].userId,
    forBoth: true,
    message: buildNotices({ pair, to, lines }),
  };
  if (o.before) await stores.outbox.show(entry);
  else await stores.outbox.post(entry);
  return { key, lines };
}

/** Null when what happened last is nothing to tell. */
function lineOf(
  kind: NoticeKind,
  { delegation, last }: Omit<NoticeLine, 'kind'>,
): NoticeLine['kind'] | null {
  if (kind !== 'news' && kind !== 'handed') return kind;
  if (last?.step === 'answer') return 'answered';
  const isEdit = last?.step === 'edit';
  if (kind === 'news') return isEdit ? 'changed' : null;
  // What was changed before its EA has heard of it is new to them all the same.
  const isKnown = delegation.said.some((mark) => mark.startsWith('handed@'));
  return isEdit && isKnown ? 'changed_terms' : 'handed';
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

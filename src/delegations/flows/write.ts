import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Stores } from '../../deps.ts';
import { type Pair, type Role, roleOf } from '../../pairs/index.ts';
import type {
  Delegation,
  DelegationContent,
  DelegationState,
  Source,
} from '../domain/delegation.ts';
import { type Change, type ChangeStep, milestonesOf } from '../domain/history.ts';
import {
  type Calendars,
  firstNoticeAt,
  marksOfBeginning,
  marksOfChange,
  planNotices,
  withoutNews,
} from '../domain/notices.ts';
import { loadCalendars } from './load.ts';
import { settleOffers } from './offer.ts';
import { linkSource, showCard } from './show.ts';

export type NewDelegation = DelegationContent & {
  /** Made anew when left out; two with one id are one, so work can be repeated safely. */
  id?: string;
  source?: Source | null;
  /** Whether a line is put under the message that it comes from: Tandem has to be in that channel. */
  isLinked?: boolean;
  createdBy: string;
  /** 'accepted' for what the EA writes down or what was agreed before, such as a duty. */
  state?: 'new' | 'accepted';
  /** Stands behind the first entry of its history. */
  note?: string | null;
};

/**
 * Hands work over: rows, numbers and cards, in the transaction of these stores. `isShown` false leaves the card out
 * until something happens to it; `isQuiet` says nothing of it but when it is due. Returns those that are new.
 */
export async function createDelegations(
  stores: Stores,
  o: {
    pair: Pair;
    content: readonly NewDelegation[];
    now: DateTime;
    isShown?: boolean;
    isQuiet?: boolean;
  },
): Promise<Delegation[]> {
  const { pair, now } = o;
  const key = { workspaceId: pair.workspaceId, pairId: pair.id };
  const calendars = await loadCalendars(stores, pair);
  const ids = o.content.map(({ id }) => id ?? randomUUID());
  const known = await stores.delegations.findKnown({ workspaceId: pair.workspaceId }, ids);
  const fresh = o.content.flatMap((content, index) => {
    const id = ids[index] ?? randomUUID();
    return known.has(id) ? [] : [{ ...content, id }];
  });
  if (fresh.length === 0) return [];
  const first = await stores.delegations.takeNumbers(key, fresh.length);
  const said = o.isQuiet ? marksOfBeginning(now) : [];
  // All of them begin now, so those of one state that are due at one time have the same notices.
  const noticeTimes = new Map<string, DateTime | null>();
  const findNoticeAt = (delegation: Delegation): DateTime | null => {
    const { state, dueAt } = delegation;
    const same = `${state} ${dueAt?.toMillis() ?? ''}`;
    const known = noticeTimes.get(same);
    if (known !== undefined) return known;
    const at = firstNoticeAt(planNotices(delegation, { calendars, tasks: pair.tasks, now }));
    noticeTimes.set(same, at);
    return at;
  };
  const made = fresh.map(
    ({ state = 'new', source = null, isLinked = false, note = null, ...content }, index) => {
      const delegation: Delegation = {
        ...key,
        ...content,
        source,
        number: first + index,
        state,
        stateSinceAt: now,
        createdAt: now,
        acceptedAt: state === 'accepted' ? now : null,
        deliveredAt: null,
        closedAt: null,
        deletedAt: null,
        version: 1,
        noticeAt: null,
        said,
      };
      const change: Change = {
        position: 1,
        step: 'create',
        from: null,
        to: state,
        byId: content.createdBy,
        at: now,
        why: note,
      };
      const noticeAt = findNoticeAt(delegation);
      return { delegation: { ...delegation, noticeAt }, changes: [change], isLinked };
    },
  );
  await stores.delegations.insert(made);
  if (o.isShown === false) return made.map(({ delegation }) => delegation);
  for (const { delegation, changes, isLinked } of made) {
    const [last] = changes;
    if (last) await showCard(stores, { pair, delegation, last });
    if (isLinked) await linkSource(stores, { pair, delegation });
    await settleOffers(stores, { pair, delegation });
  }
  return made.map(({ delegation }) => delegation);
}

/** As `createDelegations` for one; null when one with its id exists already. */
export async function createDelegation(
  stores: Stores,
  o: { pair: Pair; content: NewDelegation; now: DateTime },
): Promise<Delegation | null> {
  const { content, ...rest } = o;
  const [made] = await createDelegations(stores, { ...rest, content: [content] });
  return made ?? null;
}

/** Writes what happened to a locked delegation: its row, its history, its card, and what is to be said next. */
export async function writeChange(
  stores: Stores,
  o: {
    pair: Pair;
    delegation: Delegation;
    history: readonly Change[];
    calendars: Calendars;
    step: ChangeStep;
    to: DelegationState;
    byId: string;
    why: string | null;
    now: DateTime;
    /** Whether the other one is told of an edit; of an answer they always are. */
    isNews?: boolean;
  },
): Promise<Delegation> {
  const { delegation, history, calendars, step, to, byId, why, now } = o;
  const from = history.at(-1)?.to ?? null;
  const last: Change = { position: history.length + 1, step, from, to, byId, at: now, why };
  const milestones = milestonesOf([...history, last]);
  const version = delegation.version + 1;
  const told = o.isNews || step === 'answer' ? partnerOf(o.pair, byId) : null;
  const said = [...withoutNews(delegation.said), ...marksOfChange(version, told)];
  const changed = { ...delegation, ...milestones, state: to, version, said };
  const noticeAt = firstNoticeAt(planNotices(changed, { calendars, tasks: o.pair.tasks, now }));
  const written = { ...changed, noticeAt };
  await stores.delegations.save(written);
  await stores.delegations.addChange(delegation, last);
  await showCard(stores, { pair: o.pair, delegation: written, last });
  return written;
}

function partnerOf(pair: Pair, byId: string): Role | null {
  const role = roleOf(pair, byId);
  return role && (role === 'ea' ? 'executive' : 'ea');
}

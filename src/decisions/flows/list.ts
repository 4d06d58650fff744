import { authorize, NOT_SET_UP } from '../../access/index.ts';
import type { Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { type Pair, partnerOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { type Decision, type DecisionState, decisionMark } from '../domain/decision.ts';
import { tallyWaits } from '../domain/tally.ts';
import { type ListPage, type ListPlace, PAGE_SIZE } from '../views/list.ts';
import { type FlowDeps, namesOf, openScene } from './scene.ts';

/** Days that the answered ones of the figures go back. */
const TALLY_DAYS = 30;

const STATES: Record<ListPlace['tab'], DecisionState[]> = {
  waiting: ['open', 'expired', 'needs_more'],
  answered: ['answered', 'defaulted', 'acted', 'withdrawn'],
};

/** The pair whose decisions are meant: that of this channel, else the caller's oldest. */
export async function prepareFirstPage(
  deps: FlowDeps,
  caller: Caller,
  channelId: string,
): Promise<ListPage> {
  const pairs = await deps.pairs.listOf(caller.workspaceId, caller.userId);
  const pair = pairs.find((one) => one.channelId === channelId) ?? pairs[0];
  if (!pair) {
    throw new UserFacingError(NOT_SET_UP);
  }
  return await preparePage(deps, caller, { pairId: pair.id, tab: 'waiting', offset: 0 });
}

/** One decision by its number, in the first pair that has it: that of this channel comes before the others. */
export async function prepareOne(
  deps: FlowDeps,
  caller: Caller,
  o: { channelId: string; number: number },
): Promise<{ decision: Decision; page: ListPage }> {
  const { workspaceId } = caller;
  const pairs = await deps.pairs.listOf(workspaceId, caller.userId);
  for (const pair of hereFirst(pairs, o.channelId)) {
    const book = { workspaceId, pairId: pair.id };
    const decision = await deps.decisions.findByNumber(book, o.number);
    if (decision) {
      const of = { decisionId: decision.id, offset: 0 };
      return { decision, page: await preparePageOf(deps, caller, of) };
    }
  }
  const mark = decisionMark(o);
  throw new UserFacingError(`There is no decision ${mark}. /ea-decide list shows those that are.`);
}

function hereFirst(pairs: readonly Pair[], channelId: string): Pair[] {
  const isHere = (pair: Pair) => Number(pair.channelId === channelId);
  return pairs.toSorted((a, b) => isHere(b) - isHere(a));
}

/** One page of a pair's decisions, for either of the two. */
export async function preparePage(
  deps: FlowDeps,
  caller: Caller,
  place: ListPlace,
): Promise<ListPage> {
  return await deps.transact((stores) => readPage(stores, { caller, place, deps }));
}

async function readPage(
  stores: Stores,
  o: { caller: Caller; place: ListPlace; deps: Pick<FlowDeps, 'now'> },
): Promise<ListPage> {
  const { caller, place } = o;
  const { pair, role } = await authorize(stores, caller, {
    pairId: place.pairId,
    to: 'decisions.read',
  });
  const { clocks, now } = await openScene(stores, pair, o.deps.now());
  const book = { workspaceId: caller.workspaceId, pairId: pair.id };
  const states = STATES[place.tab];
  const of = { states, size: PAGE_SIZE };
  let { offset } = place;
  let { decisions, total } = await stores.decisions.page(book, { ...of, offset });
  // The last entry of a page may have moved to the other tab while it was shown.
  while (decisions.length === 0 && offset > 0) {
    offset = Math.max(0, offset - PAGE_SIZE);
    ({ decisions, total } = await stores.decisions.page(book, { ...of, offset }));
  }
  const waiting = await stores.decisions.list(book, { states: STATES.waiting });
  const since = now.minus({ days: TALLY_DAYS });
  const answered = await stores.decisions.listAnsweredSince(book, since);
  const pairs = await stores.pairs.listOf(caller.workspaceId, caller.userId);
  return {
    ...place,
    offset,
    decisions,
    total,
    counts: {
      waiting: waiting.length,
      answered: await stores.decisions.count(book, STATES.answered),
    },
    tally: tallyWaits({ waiting, answered, calendars: clocks, now }),
    days: TALLY_DAYS,
    role,
    names: namesOf(pair),
    executiveName: pair.executive.name,
    eaName: pair.ea.name,
    others: pairs
      .filter((one) => one.id !== pair.id)
      .map((one) => ({ pairId: one.id, partnerName: partnerOf(one, caller.userId).name })),
  };
}

/** The page of the list that shows what a button in it has changed. */
export async function preparePageOf(
  deps: FlowDeps,
  caller: Caller,
  o: { decisionId: string; offset: number },
): Promise<ListPage> {
  const key = { workspaceId: caller.workspaceId, id: o.decisionId };
  const decision = await deps.decisions.find(key);
  if (!decision) throw new UserFacingError('This question is not there any more.');
  const place = { pairId: decision.pairId, offset: o.offset };
  const isOpen = STATES.waiting.includes(decision.state);
  return await preparePage(deps, caller, {
    ...place,
    tab: isOpen ? 'waiting' : 'answered',
    offset: isOpen ? o.offset : 0,
  });
}

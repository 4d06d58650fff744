import type { DateTime } from 'luxon';
import { choiceText, type Decision, decisionMark } from '../../decisions/index.ts';
import { COUNTED_TO, type Delegation, filterTimes } from '../../delegations/index.ts';
import type { Stores } from '../../deps.ts';
import { memberOf, type Pair, partnerOf, type Role } from '../../pairs/index.ts';
import {
  type Handoff,
  type HandoffLine,
  type HandoffList,
  type HandoffReport,
  isReported,
  listOf,
  MAX_LINES,
  MAX_REPORTS,
} from '../domain/handoff.ts';

/** Finished delegations that are read; the others are in the list. */
const MAX_FINISHED = 20;

/** What each of the two is handed over of the other's check-in: never what is private. */
const PARTS: Record<Role, { id: string; label: string }[]> = {
  executive: [
    { id: 'done', label: 'Done' },
    { id: 'blockers', label: 'Blocked' },
    { id: 'today', label: 'Planned next' },
  ],
  ea: [
    { id: 'priorities', label: 'Priorities' },
    { id: 'changes', label: 'Schedule changes' },
    { id: 'decisions', label: 'Decisions made' },
    { id: 'blockers', label: 'Needed from you' },
  ],
};

type About = { pair: Pair; role: Role; since: DateTime; now: DateTime };

/** What the partner of `role` did since then, and what waits for whom now; nothing that stands in the report is said again. */
export async function collectHandoff(stores: Stores, o: About): Promise<Handoff> {
  const { pair, role, since } = o;
  const book = { workspaceId: pair.workspaceId, pairId: pair.id };
  const reports = await loadReports(stores, o);
  const finished = (await stores.delegations.finishedSince(book, { since, limit: MAX_FINISHED }))
    .filter(({ state }) => role === 'executive' || state === 'done')
    .filter((one) => !isReported(reports, one));
  const said = { reports, finished };
  // Who answered knows it; what a default decided is news to both.
  const decided = (await stores.decisions.listAnsweredSince(book, since)).filter(
    ({ state }) => role === 'ea' || state === 'defaulted',
  );
  const forExecutive = await stores.decisions.list(book, { states: ['open', 'expired'] });
  const toActOn = await stores.decisions.list(book, {
    states: ['needs_more', 'answered', 'defaulted'],
  });
  const forEa = toActOn.filter((one) => !decided.some(({ id }) => id === one.id));
  const executive = await waiting(stores, { ...o, ...said, filter: 'waiting' }, forExecutive);
  const ea = await waiting(stores, { ...o, ...said, filter: 'with_ea' }, forEa);
  const [waitsForYou, waitsForPartner] = role === 'executive' ? [executive, ea] : [ea, executive];
  return {
    reports,
    finished: listOf(
      finished.map((one) => ({
        ...toLine(one),
        outcome: one.state === 'delivered' && role === 'executive' ? TO_CHECK : one.state,
      })),
    ),
    decided: listOf(decided.map(toDecided)),
    waitsForYou,
    waitsForPartner,
    waitsForOthers: await waiting(stores, { ...o, ...said, filter: 'third' }, []),
  };
}

const TO_CHECK = 'delivered, please check';

async function loadReports(stores: Stores, { pair, role, since }: About): Promise<HandoffReport[]> {
  const book = { workspaceId: pair.workspaceId, pairId: pair.id };
  const partnerId = partnerOf(pair, memberOf(pair, role).userId).userId;
  const { entries } = await stores.checkins.page({ ...book, offset: 0, size: 20 });
  return entries
    .filter((one) => one.userId === partnerId && one.submittedAt > since)
    .slice(0, MAX_REPORTS)
    .map(({ dueOn, answers }) => ({
      dueOn,
      parts: PARTS[role].flatMap(({ id, label }) => {
        const text = answers[id];
        return text ? [{ label, text }] : [];
      }),
    }));
}

/** Decisions, then delegations of one filter, counted but for those that are said elsewhere. */
async function waiting(
  stores: Stores,
  o: About & {
    filter: 'waiting' | 'with_ea' | 'third';
    reports: readonly HandoffReport[];
    finished: readonly Delegation[];
  },
  decisions: readonly Decision[],
): Promise<HandoffList> {
  const { pair, role, filter } = o;
  const book = { workspaceId: pair.workspaceId, pairId: pair.id };
  const times = filterTimes(o.now, memberOf(pair, role).zone);
  const size = MAX_LINES + MAX_FINISHED;
  const read = await stores.delegations.page(book, { filter, times, offset: 0, size });
  const counts = await stores.delegations.counts(book, { filters: [filter], times });
  const count = counts.get(filter) ?? 0;
  const left = read.filter(
    (one) =>
      !o.finished.some(({ id }) => id === one.id) &&
      (one.state === 'delivered' || !isReported(o.reports, one)),
  );
  const lines = [
    ...decisions.map(toDecided),
    ...left.map((one) => ({ ...toLine(one), outcome: outcomeOf(one, o) })),
  ];
  const more = Math.min(count, COUNTED_TO) - read.length;
  return listOf(lines, { more: Math.max(0, more), isMore: count > COUNTED_TO });
}

/** What is known of it beside the heading that it stands under. */
function outcomeOf({ state }: Delegation, { role, filter }: About & { filter: string }) {
  if (filter === 'third') return null;
  if (state === 'delivered' && role === 'executive') return TO_CHECK;
  return OUTCOMES[state] ?? null;
}

const OUTCOMES: Partial<Record<Delegation['state'], string>> = {
  new: 'to accept',
  accepted: 'accepted',
  in_progress: 'in progress',
  reopened: 'reopened',
  question: 'a question',
  delivered: 'delivered',
};

function toLine({ number, title }: Delegation): { text: string } {
  return { text: `#${number}  ${title}` };
}

function toDecided(decision: Decision): HandoffLine {
  const { question, choice, state } = decision;
  return {
    text: `${decisionMark(decision)}  ${question}`,
    outcome:
      choice !== null
        ? choiceText(decision, choice)
        : state === 'needs_more'
          ? 'more is needed'
          : null,
  };
}

import type { DateTime } from 'luxon';
import { choiceText, type Decision } from '../../decisions/index.ts';
import type { Stores } from '../../deps.ts';
import {
  memberOf,
  type OnTermsInForce,
  type Pair,
  partnerOf,
  type Role,
  roleOf,
  termsCalendar,
} from '../../pairs/index.ts';
import { planRoutine, type RoutineCall, type RoutineKind } from '../../routines/index.ts';
import { type Handoff, type HandoffLine, hasNews, MAX_REPORTS } from '../domain/handoff.ts';
import { findClockChanges } from '../domain/overlap.ts';
import { dueWarning, lastWorkEnd, wasAway } from '../domain/warning.ts';
import { buildClockWarning } from '../views/bridge.ts';
import { buildHandoff } from '../views/handoff.ts';

const KIND = 'handoff';

/** Minutes after work starts: the check-in is asked first, then come the answers to questions. */
const AFTER_START_MINUTES = 2;

/** Plans one person's handoff for the start of each of their working days. */
export const planHandoffs: OnTermsInForce = async (stores, { pair, role, terms, now }) => {
  await planRoutine(stores, {
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    userId: memberOf(pair, role).userId,
    kind: KIND,
    recurrence: {
      pattern: { kind: 'weekly', weekdays: terms.workdays },
      time: shortlyAfter(terms.workStartTime),
      onNonWorkingDay: 'skip',
    },
    calendar: termsCalendar(terms),
    now,
  });
};

function shortlyAfter(time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const later = Math.min(hours * 60 + minutes + AFTER_START_MINUTES, 24 * 60 - 1);
  return [Math.floor(later / 60), later % 60].map((one) => String(one).padStart(2, '0')).join(':');
}

/** Hands over what the partner did since the person stopped, when there is something to say, and warns of the clocks. */
export const handoffKind: RoutineKind = {
  kind: KIND,

  async ask(call) {
    const { stores, routine } = call;
    const pair = await stores.pairs.find(routine.workspaceId, routine.pairId);
    const role = pair && roleOf(pair, routine.userId);
    if (!pair || !role) return { notAsked: 'the pair has ended' };
    const warned = await warnOfClocks(call, pair);
    const told = await handOver(call, { pair, role });
    return warned || told ? 'done' : { notAsked: 'there is nothing to say' };
  },
};

async function handOver(
  { stores, routine, occurrence, now }: RoutineCall,
  { pair, role }: { pair: Pair; role: Role },
): Promise<boolean> {
  const since = lastWorkEnd(routine.calendar, now);
  const handoff = await collect(stores, { pair, role, since });
  const isBack = wasAway(routine.calendar, since, now);
  if (!hasNews(handoff, isBack)) return false;
  const { workspaceId, userId, pairId } = routine;
  await stores.outbox.post({
    workspaceId,
    pairId,
    key: `handoff:${pairId}:${userId}:${occurrence.dueOn}`,
    purpose: 'card',
    recipient: userId,
    forBoth: true,
    message: buildHandoff({
      handoff,
      partnerId: partnerOf(pair, userId).userId,
      zone: routine.calendar.zone,
      since,
      isBack,
    }),
  });
  return true;
}

/** Delegations of one handoff; the others are in the list. */
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

/** What the partner of `role` did since then, and what waits for whom now. */
async function collect(
  stores: Stores,
  o: { pair: Pair; role: Role; since: DateTime },
): Promise<Handoff> {
  const { pair, role, since } = o;
  const book = { workspaceId: pair.workspaceId, pairId: pair.id };
  const partnerId = partnerOf(pair, memberOf(pair, role).userId).userId;
  const { entries } = await stores.checkins.page({ ...book, offset: 0, size: 20 });
  const reports = entries
    .filter((one) => one.userId === partnerId && one.submittedAt > since)
    .slice(0, MAX_REPORTS)
    .map(({ dueOn, answers }) => ({
      dueOn,
      parts: PARTS[role].flatMap(({ id, label }) => {
        const said = answers[id];
        return said ? [{ label, text: said }] : [];
      }),
    }));
  const finished = await stores.delegations.finishedSince(book, { since, limit: MAX_FINISHED });
  const answered = await stores.decisions.listAnsweredSince(book, since);
  const forExecutive = await stores.decisions.list(book, { states: ['open', 'expired'] });
  const forEa = await stores.decisions.list(book, {
    states: ['needs_more', 'answered', 'defaulted'],
  });
  const [yours, theirs] = role === 'executive' ? [forExecutive, forEa] : [forEa, forExecutive];
  return {
    reports,
    finished: finished
      .filter(({ state }) => role === 'executive' || state === 'done')
      .map(({ number, title, state }) => ({ text: `#${number}  ${title}`, outcome: state })),
    // Who answered knows it; what a default decided is news to both.
    decided: answered.filter((one) => role === 'ea' || one.state === 'defaulted').map(toLine),
    waitsForYou: yours.map(toLine),
    waitsForPartner: theirs.map(toLine),
  };
}

function toLine(decision: Decision): HandoffLine {
  const { number, question, choice, state } = decision;
  return {
    text: `#${number}  ${question}`,
    outcome:
      choice !== null
        ? choiceText(decision, choice)
        : state === 'needs_more'
          ? 'more is needed'
          : null,
  };
}

async function warnOfClocks(call: RoutineCall, pair: Pair): Promise<boolean> {
  const { stores, routine, now } = call;
  const { workspaceId, userId, calendar } = routine;
  const partner = partnerOf(pair, userId);
  const theirs = await stores.reminders.calendarOf({ workspaceId, userId: partner.userId });
  const changes = findClockChanges({ mine: calendar, theirs }, { now, days: WARN_DAYS });
  let warned = false;
  for (const change of changes) {
    const when = dueWarning(change, { calendar, now });
    if (!when) continue;
    const posted = await stores.outbox.post({
      workspaceId,
      pairId: pair.id,
      key: `bridge-clocks:${pair.id}:${userId}:${change.at.toUTC().toISODate()}:${when}`,
      purpose: 'card',
      recipient: userId,
      forBoth: true,
      message: buildClockWarning({
        change,
        when,
        zones: { myZone: calendar.zone, theirZone: theirs.zone },
        partnerId: partner.userId,
      }),
    });
    warned ||= posted;
  }
  return warned;
}

/** Days ahead that a warning may come: a long leave can lie between the last working day and the change. */
const WARN_DAYS = 40;

import type { DateTime } from 'luxon';
import { type WorkingCalendar, workingTimeBetween } from '../../time/working-time.ts';
import { type Choice, choicesOf, type Decision, type DecisionState } from './decision.ts';

export type DecisionEvent =
  | { type: 'answer'; choice: Choice; revision: number }
  | { type: 'ask_more'; missing: string; revision: number }
  | { type: 'take_back' }
  | { type: 'add_more'; added: string; deadlineAt: DateTime }
  | { type: 'act' }
  | { type: 'withdraw' }
  /** The deadline has passed. */
  | { type: 'lapse' };

/** When the two of a pair work. */
export type PairCalendars = { executive: WorkingCalendar; ea: WorkingCalendar };

export type Transition = { ok: true; decision: Decision } | { ok: false; message: string };

type Context = { calendars: PairCalendars; now: DateTime };

/**
 * What becomes of a decision. The same decision comes back when the event was had already, such as by a second press;
 * a sentence when it cannot happen any more.
 */
export function applyEvent(decision: Decision, event: DecisionEvent, context: Context): Transition {
  const over = OVER[decision.state];
  if (event.type === 'act' && decision.state === 'acted') return same(decision);
  if (event.type === 'withdraw' && decision.state === 'withdrawn') return same(decision);
  if (over !== undefined) return event.type === 'lapse' ? same(decision) : refuse(over);
  switch (event.type) {
    case 'answer':
      return answer(decision, event, context);
    case 'ask_more':
      return askMore(decision, event, context);
    case 'take_back':
      return takeBack(decision, context.now);
    case 'add_more':
      return addMore(decision, event, context.now);
    case 'act':
      return act(decision, context.now);
    case 'withdraw':
      return withdraw(decision, context);
    case 'lapse':
      return lapse(decision, context);
  }
}

const OVER: Partial<Record<DecisionState, string>> = {
  acted: 'This answer has been acted on already. Talk to each other if it has to change.',
  withdrawn: 'This question was withdrawn, so there is nothing to do any more.',
};

const REWORDED =
  'The question was changed meanwhile. Please read it again: the message now shows the new wording.';

function answer(
  decision: Decision,
  event: { choice: Choice; revision: number },
  context: Context,
): Transition {
  const { choice } = event;
  if (event.revision !== decision.revision || !choicesOf(decision).includes(choice))
    return refuse(REWORDED);
  if (decision.state === 'answered' && decision.choice === choice) return same(decision);
  const { now } = context;
  return changed(stopWaiting(decision, now, context), {
    state: 'answered',
    choice,
    missing: null,
    answeredAt: now,
    eaNewsAt: now,
    executiveNewsAt: null,
  });
}

function askMore(
  decision: Decision,
  event: { missing: string; revision: number },
  context: Context,
): Transition {
  if (event.revision !== decision.revision) return refuse(REWORDED);
  const { missing } = event;
  if (decision.state === 'needs_more' && decision.missing === missing) return same(decision);
  const { now } = context;
  return changed(stopWaiting(decision, now, context), {
    state: 'needs_more',
    choice: null,
    answeredAt: null,
    missing,
    eaNewsAt: now,
    executiveNewsAt: null,
  });
}

/** An answer that the EA has not heard of yet is taken back without a word. */
function takeBack(decision: Decision, now: DateTime): Transition {
  if (decision.state === 'open' || decision.state === 'expired') return same(decision);
  if (decision.state !== 'answered')
    return refuse('There is no answer of yours to take back. You can answer with the buttons.');
  return changed(decision, {
    state: now < decision.deadlineAt ? 'open' : 'expired',
    choice: null,
    answeredAt: null,
    waitingSince: now,
    eaNewsAt: decision.eaNewsAt ? null : now,
  });
}

function addMore(
  decision: Decision,
  event: { added: string; deadlineAt: DateTime },
  now: DateTime,
): Transition {
  if (decision.state !== 'needs_more') {
    return decision.added === event.added
      ? same(decision)
      : refuse('Nothing more is asked for any more. See the message for what was decided.');
  }
  const { deadlineAt } = event;
  return changed(decision, {
    state: 'open',
    added: event.added,
    waitingSince: now,
    shownAt: null,
    remindedTimes: 0,
    talkedAt: null,
    eaNewsAt: null,
    deadlineAt: deadlineAt > decision.deadlineAt ? deadlineAt : decision.deadlineAt,
  });
}

function act(decision: Decision, now: DateTime): Transition {
  if (decision.state !== 'answered' && decision.state !== 'defaulted')
    return refuse('There is no answer to act on yet, or it was taken back.');
  return changed(decision, {
    state: 'acted',
    closedAt: now,
    eaNewsAt: null,
  });
}

function withdraw(decision: Decision, context: Context): Transition {
  if (decision.state === 'answered' || decision.state === 'defaulted')
    return refuse('This is answered already, so it cannot be withdrawn. Mark it as acted on.');
  const { now } = context;
  return changed(stopWaiting(decision, now, context), {
    state: 'withdrawn',
    missing: null,
    closedAt: now,
    eaNewsAt: null,
    executiveNewsAt: null,
  });
}

function lapse(decision: Decision, context: Context): Transition {
  const { deadlineAt, defaultChoice } = decision;
  if (decision.state !== 'open' || context.now < deadlineAt) return same(decision);
  if (defaultChoice === null) return changed(decision, { state: 'expired', eaNewsAt: context.now });
  return changed(stopWaiting(decision, deadlineAt, context), {
    state: 'defaulted',
    choice: defaultChoice,
    answeredAt: deadlineAt,
    eaNewsAt: context.now,
    executiveNewsAt: context.now,
  });
}

function stopWaiting(decision: Decision, at: DateTime, { calendars }: Context): Decision {
  const waited = waitedUntil(decision, at, calendars);
  return { ...decision, ...waited, waitingSince: null };
}

/** How long the executive took and the EA was blocked by `at`, in seconds of each one's working time, with the wait that goes on. */
export function waitedUntil(
  decision: Pick<Decision, 'waitingSince' | 'responseSeconds' | 'blockedSeconds'>,
  at: DateTime,
  calendars: PairCalendars,
): { responseSeconds: number; blockedSeconds: number } {
  const { waitingSince, responseSeconds, blockedSeconds } = decision;
  if (!waitingSince) return { responseSeconds, blockedSeconds };
  const add = (before: number, calendar: WorkingCalendar) =>
    before + Math.round(workingTimeBetween(calendar, waitingSince, at) / 1000);
  return {
    responseSeconds: add(responseSeconds, calendars.executive),
    blockedSeconds: add(blockedSeconds, calendars.ea),
  };
}

function same(decision: Decision): Transition {
  return { ok: true, decision };
}

function changed(decision: Decision, change: Partial<Decision>): Transition {
  return { ok: true, decision: { ...decision, ...change, version: decision.version + 1 } };
}

function refuse(message: string): Transition {
  return { ok: false, message };
}

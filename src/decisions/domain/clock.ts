import { DateTime } from 'luxon';
import {
  addWorkingTime,
  nextWorkingInstant,
  overlap,
  workingTimeBetween,
} from '../../time/working-time.ts';
import type { Decision } from './decision.ts';
import type { PairCalendars } from './transitions.ts';

/** What the clock does with a decision. */
export type Step = 'show' | 'talk' | 'remind' | 'lapse' | 'tell_ea' | 'tell_executive';

export type PlannedStep = { step: Step; at: DateTime };

export type Clocks = PairCalendars & {
  /** Who accepts what is urgent outside of working hours. */
  acceptsUrgent: { executive: boolean; ea: boolean };
};

/** Shares of the executive's working time from being asked to the deadline at which a reminder goes out. */
const REMINDER_SHARES = [0.5, 0.8];

/** Days ahead in which a time for a talk is looked for. */
const TALK_DAYS = 31;

/** Everything that is left for the clock to do, none of it before `now` in quiet hours unless it is urgent. */
export function plannedSteps(decision: Decision, clocks: Clocks, now: DateTime): PlannedStep[] {
  const steps: PlannedStep[] = [];
  const { state, eaNewsAt, executiveNewsAt, shownAt } = decision;
  if (state === 'open') {
    steps.push({ step: 'lapse', at: decision.deadlineAt });
    const talkAt = nextTalk(decision, clocks, now);
    if (talkAt) steps.push({ step: 'talk', at: talkAt });
    else if (!shownAt) {
      const from = decision.waitingSince ?? decision.askedAt;
      steps.push({ step: 'show', at: reach('executive', { decision, clocks, from, now }) });
    }
    const remindAt = nextReminder(decision, clocks, now);
    if (remindAt) steps.push({ step: 'remind', at: remindAt });
  }
  if (eaNewsAt)
    steps.push({ step: 'tell_ea', at: reach('ea', { decision, clocks, from: eaNewsAt, now }) });
  if (executiveNewsAt) {
    const from = executiveNewsAt;
    steps.push({ step: 'tell_executive', at: reach('executive', { decision, clocks, from, now }) });
  }
  return steps;
}

/** When the clock has to look at a decision again; null when nothing is left for it to do. */
export function nextStepAt(decision: Decision, clocks: Clocks, now: DateTime): DateTime | null {
  const times = plannedSteps(decision, clocks, now).map(({ at }) => at);
  return times.toSorted((a, b) => a.toMillis() - b.toMillis()).at(0) ?? null;
}

/** What waited for somebody's work to start comes after the check-in that is asked then. */
const AFTER_START_MINUTES = 1;

/** When somebody can be reached: in their working hours, or at once when it is urgent and they accept that. */
function reach(
  role: 'executive' | 'ea',
  o: { decision: Decision; clocks: Clocks; from: DateTime; now: DateTime },
): DateTime {
  const { decision, clocks, from, now } = o;
  if (decision.urgent && clocks.acceptsUrgent[role]) return from;
  const at = from > now ? from : now;
  const opensAt = nextWorkingInstant(clocks[role], at) ?? at;
  return opensAt > at ? opensAt.plus({ minutes: AFTER_START_MINUTES }) : at;
}

/**
 * When a decision that needs a talk is next put on the list: once on each of the executive's days on which both work,
 * and only before the deadline. Null when there is no such time: then it is asked like any other.
 */
function nextTalk(decision: Decision, clocks: Clocks, now: DateTime): DateTime | null {
  const { needsTalk, talkedAt, deadlineAt, waitingSince, askedAt } = decision;
  if (!needsTalk) return null;
  const since = waitingSince ?? askedAt;
  const from = since > now ? since : now;
  const until = DateTime.min(deadlineAt, from.plus({ days: TALK_DAYS }));
  const { zone } = clocks.executive;
  const dayOf = (at: DateTime) => at.setZone(zone).toISODate();
  const shared = overlap(clocks.executive, clocks.ea, from, until);
  const starts = shared.flatMap(({ start }) => (start ? [start] : []));
  return starts.find((at) => talkedAt === null || dayOf(at) !== dayOf(talkedAt)) ?? null;
}

/** The times at which the executive is reminded; none when there is a default, or no working time before the deadline. */
export function reminderTimes(decision: Decision, clocks: Clocks): DateTime[] {
  const { shownAt, deadlineAt, defaultChoice } = decision;
  if (!shownAt || defaultChoice !== null) return [];
  const length = workingTimeBetween(clocks.executive, shownAt, deadlineAt);
  if (length <= 0) return [];
  return REMINDER_SHARES.map((share) => addWorkingTime(clocks.executive, shownAt, length * share));
}

function nextReminder(decision: Decision, clocks: Clocks, now: DateTime): DateTime | null {
  const due = reminderTimes(decision, clocks).at(decision.remindedTimes);
  if (!due || decision.remindedTimes >= REMINDER_SHARES.length) return null;
  const from = due > now ? due : now;
  const at = nextWorkingInstant(clocks.executive, from) ?? from;
  return at < decision.deadlineAt ? at : null;
}

/** How many reminders have had their time by `now`: two that were overdue together are one. */
export function remindersDue(decision: Decision, clocks: Clocks, now: DateTime): number {
  const passed = reminderTimes(decision, clocks).filter((at) => at <= now).length;
  return Math.max(passed, decision.remindedTimes + 1);
}

/** Working minutes that the executive has at least to answer a question without a deadline of its own. */
const AT_LEAST_MINUTES = 240;

/** A deadline to start from: the end of the day on which the executive sees it, with half a day to answer at least. */
export function suggestDeadline(clocks: PairCalendars, now: DateTime): DateTime {
  const opensAt = nextWorkingInstant(clocks.executive, now) ?? now;
  const least = afterWork(clocks, opensAt, AT_LEAST_MINUTES);
  const day = least.setZone(clocks.executive.zone).startOf('day');
  const left = workingTimeBetween(clocks.executive, least, day.plus({ days: 1 }));
  return left > 0 ? afterWork(clocks, least, left / 60_000) : least;
}

function afterWork(clocks: PairCalendars, from: DateTime, minutes: number): DateTime {
  try {
    return addWorkingTime(clocks.executive, from, minutes * 60_000);
  } catch (error) {
    if (error instanceof RangeError) return from.plus({ days: 1 });
    throw error;
  }
}

import type { DateTime } from 'luxon';
import { isWorkingDay } from '../../time/calendar-windows.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import { nextWorkingInstant, type WorkingCalendar } from '../../time/working-time.ts';
import { isWorthAsking, NOT_RUNNING } from './advance.ts';
import { GRACE_MINUTES, type Occurrence, type Step } from './occurrence.ts';
import { localDateAt, reminderTimes } from './window.ts';

export type PlannedStep = { step: Step; at: DateTime };

export const AWAY = 'away';
export const DAY_OFF = 'not a working day';

/** How a kind of routine wants to be treated. */
export type Manners = {
  /** On leave or a day off: left out for good, or asked at the next work start. */
  whenAway: 'excuse' | 'wait';
  /** Quiet hours do not apply. */
  isUrgent: boolean;
  /** Happens only once, so it is asked however late. */
  isSingle: boolean;
  /** Shares of the response window at which a reminder goes out. */
  shares: readonly number[];
};

export type AskDecision =
  | { type: 'ask' }
  | { type: 'wait'; until: DateTime }
  | { type: 'excuse'; reason: string }
  | { type: 'not_asked'; reason: string };

/** Whether a question planned for `plannedAt` is asked at `now`. */
export function decideAsk(o: {
  occurrence: Pick<Occurrence, 'dueOn' | 'askedTimes'>;
  plannedAt: DateTime;
  calendar: WorkingCalendar;
  manners: Manners;
  now: DateTime;
}): AskDecision {
  const { occurrence, calendar, manners, now } = o;
  const away = isAway(calendar, now);
  if (manners.whenAway === 'excuse' && !isWorkingDay(calendar, occurrence.dueOn))
    return { type: 'excuse', reason: away ? AWAY : DAY_OFF };
  if (!manners.isSingle && !isWorthAsking({ plannedAt: o.plannedAt, calendar, now })) {
    const wasAsked = occurrence.askedTimes > 0;
    return { type: wasAsked ? 'excuse' : 'not_asked', reason: NOT_RUNNING };
  }
  if (manners.isUrgent) return { type: 'ask' };
  const opensAt = nextWorkingInstant(calendar, now);
  if (opensAt === null || opensAt <= now) return { type: 'ask' };
  const isLater = localDateAt(calendar, opensAt) > localDateAt(calendar, now);
  if (away && isLater && manners.whenAway === 'excuse') return { type: 'excuse', reason: AWAY };
  return { type: 'wait', until: opensAt };
}

function isAway(calendar: WorkingCalendar, at: DateTime): boolean {
  return (calendar.away ?? []).some(({ from, until }) => from <= at && at < until);
}

type Asked = Pick<Occurrence, 'askedAt' | 'windowEndsAt' | 'remindedTimes'>;

/** What comes after asking or reminding: the next reminder that is still ahead, else the end of the window. */
export function planNext(o: {
  occurrence: Asked;
  calendar: WorkingCalendar;
  shares: readonly number[];
  now: DateTime;
}): PlannedStep | null {
  const { askedAt, windowEndsAt, remindedTimes } = o.occurrence;
  if (!askedAt || !windowEndsAt) return null;
  const times = reminderTimes({ calendar: o.calendar, askedAt, windowEndsAt, shares: o.shares });
  const next = times.slice(remindedTimes).find((at) => at > o.now);
  if (next) return { step: 'remind', at: next };
  return { step: 'close', at: windowEndsAt.plus({ minutes: GRACE_MINUTES }) };
}

export type RemindDecision =
  /** `nth` counts the reminders whose time has come: two that were overdue together are one. */
  { type: 'remind'; nth: number } | { type: 'wait'; until: DateTime } | { type: 'pass' };

/** Whether a reminder goes out at `now`: only inside the window, and inside working hours unless urgent. */
export function decideRemind(o: {
  occurrence: Asked;
  calendar: WorkingCalendar;
  manners: Manners;
  now: DateTime;
}): RemindDecision {
  const { occurrence, calendar, manners, now } = o;
  const { askedAt, windowEndsAt } = occurrence;
  if (!askedAt || !windowEndsAt || now >= windowEndsAt) return { type: 'pass' };
  if (!manners.isUrgent) {
    const opensAt = nextWorkingInstant(calendar, now);
    if (opensAt !== null && opensAt > now)
      return opensAt < windowEndsAt ? { type: 'wait', until: opensAt } : { type: 'pass' };
  }
  const { shares } = manners;
  const passed = reminderTimes({ calendar, askedAt, windowEndsAt, shares }).filter(
    (at) => at <= now,
  );
  return { type: 'remind', nth: Math.max(occurrence.remindedTimes + 1, passed.length) };
}

export type CloseDecision =
  | { type: 'miss' }
  | { type: 'wait'; windowEndsAt: DateTime }
  | { type: 'excuse'; reason: string };

/** Milliseconds after its time at which the end of a window is taken for an outage of ours. */
const CLOSE_WITHIN_MS = 60 * 60_000;

/**
 * What the end of the response window means. `windowEndsAt` is the end by today's calendar: leave set meanwhile
 * excuses, longer hours on the same day extend. Nobody is held to a window that we were not there for.
 */
export function decideClose(o: {
  plannedAt: DateTime;
  windowEndsAt: DateTime | null;
  calendar: WorkingCalendar;
  now: DateTime;
}): CloseDecision {
  const { plannedAt, windowEndsAt, calendar, now } = o;
  if (now.toMillis() - plannedAt.toMillis() > CLOSE_WITHIN_MS)
    return { type: 'excuse', reason: NOT_RUNNING };
  if (windowEndsAt === null) return { type: 'excuse', reason: AWAY };
  if (windowEndsAt.plus({ minutes: GRACE_MINUTES }) <= now) return { type: 'miss' };
  return localDateAt(calendar, windowEndsAt) === localDateAt(calendar, now)
    ? { type: 'wait', windowEndsAt }
    : { type: 'excuse', reason: AWAY };
}

/** Whether leave or a day off now covers what was left of the window at `now`. */
export function isCutShort(o: {
  occurrence: Pick<Occurrence, 'dueOn' | 'state' | 'windowEndsAt'>;
  calendar: WorkingCalendar;
  now: DateTime;
}): boolean {
  const { occurrence, calendar, now } = o;
  if (!isWorkingDay(calendar, occurrence.dueOn)) return true;
  if (!isAway(calendar, now)) return false;
  const opensAt = nextWorkingInstant(calendar, now);
  if (opensAt === null) return true;
  return occurrence.windowEndsAt !== null && opensAt >= occurrence.windowEndsAt;
}

/** Whether a day that these hours call a working day is off by leave or a holiday, entered afterwards or not. */
export function isOffByCalendar(calendar: WorkingCalendar, on: LocalDate): boolean {
  const { zone, weekly } = calendar;
  return isWorkingDay({ zone, weekly }, on) && !isWorkingDay(calendar, on);
}

/** When the other side may be told: now inside their working hours, else at their next work start. */
export function tellAt(calendar: WorkingCalendar, now: DateTime): DateTime {
  return nextWorkingInstant(calendar, now) ?? now;
}

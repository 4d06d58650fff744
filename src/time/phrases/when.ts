import type { DateTime } from 'luxon';
import { dayOf, formatDay } from '../local-date.ts';
import type { Checked } from '../validate.ts';
import { atWallClock, type LocalDate } from '../wall-clock.ts';
import { splitClockTime } from './clock-time.ts';
import { readDate, readDuration } from './date.ts';
import { type RecurringPattern, readRecurring } from './recurring.ts';
import { normalise } from './words.ts';

/** When something is meant to happen, on the clock of nobody in particular. */
export type When =
  | { kind: 'once'; on: LocalDate; time: string }
  | {
      kind: 'recurring';
      pattern: RecurringPattern;
      time: string;
      from?: LocalDate;
      until?: LocalDate;
    };

export type ReadContext = { now: DateTime; zone: string };

/** Work starts then, unless somebody says otherwise. */
const DEFAULT_TIME = '09:00';

const STARTING = /,? (?:starting|beginning|from)(?: on)? (.+)$/;
const UNTIL = /,? (?:until|till|through) (.+)$/;

/** What a whole phrase such as 'every other Monday at 9' means; a sentence when it cannot be; null when it is no time. */
export function readWhen(phrase: string, context: ReadContext): Checked<When> | null {
  const whole = normalise(phrase);
  const at = readDuration(whole, context.now);
  if (at) {
    const local = at.setZone(context.zone);
    return {
      ok: true,
      value: { kind: 'once', on: local.toISODate() ?? '', time: local.toFormat('HH:mm') },
    };
  }
  const until = cut(whole, UNTIL);
  const from = cut(until.rest, STARTING);
  if (until.bound === null && from.bound === null) return readUnbounded(whole, context);
  return readBounded(from.rest, { from: from.bound, until: until.bound }, context);
}

function cut(phrase: string, pattern: RegExp): { rest: string; bound: string | null } {
  const match = pattern.exec(phrase);
  return match?.[1]
    ? { rest: phrase.slice(0, match.index), bound: match[1] }
    : { rest: phrase, bound: null };
}

function readUnbounded(phrase: string, context: ReadContext): Checked<When> | null {
  const { rest, time } = splitClockTime(phrase);
  // 'Every morning' leaves 'every', which alone says nothing.
  if (phrase === '' || (rest === 'every' && !time)) return null;
  const startOn = firstDate(time?.ok ? time.value : DEFAULT_TIME, context);
  const recurring = readRecurring(rest, startOn);
  if (recurring) {
    if (!recurring.ok) return recurring;
    if (time && !time.ok) return time;
    return {
      ok: true,
      value: withStart({ pattern: recurring.value, time: time?.value ?? DEFAULT_TIME }),
    };
  }
  const date =
    rest === '' && time
      ? { ok: true as const, value: startOn }
      : readDate(rest, { ...context, notBefore: startOn });
  if (!date?.ok) return date;
  if (time && !time.ok) return time;
  return { ok: true, value: { kind: 'once', on: date.value, time: time?.value ?? DEFAULT_TIME } };
}

/** A rhythm of several weeks keeps the date that it is counted from. */
function withStart(o: { pattern: RecurringPattern; time: string }): When {
  return {
    kind: 'recurring',
    ...o,
    ...(o.pattern.kind === 'everyNthWeek' && { from: o.pattern.anchorOn }),
  };
}

function readBounded(
  phrase: string,
  bounds: { from: string | null; until: string | null },
  context: ReadContext,
): Checked<When> | null {
  const today = context.now.setZone(context.zone).toISODate() ?? '';
  const from =
    bounds.from === null ? null : readDate(bounds.from, { ...context, notBefore: today });
  if (bounds.from !== null && !from?.ok) return from;
  const first = from?.ok ? from.value : today;
  const until =
    bounds.until === null ? null : readDate(bounds.until, { ...context, notBefore: first });
  if (bounds.until !== null && !until?.ok) return until;
  const { rest, time } = splitClockTime(phrase);
  if (time && !time.ok) return time;
  const startOn = from?.ok ? from.value : firstDate(time?.value ?? DEFAULT_TIME, context);
  const recurring = readRecurring(rest, startOn);
  if (!recurring?.ok) return recurring;
  if (until?.ok && until.value < first)
    return { ok: false, message: 'It ends before it starts. Check the two dates.' };
  const when = withStart({ pattern: recurring.value, time: time?.value ?? DEFAULT_TIME });
  return {
    ok: true,
    value: {
      ...when,
      ...(from?.ok && when.kind === 'recurring' && { from: when.from ?? from.value }),
      ...(until?.ok && { until: until.value }),
    },
  };
}

/** Today while that time is still ahead, else tomorrow. */
function firstDate(time: string, { now, zone }: ReadContext): LocalDate {
  const today = now.setZone(zone).toISODate() ?? '';
  return atWallClock(today, time, zone) > now ? today : formatDay(dayOf(today) + 1);
}

/** Words at either end of a sentence that are tried as a time. */
const MOST_WORDS = 24;

export type FoundWhen = {
  /** What is left of the sentence: what to do. */
  text: string;
  /** The words that say when, empty when none do. */
  phrase: string;
  when: Checked<When> | null;
};

/** Finds when something is to be done in a sentence that says both: the longest phrase at its end, else at its start. */
export function findWhen(sentence: string, context: ReadContext): FoundWhen {
  const words = sentence.trim().split(/\s+/);
  let doubtful: (FoundWhen & { from: number; to: number }) | null = null;
  for (const cutAt of cuts(words.length)) {
    const phrase = words.slice(cutAt.from, cutAt.to).join(' ');
    const when = readWhen(phrase, context);
    if (!when) continue;
    const rest = [...words.slice(0, cutAt.from), ...words.slice(cutAt.to)].join(' ');
    const found = { text: tidy(rest), phrase, when };
    // 'At 25:00 tomorrow' is no time, and 'tomorrow' alone is not what was meant.
    if (when.ok) return doubtful && isWithin(cutAt, doubtful) ? doubtful : found;
    doubtful ??= { ...found, ...cutAt };
  }
  return doubtful ?? { text: tidy(sentence.trim()), phrase: '', when: null };
}

function isWithin(
  part: { from: number; to: number },
  whole: { from: number; to: number },
): boolean {
  return part.from >= whole.from && part.to <= whole.to;
}

function cuts(count: number): { from: number; to: number }[] {
  const atEnd = [];
  const atStart = [];
  for (let length = Math.min(count, MOST_WORDS); length > 0; length -= 1) {
    atEnd.push({ from: count - length, to: count });
    atStart.push({ from: 0, to: length });
  }
  return [...atEnd, ...atStart];
}

function tidy(text: string): string {
  return text.replace(/^(?:[:,-]\s*)?(?:(?:to|that|about)\s+)?/i, '').replace(/[\s,:-]+$/, '');
}

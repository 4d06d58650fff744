import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addWorkingTime,
  nextWorkingInstant,
  overlap,
  type WorkingCalendar,
  workingTimeBetween,
} from '../../src/time/working-time.ts';
import { type MinuteClock, minutesAtWork, watchClock } from './minute-oracle.ts';
import { calendars } from './random-calendars.ts';
import { ALL_ZONES, DAY, daysOfChange, MINUTE } from './zone-clock.ts';

const FULL = process.env['FULL'] === '1';
const DAYS = 10;

/** A clock around a change of offset, when the zone has one, or on quiet days. */
function pickClock(zone: string, seed: number): MinuteClock {
  const changes = daysOfChange(zone);
  const quiet = Date.UTC(2020, 0, 1) + (seed % (15 * 365)) * DAY;
  const middle = changes[seed % Math.max(1, changes.length)] ?? quiet;
  return watchClock(zone, middle - (DAYS / 2) * DAY, DAYS * 1440);
}

function instant(clock: MinuteClock, minute: number): DateTime {
  return DateTime.fromMillis(clock.first + minute * MINUTE, { zone: 'UTC' });
}

/** Minutes at work in [from, to). */
function count(open: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (const value of open.subarray(from, Math.max(from, to))) sum += value;
  return sum;
}

// The windows of the first and last days reach beyond what the clock watches.
const EDGE = 3 * 1440;

type Answers = { worked: number; next: number | null; deadline: number };

/** What the product says about [from, to), in minutes of the clock; `next` is null when it lies too late to compare. */
function answers(clock: MinuteClock, calendar: WorkingCalendar, range: [number, number]): Answers {
  const [from, to] = [instant(clock, range[0]), instant(clock, range[1])];
  const worked = workingTimeBetween(calendar, from, to);
  const next = nextWorkingInstant(calendar, from);
  const nextMinute = next === null ? null : (next.toMillis() - clock.first) / MINUTE;
  const deadline = addWorkingTime(calendar, from, worked);
  return {
    worked: worked / MINUTE,
    next: nextMinute !== null && nextMinute < clock.shown.length - EDGE ? nextMinute : null,
    deadline: (deadline.toMillis() - clock.first) / MINUTE,
  };
}

/** The same, by counting minutes. */
function counted(clock: MinuteClock, calendar: WorkingCalendar, range: [number, number]): Answers {
  const open = minutesAtWork(clock, calendar);
  const [from, to] = range;
  const worked = count(open, from, to);
  const next = open.indexOf(1, from);
  let deadline = from;
  for (let left = worked; left > 0; deadline += 1) left -= open[deadline] ?? 0;
  return { worked, next: next >= 0 && next < open.length - EDGE ? next : null, deadline };
}

const RANGE = DAYS * 1440 - 2 * EDGE;
const end = fc.integer({ min: EDGE, max: EDGE + RANGE });
const ranges = fc.tuple(end, end);

test('in every zone random calendars agree with counting minutes', () => {
  for (const [index, zone] of ALL_ZONES.entries()) {
    for (let round = 0; round < (FULL ? 30 : 1); round += 1) {
      const clock = pickClock(zone, index * 31 + round * 7);
      fc.assert(
        fc.property(calendars(zone, clock.first, DAYS), ranges, (calendar, range) => {
          expect(answers(clock, calendar, range)).toEqual(counted(clock, calendar, range));
        }),
        { numRuns: 5 },
      );
    }
  }
}, 600_000);

test('the overlap of two random calendars is the minutes at which both work', () => {
  for (const [index, zone] of ALL_ZONES.entries()) {
    if (!FULL && index % 4 !== 0) continue;
    const clock = pickClock(zone, index);
    const other = ALL_ZONES[(index * 7 + 3) % ALL_ZONES.length] ?? 'UTC';
    const otherClock = watchClock(other, clock.first, DAYS * 1440);
    const pairs = fc.tuple(calendars(zone, clock.first, DAYS), calendars(other, clock.first, DAYS));
    fc.assert(
      fc.property(pairs, ranges, ([a, b], [from, to]) => {
        const mine = minutesAtWork(clock, a);
        const theirs = minutesAtWork(otherClock, b);
        const both = mine.map((value, minute) =>
          minute >= from && minute < to ? value & (theirs[minute] ?? 0) : 0,
        );
        const found = new Uint8Array(both.length);
        for (const shared of overlap(a, b, instant(clock, from), instant(clock, to))) {
          const start = (shared.start ?? instant(clock, 0)).toMillis() - clock.first;
          const end = (shared.end ?? instant(clock, 0)).toMillis() - clock.first;
          expect(found[start / MINUTE - 1] ?? 0).toBe(0);
          found.fill(1, start / MINUTE, end / MINUTE);
        }
        expect(Buffer.compare(found, both)).toBe(0);
      }),
      { numRuns: 5 },
    );
  }
}, 600_000);

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime, Interval } from 'luxon';
import {
  addWorkingTime,
  nextWorkingInstant,
  overlap,
  workingTimeBetween,
} from '../../src/time/working-time.ts';
import { calendars } from './random-calendars.ts';
import { ALL_ZONES, DAY } from './zone-clock.ts';

const FIRST = Date.UTC(2020, 0, 1);
const zones = fc.constantFrom(...ALL_ZONES);
const instants = fc
  .integer({ min: FIRST, max: FIRST + 900 * DAY })
  .map((at) => DateTime.fromMillis(at, { zone: 'UTC' }));
const anyCalendar = zones.chain((zone) => calendars(zone, FIRST, 900));
const RUNS = { numRuns: process.env['FULL'] === '1' ? 5000 : 300 };

test('two neighbouring ranges together hold what they hold apart', () => {
  fc.assert(
    fc.property(anyCalendar, fc.tuple(instants, instants, instants), (calendar, times) => {
      const [a, b, c] = times.toSorted((x, y) => x.toMillis() - y.toMillis());
      if (!a || !b || !c) throw new Error('three instants are needed');
      expect(workingTimeBetween(calendar, a, c)).toBe(
        workingTimeBetween(calendar, a, b) + workingTimeBetween(calendar, b, c),
      );
    }),
    RUNS,
  );
});

test('working time is never negative and never more than the time that passed', () => {
  fc.assert(
    fc.property(anyCalendar, instants, instants, (calendar, from, to) => {
      const worked = workingTimeBetween(calendar, from, to);
      expect(worked).toBeGreaterThanOrEqual(0);
      expect(worked).toBeLessThanOrEqual(Math.max(0, to.toMillis() - from.toMillis()));
    }),
    RUNS,
  );
});

test('a deadline is reached after exactly that much working time, and not a millisecond earlier', () => {
  fc.assert(
    fc.property(anyCalendar, instants, instants, (calendar, from, to) => {
      const worked = workingTimeBetween(calendar, from, to);
      fc.pre(worked > 0);
      const deadline = addWorkingTime(calendar, from, worked);
      expect(deadline <= to).toBe(true);
      expect(workingTimeBetween(calendar, from, deadline)).toBe(worked);
      expect(workingTimeBetween(calendar, from, deadline.minus(1))).toBe(worked - 1);
    }),
    RUNS,
  );
});

test('no work is done before the next working instant, and some right after it', () => {
  fc.assert(
    fc.property(anyCalendar, instants, (calendar, at) => {
      const next = nextWorkingInstant(calendar, at);
      fc.pre(next !== null);
      expect(workingTimeBetween(calendar, at, next ?? at)).toBe(0);
      expect(workingTimeBetween(calendar, next ?? at, (next ?? at).plus(1))).toBe(1);
    }),
    RUNS,
  );
});

test('more leave never adds working time', () => {
  fc.assert(
    fc.property(anyCalendar, fc.tuple(instants, instants), (calendar, [from, until]) => {
      const leave = { ...calendar, away: [...(calendar.away ?? []), { from, until }] };
      const [first, last] = [DateTime.fromMillis(FIRST), DateTime.fromMillis(FIRST + 900 * DAY)];
      const lost =
        workingTimeBetween(calendar, first, last) - workingTimeBetween(leave, first, last);
      expect(lost).toBe(workingTimeBetween(calendar, from, until));
    }),
    RUNS,
  );
});

test('shared hours are the same seen from either side, and nothing else of either is shared', () => {
  fc.assert(
    fc.property(fc.tuple(anyCalendar, anyCalendar), instants, ([a, b], from) => {
      const to = from.plus({ days: 20 });
      const shared = overlap(a, b, from, to);
      expect(overlap(b, a, from, to).map(String)).toEqual(shared.map(String));
      for (const window of shared) {
        const { start, end } = window;
        if (!start || !end) throw new Error('an invalid window');
        expect(workingTimeBetween(a, start, end)).toBe(window.length());
        expect(workingTimeBetween(b, start, end)).toBe(window.length());
      }
      for (const gap of Interval.fromDateTimes(from, to).difference(...shared)) {
        const { start, end } = gap;
        if (!start || !end) throw new Error('an invalid gap');
        const apart = workingTimeBetween(a, start, end) + workingTimeBetween(b, start, end);
        expect(apart).toBeLessThanOrEqual(gap.length());
      }
    }),
    { numRuns: RUNS.numRuns / 5 },
  );
});

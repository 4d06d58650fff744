import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { isWorkingDay } from '../../src/time/calendar-windows.ts';
import { WEEKDAYS } from '../../src/time/local-date.ts';
import {
  nextOccurrence,
  nextOccurrences,
  type Recurrence,
  type RecurrencePattern,
} from '../../src/time/recurrence.ts';
import { calendars } from './random-calendars.ts';
import { ALL_ZONES, DAY } from './zone-clock.ts';

const FIRST = Date.UTC(2024, 0, 1);
const RUNS = { numRuns: process.env['FULL'] === '1' ? 5000 : 300 };

function isoDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

const dates = fc.integer({ min: -30, max: 700 }).map((day) => isoDate(FIRST + day * DAY));
const someWeekdays = fc.subarray([...WEEKDAYS], { minLength: 1 });
const patterns: fc.Arbitrary<RecurrencePattern> = fc.oneof(
  fc.record({ kind: fc.constant('weekly' as const), weekdays: someWeekdays }),
  fc.record({
    kind: fc.constant('everyNthWeek' as const),
    weeks: fc.integer({ min: 1, max: 6 }),
    weekdays: someWeekdays,
    anchorOn: dates,
  }),
  fc.record({
    kind: fc.constant('dayOfMonth' as const),
    day: fc.integer({ min: 1, max: 31 }),
    shortMonth: fc.constantFrom('lastDay' as const, 'skip' as const),
  }),
  fc.record({
    kind: fc.constant('weekdayOfMonth' as const),
    nth: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 'last' as const),
    weekday: fc.constantFrom(...WEEKDAYS),
  }),
  fc.record({
    kind: fc.constant('businessDayOfMonth' as const),
    which: fc.constantFrom('first' as const, 'last' as const),
  }),
  fc.record({ kind: fc.constant('once' as const), on: dates }),
);
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const recurrences: fc.Arbitrary<Recurrence> = fc
  .record({
    pattern: patterns,
    time: times,
    onNonWorkingDay: fc.constantFrom('skip', 'before', 'after', 'keep'),
    skipOn: fc.array(dates, { maxLength: 4 }),
    bounds: fc.option(fc.tuple(dates, dates)),
  })
  .map(({ bounds, ...recurrence }) =>
    bounds === null ? recurrence : { ...recurrence, from: bounds[0], until: bounds[1] },
  );
const zones = fc.constantFrom(...ALL_ZONES);
const anyCalendar = zones.chain((zone) => calendars(zone, FIRST, 700));
const instants = fc
  .integer({ min: FIRST, max: FIRST + 600 * DAY })
  .map((at) => DateTime.fromMillis(at, { zone: 'UTC' }));

test('occurrences follow each other, one per local date, within their bounds and off the skip list', () => {
  fc.assert(
    fc.property(recurrences, anyCalendar, instants, (recurrence, calendar, after) => {
      const found = nextOccurrences({ recurrence, calendar, after, count: 6 });
      for (const [index, { on, at }] of found.entries()) {
        const previous = found[index - 1];
        expect(on > (previous?.on ?? '')).toBe(true);
        expect(at > (previous?.at ?? after)).toBe(true);
        expect(recurrence.skipOn).not.toContain(on);
        expect(on >= (recurrence.from ?? on) && on <= (recurrence.until ?? on)).toBe(true);
        expect(recurrence.onNonWorkingDay === 'keep' || isWorkingDay(calendar, on)).toBe(true);
      }
    }),
    RUNS,
  );
});

test('asking at any moment before an occurrence gives that occurrence', () => {
  fc.assert(
    fc.property(recurrences, anyCalendar, instants, (recurrence, calendar, after) => {
      const [first, second] = nextOccurrences({ recurrence, calendar, after, count: 2 });
      fc.pre(first !== undefined && second !== undefined);
      for (const moment of [first?.at, second?.at.minus(1)]) {
        if (!moment) throw new Error('two occurrences are needed');
        expect(nextOccurrence(recurrence, calendar, moment)?.on).toBe(second?.on);
      }
    }),
    RUNS,
  );
});

test('after a change of zone no local date is asked a second time', () => {
  fc.assert(
    fc.property(
      fc.tuple(recurrences, anyCalendar, zones),
      instants,
      fc.integer({ min: 0, max: 2 * DAY }),
      ([recurrence, calendar, zone], after, later) => {
        const asked = nextOccurrence(recurrence, calendar, after);
        fc.pre(asked !== null);
        if (!asked) return;
        const moved = { ...calendar, zone };
        const bound = { after: asked.at.plus(later), afterOn: asked.on };
        const next = nextOccurrence(recurrence, moved, bound);
        expect((next?.on ?? '9999-12-31') > asked.on).toBe(true);
        expect(next === null || next.at > bound.after).toBe(true);
      },
    ),
    RUNS,
  );
});

test('a moved routine asks on the working days nearest to the days meant, and loses none', () => {
  fc.assert(
    fc.property(patterns, anyCalendar, instants, (pattern, calendar, after) => {
      const base = { pattern, time: '12:00' };
      const count = 4;
      const meant = nextOccurrences({
        recurrence: { ...base, onNonWorkingDay: 'keep' },
        calendar,
        after,
        count,
      });
      for (const [onNonWorkingDay, step] of [
        ['after', DAY],
        ['before', -DAY],
      ] as const) {
        for (const { on } of meant) {
          let expected = Date.parse(on);
          let days = 0;
          while (days < 300 && !isWorkingDay(calendar, isoDate(expected))) {
            expected += step;
            days += 1;
          }
          if (days === 300) continue;
          const asked = nextOccurrence({ ...base, onNonWorkingDay }, calendar, {
            after: DateTime.fromMillis(expected - 2 * DAY, { zone: 'UTC' }),
            afterOn: isoDate(expected - DAY),
          });
          expect(asked?.on).toBe(isoDate(expected));
        }
      }
    }),
    RUNS,
  );
});

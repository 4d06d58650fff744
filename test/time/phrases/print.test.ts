import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { formatDay, WEEKDAYS, weekdayOf } from '../../../src/time/local-date.ts';
import { printWhen } from '../../../src/time/phrases/print.ts';
import type { RecurringPattern } from '../../../src/time/phrases/recurring.ts';
import { findWhen, readWhen, type When } from '../../../src/time/phrases/when.ts';

const zones = fc.constantFrom(
  'America/New_York',
  'Asia/Manila',
  'Europe/Lisbon',
  'Pacific/Apia',
  'UTC',
);
/** Days from 2026-01-01 to the end of 2030. */
const day = fc.integer({ min: 20_454, max: 22_279 });
const on = day.map(formatDay);
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const weekdays = fc.subarray([...WEEKDAYS], { minLength: 1 });

const pattern: fc.Arbitrary<RecurringPattern> = fc.oneof(
  weekdays.map((chosen) => ({ kind: 'weekly' as const, weekdays: chosen })),
  fc.integer({ min: 1, max: 31 }).map((one) => ({ kind: 'dayOfMonth' as const, day: one })),
  fc.record({
    kind: fc.constant('weekdayOfMonth' as const),
    nth: fc.constantFrom(
      1 as const,
      2 as const,
      3 as const,
      4 as const,
      5 as const,
      'last' as const,
    ),
    weekday: fc.constantFrom(...WEEKDAYS),
  }),
  fc.record({
    kind: fc.constant('businessDayOfMonth' as const),
    which: fc.constantFrom('first' as const, 'last' as const),
  }),
);

const bounded: fc.Arbitrary<When> = fc
  .record({
    pattern,
    time,
    bounds: fc.uniqueArray(day, { minLength: 2, maxLength: 2 }),
    use: fc.constantFrom('none', 'from', 'until', 'both'),
  })
  .map(({ pattern: chosen, time: at, bounds, use }) => {
    const [first = 0, last = 0] = bounds.toSorted((a, b) => a - b);
    return {
      kind: 'recurring',
      pattern: chosen,
      time: at,
      ...((use === 'from' || use === 'both') && { from: formatDay(first) }),
      ...((use === 'until' || use === 'both') && { until: formatDay(last) }),
    };
  });

const everyNthWeek: fc.Arbitrary<When> = fc
  .record({ weeks: fc.integer({ min: 2, max: 52 }), more: weekdays, anchor: day, time })
  .map(({ weeks, more, anchor, time: at }) => {
    const anchorOn = formatDay(anchor);
    const days = WEEKDAYS.filter((one) => more.includes(one) || one === weekdayOf(anchor));
    return {
      kind: 'recurring',
      pattern: { kind: 'everyNthWeek', weeks, weekdays: days, anchorOn },
      time: at,
      from: anchorOn,
    };
  });

const whens: fc.Arbitrary<When> = fc.oneof(
  fc.record({ kind: fc.constant('once' as const), on, time }),
  bounded,
  everyNthWeek,
);

const now = DateTime.fromISO('2026-01-01T00:00:00Z');

describe('what Tandem prints as the time of a reminder', () => {
  test('is read back as the same, in any zone', () => {
    fc.assert(
      fc.property(whens, zones, (when, zone) => {
        expect(readWhen(printWhen(when), { now, zone })).toEqual({ ok: true, value: when });
      }),
      { numRuns: 2000 },
    );
  });

  test('is found again behind what is to be done, and before it', () => {
    const texts = fc.constantFrom(
      'send the invoice',
      'call Bob',
      'book the 3pm flight',
      'ask May about room 9',
    );
    fc.assert(
      fc.property(whens, texts, (when, text) => {
        const zone = 'Asia/Manila';
        const found = { text, when: { ok: true, value: when } };
        expect(findWhen(`to ${text} ${printWhen(when)}`, { now, zone })).toMatchObject(found);
        expect(findWhen(`${printWhen(when)} to ${text}`, { now, zone })).toMatchObject(found);
      }),
      { numRuns: 300 },
    );
  });

  test('whatever is typed, reading it neither throws nor hangs', () => {
    const words = fc.constantFrom(
      'every',
      'other',
      'monday',
      'at',
      '9',
      '25:00',
      'the',
      '31st',
      'of',
      'february',
      'until',
      'from',
      'in',
      'last',
      'day',
      'month',
      '3/4',
      'tomorrow',
      '#',
      'and',
      ',',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words, { maxLength: 30 }).map((all) => all.join(' ')),
        ),
        (typed) => {
          const { text, phrase } = findWhen(typed, { now, zone: 'America/New_York' });
          expect(`${text}${phrase}`.length).toBeLessThanOrEqual(typed.length);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { WorkingCalendar } from '../../src/time/working-time.ts';
import {
  buildForecast,
  type DueWork,
  dutyWork,
  forecastDays,
  NO_WORK,
  percentOf,
} from '../../src/workload/domain/forecast.ts';
import { hoursUse, monthBefore, monthName, noticeDue } from '../../src/workload/domain/hours.ts';
import { dueAfterMove, mayAskAgain } from '../../src/workload/domain/question.ts';
import { handoverScore, outsideShare } from '../../src/workload/domain/shares.ts';

const NINE_TO_FIVE: [string, string][] = [['09:00', '17:00']];
const CALENDAR: WorkingCalendar = {
  zone: 'Asia/Manila',
  weekly: {
    mon: NINE_TO_FIVE,
    tue: NINE_TO_FIVE,
    wed: NINE_TO_FIVE,
    thu: NINE_TO_FIVE,
    fri: NINE_TO_FIVE,
  },
};
/** Monday at nine, with forty hours ahead. */
const MONDAY = DateTime.fromISO('2026-03-02T09:00', { zone: 'Asia/Manila' });

function load(minutesByDay: number[], calendar = CALENDAR, now = MONDAY) {
  const days = forecastDays(calendar, now);
  const work = days.map(
    (_, index): DueWork => ({ ...NO_WORK, minutes: minutesByDay[index] ?? 0, count: 1 }),
  );
  return buildForecast({ calendar, days, work: [work] });
}

describe('the next seven days', () => {
  test.each([
    ['fits', 2040, 85],
    ['tight', 2041, 86],
    ['tight', 2400, 100],
    ['over', 2401, 101],
  ])('%s with %d minutes of 2400', (level, minutes, percent) => {
    const forecast = load([0, 0, 0, 0, minutes]);
    expect(forecast.availableMinutes).toBe(2400);
    expect(forecast.level).toBe(level);
    expect(percentOf(forecast.share ?? 0)).toBe(percent);
  });

  test('leave and the hours that have passed today are no working time', () => {
    const from = DateTime.fromISO('2026-03-04T00:00', { zone: 'Asia/Manila' });
    const away = [{ from, until: from.plus({ days: 2 }) }];
    const forecast = load([], { ...CALENDAR, away }, MONDAY.plus({ hours: 3 }));
    expect(forecast.days.map(({ availableMinutes }) => availableMinutes)).toEqual([
      300, 480, 0, 0, 480, 0, 0,
    ]);
  });

  test('work without any working time is said, and no share is made up', () => {
    const closed = load([30], { zone: 'Asia/Manila', weekly: {} });
    expect(closed.level).toBe('closed');
    expect(closed.share).toBeNull();
    expect(load([], { zone: 'Asia/Manila', weekly: {} }).level).toBe('fits');
  });

  test('names the first day by which more is due than fits', () => {
    const { level, firstOverOn } = load([0, 1000]);
    expect(level).toBe('fits');
    expect(firstOverOn).toBe('2026-03-03');
  });

  test('duties count on their days, those without an estimate too', () => {
    const weekly = (...weekdays: ('tue' | 'thu')[]) => ({
      pattern: { kind: 'weekly' as const, weekdays },
      time: '10:00',
      onNonWorkingDay: 'skip' as const,
    });
    const days = forecastDays(CALENDAR, MONDAY);
    const duties = [
      { recurrence: weekly('tue', 'thu'), minutes: 30 },
      { recurrence: weekly('tue'), minutes: null },
    ];
    const work = dutyWork(duties, { calendar: CALENDAR, now: MONDAY, days });
    expect(work[1]).toEqual({ minutes: 30, count: 2, withoutEstimate: 1 });
    expect(work[3]).toEqual({ minutes: 30, count: 1, withoutEstimate: 0 });
    expect(work[0]).toEqual(NO_WORK);
  });

  test('the sum of the days is the whole, on any day of the year in any zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 365 * 24 }),
        fc.constantFrom('Asia/Manila', 'America/New_York', 'Europe/London', 'Africa/Cairo'),
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 7, maxLength: 7 }),
        (hours, zone, minutes) => {
          const forecast = load(minutes, { ...CALENDAR, zone }, MONDAY.plus({ hours }));
          expect(forecast.days).toHaveLength(7);
          expect(new Set(forecast.days.map(({ on }) => on)).size).toBe(7);
          expect(forecast.minutes).toBe(minutes.reduce((sum, one) => sum + one, 0));
          expect(forecast.availableMinutes).toBe(
            forecast.days.reduce((sum, day) => sum + day.availableMinutes, 0),
          );
        },
      ),
    );
  });
});

describe('the hours of a month', () => {
  const base = {
    month: '2026-03',
    hoursPerMonth: 40,
    rollsOver: true,
    startedOn: '2025-11-01',
    used: { minutes: 1200, n: 3 },
    usedBefore: { minutes: 2280 },
  };

  test('unused hours of the month before count once, when the pair chose so', () => {
    expect(hoursUse(base)).toMatchObject({ budgetMinutes: 2520, rolledMinutes: 120 });
    expect(hoursUse({ ...base, rollsOver: false })).toMatchObject({ budgetMinutes: 2400 });
    expect(hoursUse({ ...base, usedBefore: { minutes: 9000 } })).toMatchObject({
      rolledMinutes: 0,
    });
    expect(hoursUse({ ...base, startedOn: '2026-02-15' })).toMatchObject({ rolledMinutes: 0 });
    expect(hoursUse({ ...base, hoursPerMonth: null })).toMatchObject({
      budgetMinutes: null,
      share: null,
    });
  });

  test.each([
    [0.74, 0, null],
    [0.75, 0, 75],
    [0.8, 75, null],
    [0.96, 75, 90],
    [0.96, 0, 90],
    [0.8, 90, null],
    [1.2, 90, 100],
    [1.2, 100, null],
    [null, 0, null],
  ])('at %p after %p %% was told, tells %p', (share, told, percent) => {
    expect(noticeDue({ share }, told)).toBe(percent);
  });

  test('each month has one before it, across the year too', () => {
    expect(monthBefore('2026-01')).toBe('2025-12');
    expect(monthBefore('2026-11')).toBe('2026-10');
    expect(monthName('2026-03')).toBe('March 2026');
  });
});

test('shares of nothing are not made up', () => {
  const none = { insideMinutes: 0, outsideMinutes: 0, n: 3, withoutTime: 3 };
  expect(outsideShare(none)).toBeNull();
  expect(outsideShare({ ...none, insideMinutes: 30, outsideMinutes: 10 })).toBe(0.25);
  expect(handoverScore({ n: 0, withDone: 0, withDue: 0, withSop: 0 })).toBeNull();
  expect(handoverScore({ n: 10, withDone: 10, withDue: 5, withSop: 0 })).toBe(50);
});

describe('what gives way', () => {
  const manila = (iso: string) => DateTime.fromISO(iso, { zone: 'Asia/Manila' });
  const awayUntil = (until: string): WorkingCalendar => ({
    ...CALENDAR,
    exceptions: { '2026-03-13': [] },
    away: [{ from: manila('2026-03-16T00:00'), until: manila(until) }],
  });
  const nights: WorkingCalendar = { ...CALENDAR, weekly: { fri: [['22:00', '06:00']] } };

  test.each([
    { name: 'goes to the same time a week on', due: '03-05T17:00', moved: '03-12T17:00' },
    { name: 'goes from a Saturday to Monday', due: '03-07T10:00', moved: '03-16T10:00' },
    {
      name: 'passes a holiday, a weekend and leave',
      calendar: awayUntil('2026-03-17T00:00'),
      due: '03-06T09:30',
      moved: '03-17T09:30',
    },
    {
      name: 'passes leave of half a day',
      calendar: awayUntil('2026-03-17T12:00'),
      due: '03-10T11:00',
      moved: '03-18T11:00',
    },
    {
      name: 'stays at the end of a night',
      calendar: nights,
      due: '03-07T06:00',
      moved: '03-14T06:00',
    },
    { name: 'counts from now when it is overdue', due: '02-27T17:00', moved: '03-09T17:00' },
  ])('what moves $name', ({ calendar = CALENDAR, due, moved }) => {
    const at = dueAfterMove(manila(`2026-${due}`), { calendar, now: MONDAY });
    expect(at.setZone('Asia/Manila').toFormat("MM-dd'T'HH:mm")).toBe(moved);
  });

  test('the executive is asked again after seven days, not on Monday', () => {
    const zone = 'Asia/Manila';
    const mayAsk = (now: string) =>
      mayAskAgain({ lastAt: manila('2026-03-06T11:00'), now: manila(now), zone });
    expect(mayAskAgain({ lastAt: null, now: MONDAY, zone })).toBe(true);
    expect(['2026-03-09T09:00', '2026-03-12T18:00', '2026-03-13T09:00'].map(mayAsk)).toEqual([
      false,
      false,
      true,
    ]);
  });
});

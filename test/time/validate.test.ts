import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { dayOf, formatDay, weekdayIndex } from '../../src/time/local-date.ts';
import {
  checkDateRange,
  checkLocalDate,
  checkNotPast,
  checkTime,
  checkWeeklyHours,
  checkWindows,
  checkZone,
} from '../../src/time/validate.ts';
import type { WorkingCalendar } from '../../src/time/working-time.ts';

describe('what people enter is taken as it is meant', () => {
  test.each([
    ['09:00', '09:00'],
    ['9:05', '09:05'],
    [' 23:59 ', '23:59'],
    ['00:00', '00:00'],
  ])('the time “%s” is %s', (text, value) => {
    expect(checkTime(text)).toEqual({ ok: true, value });
  });

  test('a leap day, a range of one day, today and a zone', () => {
    expect(checkLocalDate('2024-02-29')).toEqual({ ok: true, value: '2024-02-29' });
    const value = { first: '2026-05-01', last: '2026-05-01' };
    expect(checkDateRange('2026-05-01', '2026-05-01')).toEqual({ ok: true, value });
    expect(checkNotPast('2026-05-01', '2026-05-01').ok).toBe(true);
    expect(checkZone(' Asia/Manila ')).toEqual({ ok: true, value: 'Asia/Manila' });
  });

  test('hours with a break, a night and a midnight end', () => {
    const weekly: WorkingCalendar['weekly'] = {
      mon: [
        ['8:00', '12:00'],
        ['13:00', '17:00'],
      ],
      tue: [['18:00', '24:00']],
      wed: [],
      sun: [['22:00', '06:00']],
    };
    const { mon: _mon, wed: _wed, ...rest } = weekly;
    const mon = [
      ['08:00', '12:00'],
      ['13:00', '17:00'],
    ];
    expect(checkWeeklyHours(weekly)).toEqual({ ok: true, value: { mon, ...rest } });
  });

  test('windows that touch', () => {
    const windows: [string, string][] = [
      ['12:00', '17:00'],
      ['09:00', '12:00'],
    ];
    expect(checkWindows(windows, 'Monday')).toEqual({ ok: true, value: windows });
  });

  test('no hours on one date is a day off', () => {
    expect(checkWindows([], '25 December')).toEqual({ ok: true, value: [] });
  });
});

describe('what cannot be is answered with a sentence', () => {
  test.each([
    ['25:00', '“25:00” is not a time. Write it as HH:mm, from 00:00 to 23:59.'],
    ['12:60', '“12:60” is not a time. Write it as HH:mm, from 00:00 to 23:59.'],
    ['noon', '“noon” is not a time. Write it as HH:mm, from 00:00 to 23:59.'],
    ['24:00', '24:00 can only be the end of working hours. For midnight, write 00:00.'],
  ])('the time “%s”', (text, message) => {
    expect(checkTime(text)).toEqual({ ok: false, message });
  });

  test.each([
    ['2026-02-31', 'There is no 31 February 2026: that month has 28 days.'],
    ['2026-04-31', 'There is no 31 April 2026: that month has 30 days.'],
    ['2026-13-01', '“2026-13-01” is not a date. Write it as YYYY-MM-DD, for example 2026-03-09.'],
    ['tomorrow', '“tomorrow” is not a date. Write it as YYYY-MM-DD, for example 2026-03-09.'],
  ])('the date “%s”', (text, message) => {
    expect(checkLocalDate(text)).toEqual({ ok: false, message });
  });

  test('a range that is reversed, a date in the past, an unknown zone', () => {
    expect(checkDateRange('2026-05-04', '2026-05-01')).toEqual({
      ok: false,
      message: 'The last day, Fri 1 May 2026, is before the first day, Mon 4 May 2026.',
    });
    expect(checkNotPast('2026-05-01', '2026-05-02')).toEqual({
      ok: false,
      message: 'Fri 1 May 2026 is in the past. Choose today or a later day.',
    });
    expect(checkZone('Mars/Base')).toEqual({
      ok: false,
      message: '“Mars/Base” is not a known time zone. Write it like Asia/Manila.',
    });
  });

  test.each<[WorkingCalendar['weekly'], string]>([
    [{}, 'These working hours never open. Choose at least one day with hours.'],
    [{ mon: [] }, 'These working hours never open. Choose at least one day with hours.'],
    [
      { tue: [['09:00', '09:00']] },
      'Tuesday: working hours from 09:00 to 09:00 never open. For a whole day, write 00:00 to 24:00.',
    ],
    [
      { fri: [['09:00', '25:00']] },
      'Friday: “25:00” is not a time. Write it as HH:mm, from 00:00 to 23:59.',
    ],
    [
      {
        mon: [
          ['12:00', '17:00'],
          ['09:00', '13:00'],
        ],
      },
      'These working hours overlap: Monday 09:00 to 13:00 and Monday 12:00 to 17:00.',
    ],
    [
      { mon: [['05:00', '09:00']], sun: [['22:00', '06:00']] },
      'These working hours overlap: Sunday 22:00 to 06:00 and Monday 05:00 to 09:00.',
    ],
  ])('the hours %j', (weekly, message) => {
    expect(checkWeeklyHours(weekly)).toEqual({ ok: false, message });
  });
});

test('day numbers and dates agree with the calendar from year 1 to 9999', () => {
  const [first, last] = [dayOf('0001-01-01'), dayOf('9999-12-31')];
  fc.assert(
    fc.property(fc.integer({ min: first, max: last }), (day) => {
      const luxon = DateTime.fromMillis(day * 86_400_000, { zone: 'UTC' });
      expect(formatDay(day)).toBe(luxon.toISODate());
      expect(dayOf(formatDay(day))).toBe(day);
      expect(weekdayIndex(day)).toBe(luxon.weekday - 1);
    }),
    { numRuns: 2000 },
  );
});

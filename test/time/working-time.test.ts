import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { isWorkingDay } from '../../src/time/calendar-windows.ts';
import {
  addWorkingTime,
  nextWorkingInstant,
  overlap,
  type WorkingCalendar,
  workingTimeBetween,
  workingWindows,
} from '../../src/time/working-time.ts';
import { HOUR, MINUTE } from './zone-clock.ts';

function utc(text: string): DateTime {
  return DateTime.fromISO(text, { zone: 'utc' });
}

type Windows = [string, string][];

function weekdays(zone: string, windows: Windows): WorkingCalendar {
  return {
    zone,
    weekly: { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows },
  };
}

function everyDay(zone: string, windows: Windows): WorkingCalendar {
  const calendar = weekdays(zone, windows);
  return { zone, weekly: { ...calendar.weekly, sat: windows, sun: windows } };
}

const office = weekdays('UTC', [['09:00', '17:00']]);

describe('working time between two instants', () => {
  test('from Friday evening to Monday before work is none', () => {
    const [from, to] = [utc('2014-04-11T20:00Z'), utc('2014-04-14T05:00Z')];
    expect(workingTimeBetween(office, from, to)).toBe(0);
  });

  test('a day that runs from Sunday into a working Monday counts to the second', () => {
    const [from, to] = [utc('2014-04-13T09:10:24Z'), utc('2014-04-14T09:10:24Z')];
    expect(workingTimeBetween(office, from, to)).toBe(624_000);
  });

  test('a lunch break is left out', () => {
    const calendar: WorkingCalendar = {
      zone: 'UTC',
      weekly: {
        mon: [
          ['07:00', '12:00'],
          ['13:00', '18:00'],
        ],
      },
    };
    const [from, to] = [utc('2014-04-14T11:59Z'), utc('2014-04-14T13:01Z')];
    expect(workingTimeBetween(calendar, from, to)).toBe(2 * MINUTE);
  });

  test.each(['2020-03-29', '2019-10-27'])('hours by day keep their length on %s in Paris', (on) => {
    const calendar: WorkingCalendar = {
      zone: 'Europe/Paris',
      weekly: { sun: [['08:00', '21:00']] },
    };
    const day = DateTime.fromISO(on, { zone: 'Europe/Paris' });
    expect(workingTimeBetween(calendar, day, day.plus({ days: 1 }))).toBe(13 * HOUR);
  });

  test.each([
    ['2026-11-01', 25],
    ['2026-03-08', 23],
    ['2026-06-07', 24],
  ])('a window around the clock on %s in New York holds %i hours', (on, hours) => {
    const calendar = everyDay('America/New_York', [['00:00', '24:00']]);
    const day = DateTime.fromISO(on, { zone: 'America/New_York' });
    expect(workingTimeBetween(calendar, day, day.plus({ days: 1 }))).toBe(hours * HOUR);
    const alone = { ...calendar, weekly: { sun: calendar.weekly.sun ?? [] } };
    expect(workingTimeBetween(alone, day.minus({ days: 2 }), day.plus({ days: 3 }))).toBe(
      hours * HOUR,
    );
  });

  test('a night belongs to the day on which it starts, also when the next day is a holiday', () => {
    const calendar: WorkingCalendar = {
      ...weekdays('Asia/Manila', [['22:00', '06:00']]),
      exceptions: { '2026-05-01': [] },
    };
    const friday = DateTime.fromISO('2026-05-01', { zone: 'Asia/Manila' });
    expect(workingTimeBetween(calendar, friday, friday.plus({ days: 3 }))).toBe(6 * HOUR);
    expect(isWorkingDay(calendar, '2026-05-01')).toBe(false);
    expect(isWorkingDay(calendar, '2026-05-02')).toBe(false);
    expect(isWorkingDay(calendar, '2026-04-30')).toBe(true);
  });

  test('the night on which clocks go back is an hour longer', () => {
    const calendar: WorkingCalendar = {
      zone: 'America/New_York',
      weekly: { sat: [['22:00', '06:00']] },
    };
    const [from, to] = [utc('2026-10-31T00:00Z'), utc('2026-11-03T00:00Z')];
    expect(workingTimeBetween(calendar, from, to)).toBe(9 * HOUR);
  });

  test('windows that overlap count once', () => {
    const calendar = weekdays('UTC', [
      ['09:00', '13:00'],
      ['11:00', '17:00'],
      ['16:00', '17:00'],
    ]);
    expect(workingTimeBetween(calendar, utc('2026-03-09'), utc('2026-03-10'))).toBe(8 * HOUR);
  });

  test('leave, a half day and a holiday are taken out, hours set for one date put in', () => {
    const calendar: WorkingCalendar = {
      ...office,
      exceptions: { '2026-03-10': [], '2026-03-14': [['10:00', '12:00']] },
      away: [
        { from: utc('2026-03-11T13:00Z'), until: utc('2026-03-12T00:00Z') },
        { from: utc('2026-03-12T00:00Z'), until: utc('2026-03-12T10:00Z') },
        { from: utc('2026-03-12T09:30Z'), until: utc('2026-03-12T11:00Z') },
      ],
    };
    // Monday 8, Tuesday 0, Wednesday 4, Thursday 6, Friday 8, Saturday 2.
    expect(workingTimeBetween(calendar, utc('2026-03-09'), utc('2026-03-16'))).toBe(28 * HOUR);
  });

  test('leave that ends before it begins takes nothing out', () => {
    const away = [{ from: utc('2026-03-11T13:00Z'), until: utc('2026-03-09T00:00Z') }];
    const calendar = { ...office, away };
    expect(workingTimeBetween(calendar, utc('2026-03-09'), utc('2026-03-16'))).toBe(40 * HOUR);
  });

  test('a range that is empty or reversed holds nothing', () => {
    const noon = utc('2026-03-09T12:00Z');
    expect(workingTimeBetween(office, noon, noon)).toBe(0);
    expect(workingTimeBetween(office, noon, noon.minus({ weeks: 1 }))).toBe(0);
  });

  test('the day that Apia never had holds nothing', () => {
    const calendar = everyDay('Pacific/Apia', [['09:00', '17:00']]);
    const [from, to] = [utc('2011-12-29T00:00Z'), utc('2012-01-02T00:00Z')];
    // The 28th from 14:00, the 29th, the 31st, 1 January, 2 January until 14:00.
    expect(workingTimeBetween(calendar, from, to)).toBe((3 + 8 + 8 + 8 + 5) * HOUR);
  });

  test('hours on the weekday that Apia never had are worked on no other day', () => {
    const calendar: WorkingCalendar = {
      zone: 'Pacific/Apia',
      weekly: { fri: [['06:00', '17:00']] },
    };
    const [from, to] = [utc('2011-12-26T00:00Z'), utc('2012-01-05T00:00Z')];
    expect(workingTimeBetween(calendar, from, to)).toBe(0);
    expect(isWorkingDay(calendar, '2011-12-30')).toBe(false);
  });

  test.each(['UTC', 'Pacific/Kiritimati', 'Pacific/Niue'])(
    'each night of three years in %s holds its eight hours',
    (zone) => {
      const calendar = everyDay(zone, [['22:00', '06:00']]);
      for (let day = 0; day < 1100; day += 1) {
        const noon = DateTime.fromISO('2025-01-01T12:00', { zone }).plus({ days: day });
        expect(workingTimeBetween(calendar, noon, noon.plus({ days: 1 }))).toBe(8 * HOUR);
      }
    },
  );

  test('a span of thirty years is the sum of its years', () => {
    const calendar = weekdays('Europe/London', [['09:00', '17:30']]);
    const start = utc('2001-01-01');
    let sum = 0;
    for (let year = 0; year < 30; year += 1) {
      const from = start.plus({ years: year });
      sum += workingTimeBetween(calendar, from, from.plus({ years: 1 }));
    }
    expect(workingTimeBetween(calendar, start, start.plus({ years: 30 }))).toBe(sum);
    expect(sum).toBeGreaterThan(30 * 260 * 8.5 * HOUR);
  });

  test('a calendar whose leave or hours are set anew is read anew', () => {
    const calendar: WorkingCalendar = { ...office };
    const [from, to] = [utc('2026-03-09'), utc('2026-03-10')];
    expect(workingTimeBetween(calendar, from, to)).toBe(8 * HOUR);
    calendar.away = [{ from, until: from.plus({ hours: 10 }) }];
    expect(workingTimeBetween(calendar, from, to)).toBe(7 * HOUR);
    calendar.away.push({ from, until: from.plus({ hours: 12 }) });
    expect(workingTimeBetween(calendar, from, to)).toBe(5 * HOUR);
    calendar.zone = 'Asia/Manila';
    expect(workingTimeBetween(calendar, from, to)).toBe(0);
  });

  test('the calendars of six hundred people, each read anew, do not get mixed up', () => {
    const [from, to] = [utc('2026-03-09'), utc('2026-03-14')];
    for (let round = 0; round < 2; round += 1) {
      for (let person = 0; person < 600; person += 1) {
        const away = [{ from, until: from.plus({ hours: 9, minutes: person % 480 }) }];
        const worked = workingTimeBetween({ ...office, away }, from, to);
        expect(worked).toBe(40 * HOUR - (person % 480) * MINUTE);
      }
    }
  });

  test.each<[string, WorkingCalendar, string]>([
    ['an unknown zone', { zone: 'Mars/Base', weekly: {} }, 'Unknown time zone: Mars/Base'],
    ['25:00', { zone: 'UTC', weekly: { mon: [['09:00', '25:00']] } }, '09:00 to 25:00'],
    ['24:00 as a start', { zone: 'UTC', weekly: { mon: [['24:00', '06:00']] } }, '24:00 to 06:00'],
    ['31 February', { zone: 'UTC', weekly: {}, exceptions: { '2026-02-31': [] } }, '2026-02-31'],
  ])('a calendar with %s is refused', (_what, calendar, message) => {
    expect(() => workingTimeBetween(calendar, utc('2026-03-09'), utc('2026-03-10'))).toThrow(
      message,
    );
  });

  test('an invalid instant is refused, not counted as zero', () => {
    expect(() => workingTimeBetween(office, utc('nonsense'), utc('2026-03-10'))).toThrow(
      'Not an instant',
    );
  });
});

describe('a deadline in working time', () => {
  test.each([
    ['2026-03-06T16:00Z', 1, '2026-03-06T17:00:00.000Z'],
    ['2026-03-06T16:00Z', 2, '2026-03-09T10:00:00.000Z'],
    ['2026-03-06T18:00Z', 0, '2026-03-06T18:00:00.000Z'],
    ['2026-03-07T12:00Z', 8, '2026-03-09T17:00:00.000Z'],
    ['2026-03-09T09:00Z', 40, '2026-03-13T17:00:00.000Z'],
  ])('%s and %i working hours is %s', (from, hours, deadline) => {
    expect(addWorkingTime(office, utc(from), hours * HOUR).toISO()).toBe(deadline);
  });

  test('years of leave are passed over', () => {
    const away = [{ from: utc('2026-03-06T00:00Z'), until: utc('2028-03-06T12:00Z') }];
    const deadline = addWorkingTime({ ...office, away }, utc('2026-03-05T16:00Z'), 2 * HOUR);
    expect(deadline.toISO()).toBe('2028-03-06T13:00:00.000Z');
  });

  test('a calendar that never opens is refused with a sentence', () => {
    const closed: WorkingCalendar = { zone: 'UTC', weekly: { mon: [] } };
    expect(() => addWorkingTime(closed, utc('2026-03-09'), 1)).toThrow('does not open');
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('%d milliseconds are refused', (time) => {
    expect(() => addWorkingTime(office, utc('2026-03-09'), time)).toThrow('zero or more');
  });
});

describe('the next working instant', () => {
  test.each([
    ['2026-03-09T09:00Z', '2026-03-09T09:00:00.000Z'],
    ['2026-03-09T16:59:59.999Z', '2026-03-09T16:59:59.999Z'],
    ['2026-03-09T17:00Z', '2026-03-10T09:00:00.000Z'],
    ['2026-03-06T20:00Z', '2026-03-09T09:00:00.000Z'],
  ])('after %s is %s', (at, next) => {
    expect(nextWorkingInstant(office, utc(at))?.toISO()).toBe(next);
  });

  test('is the very instant asked about when that is working time', () => {
    for (const at of [utc('2026-03-09T09:00Z'), utc('2026-03-09T12:00+08:00').plus({ hours: 7 })]) {
      expect(nextWorkingInstant(office, at)).toBe(at);
    }
  });

  test('is found after 360 days of leave and no longer after 370', () => {
    const at = utc('2026-03-09');
    for (const [days, next] of [
      [360, '2027-03-04T09:00:00.000Z'],
      [370, undefined],
    ] as const) {
      const away = [{ from: at, until: at.plus({ days }) }];
      expect(nextWorkingInstant({ ...office, away }, at)?.toISO()).toBe(next);
    }
  });

  test('is none for hours that never open, and for leave of more than a year', () => {
    expect(nextWorkingInstant({ zone: 'UTC', weekly: {} }, utc('2026-03-09'))).toBeNull();
    const away = [{ from: utc('2026-03-01'), until: utc('2027-06-01') }];
    expect(nextWorkingInstant({ ...office, away }, utc('2026-03-09'))).toBeNull();
  });
});

describe('the shared hours of two people', () => {
  const newYork = weekdays('America/New_York', [['09:00', '17:00']]);
  const manila = weekdays('Asia/Manila', [['20:00', '04:00']]);

  test.each([
    ['2026-03-05', '2026-03-05T14:00:00.000Z/2026-03-05T20:00:00.000Z'],
    ['2026-03-12', '2026-03-12T13:00:00.000Z/2026-03-12T20:00:00.000Z'],
  ])('on %s, before or after the clocks change, are %s', (on, window) => {
    const from = utc(on).plus({ hours: 5 });
    const shared = overlap(newYork, manila, from, from.plus({ days: 1 }));
    expect(shared.map((interval) => interval.toISO())).toEqual([window]);
  });

  test('are cut at the ends of the range', () => {
    const [from, to] = [utc('2026-03-12T15:00Z'), utc('2026-03-12T16:00Z')];
    expect(overlap(newYork, manila, from, to).map((window) => window.length('hours'))).toEqual([1]);
    expect(overlap(newYork, manila, to, from)).toEqual([]);
  });

  test('around the clock are one window, however long the range', () => {
    const always = everyDay('UTC', [['00:00', '24:00']]);
    const [from, to] = [utc('2024-05-05T05:05Z'), utc('2029-05-05T05:05Z')];
    expect(overlap(always, { ...always }, from, to).map(String)).toEqual([
      '[2024-05-05T05:05:00.000Z – 2029-05-05T05:05:00.000Z)',
    ]);
    expect(workingWindows(always, from, to)).toHaveLength(1);
  });
});

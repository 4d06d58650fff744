import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import {
  nextOccurrence,
  nextOccurrences,
  occurrencesBetween,
  type Recurrence,
  type RecurrencePattern,
} from '../../src/time/recurrence.ts';
import type { WorkingCalendar } from '../../src/time/working-time.ts';

const HOURS: [string, string][] = [['09:00', '17:00']];
const NEW_YORK: WorkingCalendar = {
  zone: 'America/New_York',
  weekly: { mon: HOURS, tue: HOURS, wed: HOURS, thu: HOURS, fri: HOURS },
  exceptions: { '2026-05-25': [] },
};
const WEEKDAYS: RecurrencePattern = {
  kind: 'weekly',
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
};

function utc(text: string): DateTime {
  return DateTime.fromISO(text, { zone: 'utc' });
}

function recurring(pattern: RecurrencePattern, more: Partial<Recurrence> = {}): Recurrence {
  return { pattern, time: '09:00', onNonWorkingDay: 'skip', ...more };
}

/** Local dates of the next four occurrences after 2026-02-20, unless told otherwise. */
function dates(
  recurrence: Recurrence,
  { calendar = NEW_YORK, after = '2026-02-20T00:00Z', count = 4 } = {},
): string[] {
  return nextOccurrences({ recurrence, calendar, after: utc(after), count }).map(({ on }) => on);
}

describe('patterns', () => {
  test.each<[string, RecurrencePattern, string[]]>([
    [
      'Monday and Friday',
      { kind: 'weekly', weekdays: ['mon', 'fri'] },
      ['2026-02-20', '2026-02-23', '2026-02-27', '2026-03-02'],
    ],
    [
      'every other Monday, from a week given by its Wednesday',
      { kind: 'everyNthWeek', weeks: 2, weekdays: ['mon'], anchorOn: '2026-03-04' },
      ['2026-03-02', '2026-03-16', '2026-03-30', '2026-04-13'],
    ],
    [
      'every third week, anchored later than asked',
      { kind: 'everyNthWeek', weeks: 3, weekdays: ['tue', 'fri'], anchorOn: '2026-12-31' },
      // 45 weeks lie between Monday 16 February and Monday 28 December.
      ['2026-02-20', '2026-03-10', '2026-03-13', '2026-03-31'],
    ],
    [
      'day 15, which is a Sunday in March',
      { kind: 'dayOfMonth', day: 15 },
      ['2026-04-15', '2026-05-15', '2026-06-15', '2026-07-15'],
    ],
    [
      'day 31, else the last day, where that is worked',
      { kind: 'dayOfMonth', day: 31 },
      ['2026-03-31', '2026-04-30', '2026-06-30', '2026-07-31'],
    ],
    [
      'day 31 only',
      { kind: 'dayOfMonth', day: 31, shortMonth: 'skip' },
      ['2026-03-31', '2026-07-31', '2026-08-31', '2026-12-31'],
    ],
    [
      'the second Tuesday',
      { kind: 'weekdayOfMonth', nth: 2, weekday: 'tue' },
      ['2026-03-10', '2026-04-14', '2026-05-12', '2026-06-09'],
    ],
    [
      'the fifth Monday',
      { kind: 'weekdayOfMonth', nth: 5, weekday: 'mon' },
      ['2026-03-30', '2026-06-29', '2026-08-31', '2026-11-30'],
    ],
    [
      'the last Friday',
      { kind: 'weekdayOfMonth', nth: 'last', weekday: 'fri' },
      ['2026-02-27', '2026-03-27', '2026-04-24', '2026-05-29'],
    ],
    [
      'the last business day',
      { kind: 'businessDayOfMonth', which: 'last' },
      ['2026-02-27', '2026-03-31', '2026-04-30', '2026-05-29'],
    ],
    [
      'the first business day',
      { kind: 'businessDayOfMonth', which: 'first' },
      ['2026-03-02', '2026-04-01', '2026-05-01', '2026-06-01'],
    ],
    ['one date', { kind: 'once', on: '2026-03-03' }, ['2026-03-03']],
    ['one date in ten years', { kind: 'once', on: '2036-03-03' }, ['2036-03-03']],
    ['a date that has passed', { kind: 'once', on: '2026-02-18' }, []],
    ['no weekday at all', { kind: 'weekly', weekdays: [] }, []],
  ])('%s', (_name, pattern, expected) => {
    expect(dates(recurring(pattern))).toEqual(expected);
  });

  test('the last business day moves to the day before a holiday', () => {
    const calendar = { ...NEW_YORK, exceptions: { '2026-03-31': [] } };
    const pattern: RecurrencePattern = { kind: 'businessDayOfMonth', which: 'last' };
    expect(dates(recurring(pattern), { calendar }).slice(0, 2)).toEqual([
      '2026-02-27',
      '2026-03-30',
    ]);
  });
});

describe('days without work', () => {
  const sundays: RecurrencePattern = { kind: 'weekly', weekdays: ['sun'] };

  test.each<[Recurrence['onNonWorkingDay'], string[]]>([
    ['skip', []],
    ['before', ['2026-02-20', '2026-02-27']],
    ['after', ['2026-02-23', '2026-03-02']],
    ['keep', ['2026-02-22', '2026-03-01']],
  ])('a Sunday routine of somebody who works Monday to Friday: %s', (onNonWorkingDay, expected) => {
    const recurrence = recurring(sundays, { onNonWorkingDay });
    expect(dates(recurrence, { count: 2 })).toEqual(expected);
  });

  test('an occurrence moved onto another is asked once', () => {
    const monday = recurring(WEEKDAYS, { onNonWorkingDay: 'after' });
    expect(dates(monday, { after: '2026-05-22T20:00Z', count: 2 })).toEqual([
      '2026-05-26',
      '2026-05-27',
    ]);
  });

  test('during leave nothing is asked, and a half day is a working day', () => {
    const away = [{ from: utc('2026-02-23T05:00Z'), until: utc('2026-03-04T18:00Z') }];
    const calendar = { ...NEW_YORK, away };
    expect(dates(recurring(WEEKDAYS), { calendar, after: '2026-02-20T20:00Z', count: 2 })).toEqual([
      '2026-03-04',
      '2026-03-05',
    ]);
  });

  test('hours that never open are never asked in, and the search ends', () => {
    const calendar = { zone: 'UTC', weekly: {} };
    for (const onNonWorkingDay of ['skip', 'before', 'after'] as const) {
      const recurrence = recurring(WEEKDAYS, { onNonWorkingDay });
      expect(nextOccurrence(recurrence, calendar, utc('2026-02-20'))).toBeNull();
    }
  });
});

describe('bounds', () => {
  test('nothing is asked before the first or after the last date, moved or not', () => {
    const pattern: RecurrencePattern = { kind: 'weekly', weekdays: ['sun', 'mon'] };
    const bounds = { from: '2026-03-02', until: '2026-03-15' };
    const after = recurring(pattern, { ...bounds, onNonWorkingDay: 'after' });
    expect(dates(after)).toEqual(['2026-03-02', '2026-03-09']);
    const before = recurring(pattern, { ...bounds, onNonWorkingDay: 'before' });
    expect(dates(before)).toEqual(['2026-03-02', '2026-03-06', '2026-03-09', '2026-03-13']);
  });

  test('a date on the skip list is left out, be it the date meant or the date asked on', () => {
    const sundays: RecurrencePattern = { kind: 'weekly', weekdays: ['sun'] };
    const moved = { onNonWorkingDay: 'after' as const };
    const meant = recurring(sundays, { ...moved, skipOn: ['2026-02-22'] });
    const asked = recurring(sundays, { ...moved, skipOn: ['2026-02-23'] });
    expect(dates(meant, { count: 1 })).toEqual(['2026-03-02']);
    expect(dates(asked, { count: 1 })).toEqual(['2026-03-02']);
  });

  test('skipping the next one leaves the series as it is', () => {
    const skipped = recurring(WEEKDAYS, { skipOn: ['2026-02-23'] });
    expect(dates(skipped, { count: 3 })).toEqual(['2026-02-20', '2026-02-24', '2026-02-25']);
  });

  test('the next one comes strictly after the instant asked about', () => {
    const recurrence = recurring(WEEKDAYS);
    const at = utc('2026-02-20T14:00Z');
    expect(nextOccurrence(recurrence, NEW_YORK, at.minus(1))?.on).toBe('2026-02-20');
    expect(nextOccurrence(recurrence, NEW_YORK, at)?.on).toBe('2026-02-23');
  });

  test('between two instants the second is included and the first is not', () => {
    const recurrence = recurring(WEEKDAYS);
    const [after, until] = [utc('2026-02-20T14:00Z'), utc('2026-02-24T14:00Z')];
    const found = occurrencesBetween({ recurrence, calendar: NEW_YORK, after, until });
    expect(found.map(({ on }) => on)).toEqual(['2026-02-23', '2026-02-24']);
  });
});

describe('zones', () => {
  test.each([
    ['2026-03-06T20:00Z', ['2026-03-09T13:00:00.000Z', '2026-03-10T13:00:00.000Z']],
    ['2026-10-29T20:00Z', ['2026-10-30T13:00:00.000Z', '2026-11-02T14:00:00.000Z']],
  ])('09:00 stays 09:00 when clocks change after %s', (after, expected) => {
    const found = nextOccurrences({
      recurrence: recurring(WEEKDAYS),
      calendar: NEW_YORK,
      after: utc(after),
      count: 2,
    });
    expect(found.map(({ at }) => at.toUTC().toISO())).toEqual(expected);
  });

  test('each day is asked once when its time is shown twice or not at all', () => {
    const calendar: WorkingCalendar = { zone: 'America/New_York', weekly: { sun: HOURS } };
    const sunday: RecurrencePattern = { kind: 'weekly', weekdays: ['sun'] };
    const back = recurring(sunday, { time: '01:30' });
    expect(dates(back, { calendar, after: '2026-11-01T05:29Z', count: 2 })).toEqual([
      '2026-11-01',
      '2026-11-08',
    ]);
    expect(dates(back, { calendar, after: '2026-11-01T05:30Z', count: 1 })).toEqual(['2026-11-08']);
    const forward = recurring(sunday, { time: '02:30' });
    const gap = nextOccurrence(forward, calendar, utc('2026-03-08T00:00Z'));
    expect(gap?.at.toUTC().toISO()).toBe('2026-03-08T07:30:00.000Z');
  });

  test('a time in a gap that ends at midnight is still due just after midnight', () => {
    const calendar: WorkingCalendar = { zone: 'America/Nuuk', weekly: { sat: HOURS } };
    const saturday = recurring({ kind: 'weekly', weekdays: ['sat'] }, { time: '23:30' });
    const found = nextOccurrence(saturday, calendar, utc('2026-03-29T01:10Z'));
    expect(found?.on).toBe('2026-03-28');
    expect(found?.at.toUTC().toISO()).toBe('2026-03-29T01:30:00.000Z');
  });

  test('what falls on the day that Apia never had is asked on the next day', () => {
    const always = { mon: HOURS, tue: HOURS, wed: HOURS, thu: HOURS, fri: HOURS, sat: HOURS };
    const calendar: WorkingCalendar = { zone: 'Pacific/Apia', weekly: always };
    const fridays = recurring({ kind: 'weekly', weekdays: ['fri'] });
    const daily = recurring({ kind: 'weekly', weekdays: ['thu', 'fri', 'sat'] });
    const after = '2011-12-28T00:00Z';
    expect(dates(fridays, { calendar, after, count: 2 })).toEqual(['2011-12-31', '2012-01-06']);
    expect(dates(daily, { calendar, after, count: 3 })).toEqual([
      '2011-12-29',
      '2011-12-31',
      '2012-01-05',
    ]);
    const once = recurring({ kind: 'once', on: '2011-12-30' });
    expect(dates(once, { calendar, after })).toEqual(['2011-12-31']);
  });

  test('somebody who flies west after the morning question is not asked again that day', () => {
    const manila = { ...NEW_YORK, zone: 'Asia/Manila' };
    const recurrence = recurring(WEEKDAYS);
    const asked = nextOccurrence(recurrence, manila, utc('2026-03-03T20:00Z'));
    expect(asked?.on).toBe('2026-03-04');
    const after = (asked?.at ?? utc('2026-03-04')).plus({ hours: 5 });
    const again = nextOccurrence(recurrence, NEW_YORK, { after });
    expect(again?.on).toBe('2026-03-04');
    const next = nextOccurrence(recurrence, NEW_YORK, { after, afterOn: '2026-03-04' });
    expect(next?.on).toBe('2026-03-05');
  });

  test('a time or date that does not exist is refused with a sentence', () => {
    const late = recurring(WEEKDAYS, { time: '25:00' });
    expect(() => dates(late)).toThrow('There is no time 25:00');
    const never = recurring({ kind: 'once', on: '2026-02-31' });
    expect(() => dates(never)).toThrow('There is no date 2026-02-31');
  });
});

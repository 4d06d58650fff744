import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  awayInstants,
  checkLeaveRange,
  describeRange,
  isOverlapping,
  isSamePlan,
  type Leave,
  type LeaveRange,
  leaveInstants,
  readLeaveType,
} from '../../src/away/domain/leave.ts';
import { formatDay } from '../../src/time/local-date.ts';
import { type WorkingCalendar, workingTimeBetween } from '../../src/time/working-time.ts';

const TODAY = '2026-11-23';

function hours(start: string, end: string): WorkingCalendar['weekly'] {
  const windows: [string, string][] = [[start, end]];
  return { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows };
}

const NEW_YORK = { zone: 'America/New_York', weekly: hours('09:00', '17:00') };
const NIGHTS = { zone: 'Asia/Manila', weekly: hours('22:00', '06:00') };

/** '2026-11-27', '2026-11-27 pm', '2026-11-26 pm to 2026-11-27 am'. */
function range(text: string): LeaveRange {
  const [first = '', last = first] = text.split(' to ');
  const [firstOn = '', from] = first.split(' ');
  const [lastOn = '', until] = last.split(' ');
  return { firstOn, lastOn, startsAtMidday: from === 'pm', endsAtMidday: until === 'am' };
}

function leave(text: string, changes: Partial<Leave> = {}): Leave {
  const at = DateTime.fromISO('2026-11-20T00:00:00Z');
  return {
    workspaceId: 'T1',
    id: text,
    userId: 'U0000002',
    type: 'vacation',
    coverId: null,
    reason: null,
    createdAt: at,
    changedAt: at,
    cancelledAt: null,
    ...range(text),
    ...changes,
  };
}

describe('from when until when somebody is away', () => {
  test.each([
    ['a day', NEW_YORK, '2026-11-27', '2026-11-27T00:00-05:00', '2026-11-28T00:00-05:00'],
    ['a morning', NEW_YORK, '2026-11-27 am', '2026-11-27T00:00-05:00', '2026-11-27T13:00-05:00'],
    ['an afternoon', NEW_YORK, '2026-11-27 pm', '2026-11-27T13:00-05:00', '2026-11-28T00:00-05:00'],
    [
      'over the end of summer time',
      NEW_YORK,
      '2026-10-30 pm to 2026-11-02 am',
      '2026-10-30T13:00-04:00',
      '2026-11-02T13:00-05:00',
    ],
    [
      'over the start of summer time',
      NEW_YORK,
      '2026-03-08',
      '2026-03-08T00:00-05:00',
      '2026-03-09T00:00-04:00',
    ],
    [
      'a midday without any work is noon',
      NEW_YORK,
      '2026-11-28 pm',
      '2026-11-28T12:00-05:00',
      '2026-11-29T00:00-05:00',
    ],
    [
      'a night shift belongs to the day on which it starts',
      NIGHTS,
      '2026-11-25',
      '2026-11-25T06:00+08:00',
      '2026-11-26T06:00+08:00',
    ],
    [
      'the middle of a night shift lies after midnight',
      NIGHTS,
      '2026-11-25 pm',
      '2026-11-26T02:00+08:00',
      '2026-11-26T06:00+08:00',
    ],
    [
      'where midnight does not exist the day starts an hour later',
      { zone: 'Africa/Cairo', weekly: hours('09:00', '17:00') },
      '2026-04-24',
      '2026-04-24T01:00+03:00',
      '2026-04-25T00:00+03:00',
    ],
  ])('%s', (...[, calendar, text, from, until]) => {
    const instants = leaveInstants(range(text), calendar);
    expect(instants.from.toMillis()).toBe(DateTime.fromISO(from).toMillis());
    expect(instants.until.toMillis()).toBe(DateTime.fromISO(until).toMillis());
  });

  test('split hours are halved by working time, so a lunch break is no half', () => {
    const weekly: WorkingCalendar['weekly'] = {
      fri: [
        ['07:00', '12:00'],
        ['13:00', '18:00'],
      ],
    };
    const instants = leaveInstants(range('2026-11-27 pm'), { zone: 'Europe/Lisbon', weekly });
    expect(instants.from.toFormat('HH:mm')).toBe('12:00');
  });

  test('whatever the zone and hours, a day of leave takes that day’s work and no other', () => {
    const zones = ['America/New_York', 'Asia/Manila', 'Europe/Lisbon', 'Australia/Lord_Howe'];
    const time = fc.integer({ min: 0, max: 47 }).map((half) => {
      const hour = String(Math.floor(half / 2)).padStart(2, '0');
      return `${hour}:${half % 2 ? '30' : '00'}`;
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        time,
        time,
        fc.integer({ min: 20_500, max: 23_000 }),
        (...[zone, start, end, day]) => {
          const weekly = {
            ...hours(start, end),
            sat: [[start, end]],
            sun: [[start, end]],
          } as const;
          const calendar: WorkingCalendar = {
            zone,
            weekly: weekly as unknown as WorkingCalendar['weekly'],
          };
          const on = formatDay(day);
          const away = [leaveInstants(range(on), calendar)];
          const around = (one: WorkingCalendar) =>
            workingTimeBetween(
              one,
              DateTime.fromISO(on, { zone }).minus({ days: 3 }),
              DateTime.fromISO(on, { zone }).plus({ days: 4 }),
            );
          const without: WorkingCalendar = { ...calendar, exceptions: { [on]: [] } };
          expect(around({ ...calendar, away })).toBe(around(without));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('morning and afternoon together are the day', () => {
    const [morning, afternoon] = [range('2026-11-27 am'), range('2026-11-27 pm')];
    const day = leaveInstants(range('2026-11-27'), NEW_YORK);
    const [am, pm] = [leaveInstants(morning, NEW_YORK), leaveInstants(afternoon, NEW_YORK)];
    expect(am.until.equals(pm.from)).toBe(true);
    expect([am.from.toMillis(), pm.until.toMillis()]).toEqual([
      day.from.toMillis(),
      day.until.toMillis(),
    ]);
  });
});

describe('which ranges can be saved', () => {
  test.each([
    ['2026-11-23', 'ok'],
    ['2026-11-20 to 2026-11-23', 'ok'],
    ['2026-11-22', 'lastOn: These days are over: the last one is Sun 22 Nov 2026'],
    ['2026-10-01 to 2026-11-30', 'firstOn: Leave can start at most a month back.'],
    ['2026-11-27 to 2026-11-26', 'lastOn: The last day, Thu 26 Nov 2026, is before the first day'],
    ['2026-12-01 to 2027-12-01', 'ok'],
    ['2026-12-01 to 2027-12-02', 'lastOn: These are 367 days, and a leave can have at most 366.'],
    ['2029-01-01', 'firstOn: Leave can be planned two years ahead.'],
    ['2027-02-31', 'lastOn: There is no 31 February 2027: that month has 28 days.'],
  ])('%s: %s', (text, verdict) => {
    const checked = checkLeaveRange(range(text), TODAY);
    const said = checked.ok
      ? 'ok'
      : `${'field' in checked ? checked.field : ''}: ${checked.message}`;
    expect(said).toContain(verdict);
  });

  test('leave that began long ago can still be made longer', () => {
    const long = range('2026-09-01 to 2026-12-01');
    expect(checkLeaveRange(long, TODAY).ok).toBe(false);
    expect(checkLeaveRange(long, TODAY, '2026-09-01').ok).toBe(true);
  });

  test('from midday until midday of one day is nothing, and is said so', () => {
    const nothing = { ...range('2026-11-27'), startsAtMidday: true, endsAtMidday: true };
    expect(checkLeaveRange(nothing, TODAY)).toMatchObject({ ok: false, field: 'endsAtMidday' });
  });
});

test.each([
  ['2026-11-27', '2026-11-27', true],
  ['2026-11-27 am', '2026-11-27 pm', false],
  ['2026-11-27 am', '2026-11-27', true],
  ['2026-11-25 to 2026-11-27 am', '2026-11-27 pm to 2026-11-30', false],
  ['2026-11-25 to 2026-11-27', '2026-11-27 to 2026-11-30', true],
  ['2026-11-25 to 2026-11-30', '2026-11-27', true],
  ['2026-11-25', '2026-11-26', false],
])('%s and %s share a half day: %s', (a, b, shared) => {
  expect(isOverlapping(range(a), range(b))).toBe(shared);
  expect(isOverlapping(range(b), range(a))).toBe(shared);
});

test.each([
  ['2026-11-27', 'Fri 27 Nov 2026'],
  ['2026-11-27 am', 'Fri 27 Nov 2026, morning'],
  ['2026-11-27 pm', 'Fri 27 Nov 2026, afternoon'],
  ['2026-12-24 to 2027-01-02', 'Thu 24 Dec 2026 to Sat 2 Jan 2027'],
  [
    '2026-12-24 pm to 2027-01-02 am',
    'Thu 24 Dec 2026 (from midday) to Sat 2 Jan 2027 (until midday)',
  ],
])('%s is shown as %s', (text, shown) => {
  expect(describeRange(range(text))).toBe(shown);
});

test.each([
  ['sick today', 'sick', 'today'],
  ['I’m sick tomorrow', 'sick', 'tomorrow'],
  ['vacation 24 Dec to 2 Jan', 'vacation', '24 Dec to 2 Jan'],
  ['on leave next week', null, 'next week'],
  ['friday off', null, 'friday'],
  ['jury duty monday to friday', 'public_duty', 'monday to friday'],
  ['training friday afternoon', 'training', 'friday afternoon'],
  ['sick', 'sick', ''],
  ['tomorrow', null, 'tomorrow'],
])('“%s” names the type %s and leaves “%s”', (text, type, rest) => {
  expect(readLeaveType(text)).toEqual({ type, rest });
});

test('a form that was sent twice says the same, whatever else differs', () => {
  const one = leave('2026-11-27');
  expect(isSamePlan(one, { ...one, id: 'other' } as Leave)).toBe(true);
  expect(isSamePlan(one, { ...one, reason: 'Dentist' })).toBe(false);
  expect(isSamePlan(one, { ...one, startsAtMidday: true })).toBe(false);
});

test('the calendar keeps leave of the last year in order, and nothing that was cancelled', () => {
  const now = DateTime.fromISO('2026-11-23T00:00:00Z');
  const away = awayInstants(
    [
      leave('2026-12-24'),
      leave('2026-11-27'),
      leave('2026-11-25', { cancelledAt: now }),
      leave('2025-06-01'),
      leave('2026-03-01'),
    ],
    NEW_YORK,
    now,
  );
  expect(away.map(({ from }) => from.toISODate())).toEqual([
    '2026-03-01',
    '2026-11-27',
    '2026-12-24',
  ]);
});

import { DateTime, Interval } from 'luxon';
import { holidayExceptions, holidaysFor } from '../../src/time/holidays.ts';
import { WEEKDAYS } from '../../src/time/local-date.ts';
import { type WorkingCalendar, workingTimeBetween } from '../../src/time/working-time.ts';
import type { Measurement } from './measurement.ts';

const ROUND_MS = 700;

/** The plain way: every local day of the range, its windows as Luxon intervals, leave taken out of each. */
function walkDays(calendar: WorkingCalendar, from: DateTime, to: DateTime): number {
  if (to <= from) return 0;
  const range = Interval.fromDateTimes(from, to);
  const away = (calendar.away ?? []).map((leave) =>
    Interval.fromDateTimes(leave.from, leave.until),
  );
  let worked = 0;
  let day = from.setZone(calendar.zone).startOf('day').minus({ days: 1 });
  for (; day < to; day = day.plus({ days: 1 })) {
    const weekday = WEEKDAYS[day.weekday - 1] ?? 'mon';
    const windows = calendar.exceptions?.[day.toISODate() ?? ''] ?? calendar.weekly[weekday] ?? [];
    for (const [start, end] of windows) {
      const opens = DateTime.fromISO(`${day.toISODate()}T${start}`, { zone: calendar.zone });
      const closes = DateTime.fromISO(`${day.toISODate()}T${end}`, { zone: calendar.zone });
      const window = Interval.fromDateTimes(opens, closes).intersection(range);
      for (const piece of window?.difference(...away) ?? []) worked += piece.length();
    }
  }
  return worked;
}

function benchCalendar(): WorkingCalendar {
  const hours: [string, string][] = [
    ['09:00', '12:30'],
    ['13:30', '17:30'],
  ];
  const zone = 'America/New_York';
  const found = holidaysFor({ country: 'US', region: 'NY', years: [2025, 2026] });
  if (!found.ok) throw new Error(found.message);
  const away = [
    ['2025-08-04T00:00', '2025-08-16T00:00'],
    ['2025-12-22T12:00', '2026-01-02T00:00'],
    ['2026-03-11T13:00', '2026-03-12T00:00'],
  ].map(([from = '', until = '']) => ({
    from: DateTime.fromISO(from, { zone }),
    until: DateTime.fromISO(until, { zone }),
  }));
  return {
    zone,
    weekly: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
    exceptions: holidayExceptions(found.holidays),
    away,
  };
}

/** Ranges of one length whose starts lie in all hours of 2025. */
function ranges(length: { hours?: number; weeks?: number; years?: number }): Interval[] {
  const start = DateTime.fromISO('2025-02-03T00:17:00Z', { zone: 'UTC' });
  return Array.from({ length: 500 }, (_, index) =>
    Interval.after(start.plus({ minutes: index * 431 }), length),
  );
}

type Span = { from: DateTime; to: DateTime };

function spansOf(intervals: Interval[]): Span[] {
  return intervals.flatMap(({ start, end }) => (start && end ? [{ from: start, to: end }] : []));
}

/** Calls per second of `work` on one core: the best of three rounds of `ROUND_MS`, the first of which warms up. */
function perSecond(spans: Span[], work: (span: Span) => number): number {
  let best = 0;
  for (let round = 0; round < 3; round += 1) {
    let calls = 0;
    let checksum = 0;
    const started = performance.now();
    while (performance.now() - started < ROUND_MS) {
      for (const span of spans) checksum += work(span);
      calls += spans.length;
    }
    if (checksum < 0) throw new Error('working time cannot be negative');
    best = Math.max(best, (calls * 1000) / (performance.now() - started));
  }
  return best;
}

export async function run(): Promise<Measurement[]> {
  const calendar = benchCalendar();
  const cases = [
    { name: 'one hour', spans: spansOf(ranges({ hours: 1 })), goal: 200_000, walked: 500 },
    { name: 'one week', spans: spansOf(ranges({ weeks: 1 })), goal: 50_000, walked: 100 },
    { name: 'one year', spans: spansOf(ranges({ years: 1 })), goal: 5_000, walked: 5 },
  ];
  const measurements: Measurement[] = [];
  for (const { name, spans, goal, walked } of cases) {
    const some = spans.slice(0, walked);
    for (const { from, to } of some) {
      if (workingTimeBetween(calendar, from, to) !== walkDays(calendar, from, to)) {
        throw new Error(`The two ways differ from ${from.toISO()} to ${to.toISO()}`);
      }
    }
    const value = perSecond(spans, ({ from, to }) => workingTimeBetween(calendar, from, to));
    const baseline = perSecond(some, ({ from, to }) => walkDays(calendar, from, to));
    measurements.push({
      name: `working time over ${name}`,
      value,
      unit: 'per second',
      baseline: { name: 'Luxon day walk', value: baseline },
      ratio: value / baseline,
      goal: `at least ${goal.toLocaleString('en-US')}`,
      met: value >= goal,
    });
  }
  return [...measurements, ...measureNewCalendars(calendar)];
}

/** One week each time in a calendar object not seen before, equal to one seen or unlike the last thousand. */
function measureNewCalendars(calendar: WorkingCalendar): Measurement[] {
  const week = spansOf(ranges({ weeks: 1 }));
  const people = Array.from({ length: 1000 }, (_, person) => ({
    ...calendar,
    exceptions: { ...calendar.exceptions, [`${3000 + person}-01-01`]: [] },
  }));
  let turn = 0;
  const walk = perSecond(week.slice(0, 100), ({ from, to }) => walkDays(calendar, from, to));
  const readAnew = perSecond(week, ({ from, to }) => workingTimeBetween({ ...calendar }, from, to));
  const unknown = perSecond(week, ({ from, to }) => {
    turn += 1;
    return workingTimeBetween({ ...calendar, ...people[turn % people.length] }, from, to);
  });
  const baseline = { name: 'Luxon day walk', value: walk };
  const unit = 'per second';
  return [
    { name: 'one week, equal calendar read anew', value: readAnew, unit },
    { name: 'one week, calendar not seen before', value: unknown, unit },
  ].map((measurement) => ({ ...measurement, baseline, ratio: measurement.value / walk }));
}

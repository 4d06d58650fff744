import fc from 'fast-check';
import { DateTime } from 'luxon';
import { WEEKDAYS } from '../../src/time/local-date.ts';
import type { WorkingCalendar } from '../../src/time/working-time.ts';
import { DAY, MINUTE } from './zone-clock.ts';

function clockTime(minutes: number): string {
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
  return `${hours}:${String(minutes % 60).padStart(2, '0')}`;
}

const minuteOfDay = fc.oneof(
  fc.integer({ min: 0, max: 1439 }),
  fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15),
);

/** Windows of all kinds: nights, '24:00', empty, overlapping. */
const windows = fc.array(
  fc.tuple(
    minuteOfDay.map(clockTime),
    fc.oneof({ weight: 5, arbitrary: minuteOfDay.map(clockTime) }, fc.constant('24:00')),
  ),
  { maxLength: 3 },
);

/** Calendars with exceptions and leave within `days` days of `first`, an instant. */
export function calendars(
  zone: string,
  first: number,
  days: number,
): fc.Arbitrary<WorkingCalendar> {
  const minute = fc.integer({ min: 0, max: days * 1440 });
  const date = fc
    .integer({ min: 0, max: days })
    .map((day) => new Date(first + day * DAY).toISOString().slice(0, 10));
  return fc
    .record({
      weekly: fc.array(windows, { minLength: 7, maxLength: 7 }),
      exceptions: fc.dictionary(date, windows, { maxKeys: 3 }),
      away: fc.array(fc.tuple(minute, minute), { maxLength: 3 }),
    })
    .map(({ weekly, exceptions, away }) => ({
      zone,
      weekly: Object.fromEntries(WEEKDAYS.map((day, index) => [day, weekly[index] ?? []])),
      exceptions,
      away: away.map(([from, until]) => ({
        from: DateTime.fromMillis(first + from * MINUTE, { zone: 'UTC' }),
        until: DateTime.fromMillis(first + until * MINUTE, { zone: 'UTC' }),
      })),
    }));
}

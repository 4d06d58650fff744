import { parseWindow } from './calendar-windows.ts';
import { formatLocalDate } from './format.ts';
import { DAY_MS, daysInMonth, parseDay, WEEKDAYS, type Weekday } from './local-date.ts';
import { type LocalDate, parseTime } from './wall-clock.ts';
import type { WorkingCalendar } from './working-time.ts';
import { isKnownZone } from './zones.ts';

/** A value that may be used, or the sentence that tells a person what is wrong with it. */
export type Checked<T> = { ok: true; value: T } | { ok: false; message: string };

type Windows = [start: string, end: string][];

const DAY_NAMES: Record<Weekday, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
const MONTH_NAMES =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

function refuse(message: string): { ok: false; message: string } {
  return { ok: false, message };
}

/** A local time as 'HH:mm'; '9:00' becomes '09:00'. '24:00' is no time of day. */
export function checkTime(text: string): Checked<string> {
  const time = text.trim().replace(/^(\d):/, '0$1:');
  if (time === '24:00') {
    return refuse('24:00 can only be the end of working hours. For midnight, write 00:00.');
  }
  if (parseTime(time) !== null) return { ok: true, value: time };
  return refuse(`“${text}” is not a time. Write it as HH:mm, from 00:00 to 23:59.`);
}

/** A date that the calendar has, as 'YYYY-MM-DD'. */
export function checkLocalDate(text: string): Checked<LocalDate> {
  const date = text.trim();
  if (parseDay(date) !== null) return { ok: true, value: date };
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
  const monthName = MONTH_NAMES[month - 1];
  if (year > 0 && monthName !== undefined && day > 0) {
    const length = daysInMonth(year, month);
    return refuse(`There is no ${day} ${monthName} ${year}: that month has ${length} days.`);
  }
  return refuse(`“${text}” is not a date. Write it as YYYY-MM-DD, for example 2026-03-09.`);
}

/** First and last day of a range, both included; a range of one day is one. */
export function checkDateRange(
  first: string,
  last: string,
): Checked<{ first: LocalDate; last: LocalDate }> {
  const from = checkLocalDate(first);
  if (!from.ok) return from;
  const until = checkLocalDate(last);
  if (!until.ok) return until;
  if (until.value < from.value) {
    const [end, start] = [formatLocalDate(until.value), formatLocalDate(from.value)];
    return refuse(`The last day, ${end}, is before the first day, ${start}.`);
  }
  return { ok: true, value: { first: from.value, last: until.value } };
}

/** A date that is today or later, for the person whose local date is `today`. */
export function checkNotPast(text: string, today: LocalDate): Checked<LocalDate> {
  const date = checkLocalDate(text);
  if (!date.ok || date.value >= today) return date;
  return refuse(`${formatLocalDate(date.value)} is in the past. Choose today or a later day.`);
}

/** A zone of the time zone database. */
export function checkZone(text: string): Checked<string> {
  const zone = text.trim();
  if (isKnownZone(zone)) return { ok: true, value: zone };
  return refuse(`“${text}” is not a known time zone. Write it like Asia/Manila.`);
}

type PlacedWindow = { start: number; end: number; label: string };

function checkWindow([start, end]: [string, string], dayName: string): Checked<[string, string]> {
  const from = checkTime(start);
  if (!from.ok) return refuse(`${dayName}: ${from.message}`);
  const until = end.trim() === '24:00' ? { ok: true as const, value: '24:00' } : checkTime(end);
  if (!until.ok) return refuse(`${dayName}: ${until.message}`);
  if (from.value === until.value) {
    return refuse(
      `${dayName}: working hours from ${from.value} to ${until.value} never open. For a whole day, write 00:00 to 24:00.`,
    );
  }
  return { ok: true, value: [from.value, until.value] };
}

function placeWindows(windows: Windows, dayIndex: number, dayName: string): PlacedWindow[] {
  return windows.flatMap(([start, end]) => {
    const window = parseWindow(start, end);
    if (!window) return [];
    const midnight = dayIndex * DAY_MS;
    return [
      {
        start: midnight + window.start,
        end: midnight + window.end,
        label: `${dayName} ${start} to ${end}`,
      },
    ];
  });
}

function findOverlap(windows: PlacedWindow[]): string | null {
  const sorted = windows.toSorted((a, b) => a.start - b.start);
  for (const [index, window] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next && next.start < window.end) {
      return `These working hours overlap: ${window.label} and ${next.label}.`;
    }
  }
  return null;
}

/** The windows of one day; `dayName` opens the sentence when they are wrong. None means a day off. */
export function checkWindows(windows: Windows, dayName: string): Checked<Windows> {
  const checked: Windows = [];
  for (const window of windows) {
    const result = checkWindow(window, dayName);
    if (!result.ok) return result;
    checked.push(result.value);
  }
  const overlap = findOverlap(placeWindows(checked, 0, dayName));
  return overlap === null ? { ok: true, value: checked } : refuse(overlap);
}

/** Weekly hours that open at least once and whose windows do not overlap, nights into the next day included. */
export function checkWeeklyHours(
  weekly: WorkingCalendar['weekly'],
): Checked<WorkingCalendar['weekly']> {
  const value: WorkingCalendar['weekly'] = {};
  const placed: PlacedWindow[] = [];
  for (const [index, weekday] of WEEKDAYS.entries()) {
    const windows = checkWindows(weekly[weekday] ?? [], DAY_NAMES[weekday]);
    if (!windows.ok) return windows;
    if (windows.value.length === 0) continue;
    value[weekday] = windows.value;
    placed.push(...placeWindows(windows.value, index, DAY_NAMES[weekday]));
  }
  if (placed.length === 0) {
    return refuse('These working hours never open. Choose at least one day with hours.');
  }
  const nextMonday = placed
    .filter((window) => window.start < DAY_MS)
    .map((window) => ({
      ...window,
      start: window.start + 7 * DAY_MS,
      end: window.end + 7 * DAY_MS,
    }));
  const overlap = findOverlap([...placed, ...nextMonday]);
  return overlap === null ? { ok: true, value } : refuse(overlap);
}

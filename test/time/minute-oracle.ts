import type { WorkingCalendar } from '../../src/time/working-time.ts';
import { DAY, HOUR, MINUTE, readClock } from './zone-clock.ts';

/** What clocks in one zone show in each minute of a few days, read with Intl every quarter of an hour. */
export type MinuteClock = {
  zone: string;
  first: number;
  /** Epoch milliseconds of what is shown, by minute. */
  shown: Float64Array;
  firstShowing: Map<number, number>;
  /** The dates shown at all, as their midnights. */
  dates: Set<number>;
};

/** Watches a clock from `first` for `minutes` minutes. Both are multiples of a quarter of an hour. */
export function watchClock(zone: string, first: number, minutes: number): MinuteClock {
  const shown = new Float64Array(minutes);
  const firstShowing = new Map<number, number>();
  const dates = new Set<number>();
  for (let minute = 0; minute < minutes; minute += 15) {
    const start = readClock(zone, first + minute * MINUTE);
    dates.add(Math.floor(start / DAY) * DAY);
    for (let step = 0; step < 15; step += 1) {
      const value = start + step * MINUTE;
      shown[minute + step] = value;
      if (!firstShowing.has(value)) firstShowing.set(value, minute + step);
    }
  }
  return { zone, first, shown, firstShowing, dates };
}

/** The minute of the clock at which `wanted` is shown first; in a gap, moved by the gap's length. */
function minuteShowing(clock: MinuteClock, wanted: number): number | null {
  const exact = clock.firstShowing.get(wanted);
  if (exact !== undefined) return exact;
  for (let minute = 1; minute < clock.shown.length; minute += 1) {
    const before = clock.shown[minute - 1] ?? 0;
    const after = clock.shown[minute] ?? 0;
    if (before < wanted && wanted < after) {
      return clock.firstShowing.get(wanted + after - before - MINUTE) ?? null;
    }
  }
  return null;
}

function sinceMidnight(time: string): number {
  return Number(time.slice(0, 2)) * HOUR + Number(time.slice(3, 5)) * MINUTE;
}

const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** For each minute of the clock 1 when the calendar is at work, else 0. Leave must begin and end at whole minutes. */
export function minutesAtWork(clock: MinuteClock, calendar: WorkingCalendar): Uint8Array {
  const open = new Uint8Array(clock.shown.length);
  for (const date of clock.dates) {
    const on = new Date(date).toISOString().slice(0, 10);
    const weekday = DAY_NAMES[new Date(date).getUTCDay()] ?? 'sun';
    for (const [start, end] of calendar.exceptions?.[on] ?? calendar.weekly[weekday] ?? []) {
      const nextDay = sinceMidnight(end) < sinceMidnight(start) ? DAY : 0;
      const from = minuteShowing(clock, date + sinceMidnight(start));
      const until = minuteShowing(clock, date + sinceMidnight(end) + nextDay);
      if (from !== null && until !== null && from < until) open.fill(1, from, until);
    }
  }
  for (const { from, until } of calendar.away ?? []) {
    const start = Math.max(0, (from.toMillis() - clock.first) / MINUTE);
    const end = Math.max(start, (until.toMillis() - clock.first) / MINUTE);
    open.fill(0, start, end);
  }
  return open;
}

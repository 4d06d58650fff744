import { DateTime } from 'luxon';
import { DAY_MS, dayOf } from './local-date.ts';
import { dayExists, instantShowing, shownAt } from './zone-offsets.ts';

/** A calendar date without a zone, written 'YYYY-MM-DD'. */
export type LocalDate = string;

const MINUTE_MS = 60_000;

/** Milliseconds from midnight to 'HH:mm', '00:00' to '23:59'; null for anything else. */
export function parseTime(time: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  return match ? (Number(match[1]) * 60 + Number(match[2])) * MINUTE_MS : null;
}

/** The instant at which clocks in `zone` show `time` on `date`. Skipped by a DST gap: moved forward by the length of the gap. Shown twice: the first. Throws a RangeError when the zone has no such date. */
export function atWallClock(date: LocalDate, time: string, zone: string): DateTime {
  const day = dayOf(date);
  const sinceMidnight = parseTime(time);
  if (sinceMidnight === null) {
    throw new RangeError(`There is no time ${time}; times are written HH:mm, 00:00 to 23:59`);
  }
  const at = instantShowing(zone, day * DAY_MS + sinceMidnight);
  if (Math.floor(shownAt(zone, at) / DAY_MS) !== day && !dayExists(zone, day)) {
    throw new RangeError(`The date ${date} does not exist in ${zone}`);
  }
  return DateTime.fromMillis(at, { zone });
}

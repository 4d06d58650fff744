import { DateTime } from 'luxon';
import { workingSpansOn } from '../../time/calendar-windows.ts';
import { dayOf, formatDay, parseDay } from '../../time/local-date.ts';
import type { Checked } from '../../time/validate.ts';
import { atWallClock, type LocalDate } from '../../time/wall-clock.ts';
import {
  nextWorkingInstant,
  type WorkingCalendar,
  workingWindows,
} from '../../time/working-time.ts';

/** How far ahead something can be due. */
const MAX_DAYS_AHEAD = 2 * 366;
/** A due date without a time means the end of the EA's work on that day; on a day off, this time. */
const END_OF_DAY = '17:00';

/** When somebody wants it, as they wrote it. */
export type DueWish = { on: LocalDate; time: string | null; zone: string };

/** The instant that is meant, or what is wrong with it. */
export function readDue(
  wish: DueWish,
  o: { calendar: WorkingCalendar; now: DateTime },
): Checked<DateTime> {
  if (parseDay(wish.on) === null)
    return { ok: false, message: `There is no date ${wish.on}. Choose another one.` };
  const at = wish.time ? atWallClock(wish.on, wish.time, wish.zone) : endOfWorkOn(wish, o.calendar);
  if (at <= o.now)
    return { ok: false, message: 'This time has passed already. Choose a later date or time.' };
  if (at > o.now.plus({ days: MAX_DAYS_AHEAD }))
    return { ok: false, message: 'That is more than two years ahead. Choose an earlier date.' };
  return { ok: true, value: at };
}

/** On a clock other than the EA's, the day still is the EA's. */
function endOfWorkOn({ on }: DueWish, calendar: WorkingCalendar): DateTime {
  const { away: _, ...hours } = calendar;
  const last = workingSpansOn(hours, on).at(-1);
  return last ? toTime(last.end, calendar) : atWallClock(on, END_OF_DAY, calendar.zone);
}

function toTime(milliseconds: number, { zone }: WorkingCalendar): DateTime {
  return DateTime.fromMillis(milliseconds, { zone });
}

export type LeaveClash = {
  /** The end of work before the leave; null when that has passed. */
  before: DateTime | null;
  /** The end of the first working day after it; null when work does not open again. */
  after: DateTime | null;
};

/** What else can be chosen when the EA is on leave at that time; null when they are not. */
export function findLeaveClash(
  dueAt: DateTime,
  o: { calendar: WorkingCalendar; now: DateTime },
): LeaveClash | null {
  const { calendar, now } = o;
  const leave = calendar.away?.find(({ from, until }) => from < dueAt && dueAt < until);
  if (!leave) return null;
  const before = workingWindows(calendar, now, leave.from).at(-1)?.end ?? null;
  const opensAt = nextWorkingInstant(calendar, leave.until);
  const after = opensAt && workingWindows(calendar, opensAt, opensAt.plus({ days: 1 })).at(0)?.end;
  return { before, after: after ?? null };
}

/** The last working moment before a due time that lies outside of working hours; null when it lies inside. */
export function lastWorkBefore(
  dueAt: DateTime,
  o: { calendar: WorkingCalendar; now: DateTime },
): DateTime | null {
  const windows = workingWindows(o.calendar, o.now, dueAt);
  const last = windows.at(-1)?.end ?? null;
  return last && last < dueAt ? last : null;
}

/** The instant at which `milliseconds` of working time are left before `until`; null when there are not so many after `from`. */
export function workingTimeBefore(
  calendar: WorkingCalendar,
  o: { from: DateTime; until: DateTime; milliseconds: number },
): DateTime | null {
  let left = o.milliseconds;
  for (const window of workingWindows(calendar, o.from, o.until).toReversed()) {
    const length = window.length('milliseconds');
    if (left <= length) return window.end?.minus(left) ?? null;
    left -= length;
  }
  return null;
}

const DAYS_LOOKED_AT = 60;

/** When work starts so many working days before the local day of `dueAt`; null when there are not so many within two months. */
export function workStartBefore(
  calendar: WorkingCalendar,
  dueAt: DateTime,
  workdays: number,
): DateTime | null {
  const dueOn = dayOf(dueAt.setZone(calendar.zone).toISODate() ?? '');
  let left = workdays;
  for (let days = 1; days <= DAYS_LOOKED_AT; days += 1) {
    const [first] = workingSpansOn(calendar, formatDay(dueOn - days));
    if (first) left -= 1;
    if (first && left === 0) return toTime(first.start, calendar);
  }
  return null;
}

/** The first work start of a day strictly after `at`; null when there is none within two months. */
export function workStartAfter(calendar: WorkingCalendar, at: DateTime): DateTime | null {
  const on = dayOf(at.setZone(calendar.zone).toISODate() ?? '');
  for (let days = 0; days <= DAYS_LOOKED_AT; days += 1) {
    const [first] = workingSpansOn(calendar, formatDay(on + days));
    if (first && first.start > at.toMillis()) return toTime(first.start, calendar);
  }
  return null;
}

import type { DateTime } from 'luxon';
import { dayOf, formatDay, WEEKDAYS, type Weekday } from '../../time/local-date.ts';
import type { RecurringPattern } from '../../time/phrases/recurring.ts';
import type { When } from '../../time/phrases/when.ts';
import { nextOccurrence } from '../../time/recurrence.ts';
import type { Checked } from '../../time/validate.ts';
import { atWallClock, type LocalDate } from '../../time/wall-clock.ts';

const OTHER_DAY =
  'On the other clock this falls on another day. Choose the clock of the person who is reminded, or another time.';

/**
 * What is meant on one clock, as the other clock shows it. A single time keeps its instant. What recurs keeps to the
 * new clock from then on, with the distance that the two clocks have at its first date from `now`.
 */
export function moveToClock(
  when: When,
  o: { from: string; to: string; now: DateTime },
): Checked<When> {
  if (o.from === o.to) return { ok: true, value: when };
  const on = when.kind === 'once' ? when.on : firstDate(when, o);
  const at = atWallClock(on, when.time, o.from).setZone(o.to);
  const moved = { on: at.toISODate() ?? '', time: at.toFormat('HH:mm') };
  if (when.kind === 'once') return { ok: true, value: { kind: 'once', ...moved } };
  const days = dayOf(moved.on) - dayOf(on);
  const pattern = shiftPattern(when.pattern, days);
  if (!pattern) return { ok: false, message: OTHER_DAY };
  const { from, until } = when;
  return {
    ok: true,
    value: {
      kind: 'recurring',
      pattern,
      time: moved.time,
      ...(from && { from: shiftDate(from, days) }),
      ...(until && { until: shiftDate(until, days) }),
    },
  };
}

/** The first date that it means; today when there is none. */
function firstDate(
  when: Extract<When, { kind: 'recurring' }>,
  o: { from: string; now: DateTime },
): LocalDate {
  const { kind: _, ...rest } = when;
  const calendar = { zone: o.from, weekly: BUSINESS_WEEK };
  const first = nextOccurrence({ ...rest, onNonWorkingDay: 'keep' }, calendar, o.now);
  return first?.on ?? o.now.setZone(o.from).toISODate() ?? '';
}

const ANY_HOURS: [string, string][] = [['09:00', '17:00']];
const BUSINESS_WEEK = Object.fromEntries(
  (['mon', 'tue', 'wed', 'thu', 'fri'] as const).map((day) => [day, ANY_HOURS]),
);

function shiftDate(on: LocalDate, days: number): LocalDate {
  return formatDay(dayOf(on) + days);
}

/** Null for a pattern that has no like on another day. */
function shiftPattern(pattern: RecurringPattern, days: number): RecurringPattern | null {
  if (days === 0) return pattern;
  const move = (day: Weekday) => WEEKDAYS[(WEEKDAYS.indexOf(day) + days + 7) % 7] ?? day;
  if (pattern.kind === 'weekly') {
    const moved = pattern.weekdays.map(move);
    return { kind: 'weekly', weekdays: WEEKDAYS.filter((day) => moved.includes(day)) };
  }
  if (pattern.kind === 'everyNthWeek' && pattern.weekdays.length === 1) {
    return {
      ...pattern,
      weekdays: pattern.weekdays.map(move),
      anchorOn: shiftDate(pattern.anchorOn, days),
    };
  }
  return null;
}

import type { DateTime } from 'luxon';
import { millisecondsOf } from './calendar-windows.ts';
import { civilDate, DAY_MS, dayOf, weekdayIndex } from './local-date.ts';
import type { LocalDate } from './wall-clock.ts';
import { shownAt } from './zone-offsets.ts';
import { zoneCity } from './zones.ts';

const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTH_NAMES = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const MAX_FORMATTERS = 1000;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** 'EDT', or 'GMT+8' where English has no abbreviation of its own. */
function zoneAbbreviation(at: DateTime, zone: string): string {
  let formatter = formatters.get(zone);
  if (!formatter) {
    if (formatters.size >= MAX_FORMATTERS) formatters.clear();
    formatter = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' });
    formatters.set(zone, formatter);
  }
  const parts = formatter.formatToParts(millisecondsOf(at));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

function dayLabel(day: number): string {
  const date = civilDate(day);
  return `${DAY_NAMES[weekdayIndex(day)]} ${date.day} ${MONTH_NAMES[date.month - 1]}`;
}

/** 'Mon 9 Mar 2026'. */
export function formatLocalDate(on: LocalDate): string {
  const day = dayOf(on);
  return `${dayLabel(day)} ${civilDate(day).year}`;
}

function describe(at: DateTime, zone: string): { day: number; time: string } {
  const shown = shownAt(zone, millisecondsOf(at));
  const day = Math.floor(shown / DAY_MS);
  const minutes = Math.floor((shown - day * DAY_MS) / 60_000);
  const clock = [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  const abbreviation = zoneAbbreviation(at, zone);
  const city = zoneCity(zone);
  return {
    day,
    time: `${clock} ${abbreviation}${city === abbreviation ? '' : ` (${city})`}`,
  };
}

/** 'Mon 9 Mar, 09:00 EDT (New York)': English, 24 hours, whatever the machine's locale. */
export function formatInZone(at: DateTime, zone: string): string {
  const { day, time } = describe(at, zone);
  return `${dayLabel(day)}, ${time}`;
}

/** One instant for two people: 'Mon 9 Mar, 09:00 EDT (New York) / 21:00 GMT+8 (Manila)'. The second date only where it differs. */
export function formatInBothZones(at: DateTime, zoneA: string, zoneB: string): string {
  const first = formatInZone(at, zoneA);
  if (zoneA === zoneB) return first;
  const second = describe(at, zoneB);
  const sameDay = second.day === describe(at, zoneA).day;
  return `${first} / ${sameDay ? second.time : formatInZone(at, zoneB)}`;
}

/** Reads clocks through Intl alone, so that tests do not trust the code that they test. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** What a clock in the zone shows, to the minute, as epoch milliseconds of a clock in UTC that shows the same. */
export function readClock(zone: string, at: number): number {
  const text = formatterOf(zone).format(at);
  return Date.UTC(
    Number(text.slice(6, 10)),
    Number(text.slice(0, 2)) - 1,
    Number(text.slice(3, 5)),
    Number(text.slice(12, 14)),
    Number(text.slice(15, 17)),
  );
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const ALL_ZONES: readonly string[] = [...Intl.supportedValuesOf('timeZone'), 'UTC'];

/** Days (epoch milliseconds, midnight UTC) from 2020 to 2035 within which the zone's offset changes. */
export function daysOfChange(zone: string): number[] {
  const days: number[] = [];
  const end = Date.UTC(2036, 0, 1);
  let offset = readClock(zone, Date.UTC(2020, 0, 1)) - Date.UTC(2020, 0, 1);
  for (let day = Date.UTC(2020, 0, 1); day < end; day += 4 * DAY) {
    const next = readClock(zone, day + 4 * DAY) - day - 4 * DAY;
    if (next === offset) continue;
    for (let at = day; at < day + 4 * DAY; at += DAY) {
      if (readClock(zone, at) - at !== readClock(zone, at + DAY) - at - DAY) days.push(at);
    }
    offset = next;
  }
  return days;
}

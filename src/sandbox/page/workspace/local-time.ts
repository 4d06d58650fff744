import { DateTime } from 'luxon';

/** An instant as a wall clock shows it in a zone, such as "09:05". */
export function clockText(at: string | number, zone: string): string {
  return inZone(at, zone).toFormat('HH:mm');
}

/** A local day such as "Tuesday 3 March". */
export function dayText(at: string | number, zone: string): string {
  return inZone(at, zone).toFormat('cccc d LLLL');
}

/** Day and time such as "Tue 3 Mar, 09:05". */
export function momentText(at: string | number, zone: string): string {
  return inZone(at, zone).toFormat('ccc d LLL, HH:mm');
}

/** The value of a `datetime-local` field at this instant. */
export function fieldText(at: string | number, zone: string): string {
  return inZone(at, zone).toFormat("yyyy-LL-dd'T'HH:mm");
}

/** The instant that a `datetime-local` field means in a zone; null for none. */
export function fieldInstant(text: string, zone: string): string | null {
  return DateTime.fromISO(text, { zone }).toUTC().toISO();
}

/** The next time at which it is this hour in the zone, as an instant. */
export function nextHourOfDay(now: number, o: { zone: string; hour: number }): string {
  const today = inZone(now, o.zone).set({ hour: o.hour, minute: 0, second: 0, millisecond: 0 });
  const at = today.toMillis() > now ? today : today.plus({ days: 1 });
  return at.toUTC().toISO() ?? '';
}

/** The time between two instants in its largest parts: "2 h 5 min". */
export function spanText(fromMs: number, toMs: number): string {
  const minutes = Math.max(0, Math.round((toMs - fromMs) / 60_000));
  const [days, hours, rest] = [
    Math.floor(minutes / 1440),
    Math.floor((minutes % 1440) / 60),
    minutes % 60,
  ];
  const parts = [days > 0 && `${days} d`, hours > 0 && `${hours} h`, rest > 0 && `${rest} min`];
  return (
    parts
      .filter((part) => part !== false)
      .slice(0, 2)
      .join(' ') || 'now'
  );
}

/** The city that a zone is named after, such as "New York". */
export function cityText(zone: string): string {
  return zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
}

function inZone(at: string | number, zone: string): DateTime {
  return typeof at === 'string'
    ? DateTime.fromISO(at, { zone })
    : DateTime.fromMillis(at, { zone });
}

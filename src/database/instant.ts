import { DateTime } from 'luxon';

/** A timestamp as rows carry it, in UTC. */
export function toInstant(at: Date): DateTime {
  return DateTime.fromJSDate(at, { zone: 'utc' });
}

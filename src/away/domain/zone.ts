import type { DateTime, Interval } from 'luxon';
import { overlap, type WorkingCalendar } from '../../time/working-time.ts';
import { isKnownZone, isSameZone, zoneCity } from '../../time/zones.ts';

/** A person as far as their time zone goes. */
export type ZonePerson = {
  workspaceId: string;
  userId: string;
  name: string;
  /** The zone that their working hours are in. */
  zone: string;
  /** They chose it although Slack said another one. */
  isZoneChosen: boolean;
  /** What their Slack profile said last. */
  slackZone: string | null;
  /** Since when they are asked whether they moved to `slackZone`. */
  askedAt: DateTime | null;
};

/** What a change of somebody's Slack profile means. */
export type ZoneNews =
  /** Nothing that matters, or seen before. */
  | 'nothing'
  /** Their profile changed, and their hours stay where they are without a question. */
  | 'note'
  | 'ask';

/** Whether a person is to be asked about the zone that their Slack profile now has. */
export function weighZone(person: ZonePerson, slackZone: string | null | undefined): ZoneNews {
  if (!slackZone || !isKnownZone(slackZone)) return 'nothing';
  if (person.slackZone && isSameZone(person.slackZone, slackZone)) return 'nothing';
  if (isSameZone(person.zone, slackZone) || person.isZoneChosen) return 'note';
  return 'ask';
}

/** 'Lisbon (UTC+01:00)': the offset is the one at `at`. */
export function zoneLabel(zone: string, at: DateTime): string {
  return `${zoneCity(zone)} (UTC${at.setZone(zone).toFormat('ZZ')})`;
}

export type SharedHours = {
  /** The next stretch in which both work, null when there is none within two weeks. */
  next: Interval | null;
  /** Hours that both work in the seven days after `now`, to half an hour. */
  hoursPerWeek: number;
};

/** What two people share of their working hours from `now` on. */
export function sharedHours(o: {
  a: WorkingCalendar;
  b: WorkingCalendar;
  now: DateTime;
}): SharedHours {
  const { a, b, now } = o;
  const next = overlap(a, b, now, now.plus({ days: 14 })).at(0) ?? null;
  const minutes = overlap(a, b, now, now.plus({ days: 7 }))
    .map((one) => one.length('minutes'))
    .reduce((sum, length) => sum + length, 0);
  return { next, hoursPerWeek: Math.round(minutes / 30) / 2 };
}

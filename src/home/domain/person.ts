import type { DateTime } from 'luxon';

/** Whose Home tab. */
export type HomeKey = { workspaceId: string; userId: string };

/** Somebody who has opened Home, with what was shown to them last. */
export type HomePerson = HomeKey & {
  visits: number;
  /** As Slack's profile says; null while nobody has asked. */
  slackZone: string | null;
  isAdmin: boolean;
  profileAt: DateTime | null;
  /** First shown item by place, where a list is longer than a page. */
  offsets: Readonly<Record<string, number>>;
  version: number;
  attempts: number;
  viewHash: string | null;
  contentHash: string | null;
};

/** Seconds between two publications for one person. */
export const PAUSE_SECONDS = 3;

/** Seconds after which somebody else publishes what a process took and did not finish. */
export const TAKEN_SECONDS = 30;

/** Hours for which what Slack says of the person is believed. */
const PROFILE_HOURS = 1;

const MAX_ATTEMPTS = 8;

export function isProfileOld(person: Pick<HomePerson, 'profileAt'>, now: DateTime): boolean {
  return person.profileAt === null || person.profileAt < now.minus({ hours: PROFILE_HOURS });
}

/** When a publication that failed is tried again: after 5 s, doubling; null when it is given up until the next change. */
export function retryAt(attempts: number, now: DateTime): DateTime | null {
  if (attempts >= MAX_ATTEMPTS) return null;
  return now.plus({ seconds: 5 * 2 ** attempts });
}

/** How somebody who was erased reads in what others wrote. */
export const FORMER_NAME = 'a former colleague';

/** Begins the id that takes the place of an erased person's. It is no Slack id. */
export const FORMER_PREFIX = 'former-';

/** Where a message stands in Slack. */
export type Place = { channel: string; ts: string };

/** What is left to do outside of the rows after an erasure. */
export type Erased = {
  /** Messages of Tandem's that are to go from Slack too, newest first. */
  places: Place[];
  /** Pairs that ended by it, with those who are left in them. */
  ended: { pairId: string; channelId: string; partnerId: string }[];
};

/** More messages than this stay in Slack: deleting takes more than a second for each. */
export const MOST_PLACES = 1000;

/** How long a request to erase a pair can be agreed to. */
export const ASKED_FOR_DAYS = 14;

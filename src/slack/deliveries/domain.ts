import type { KnownBlock } from '@slack/types';
import type { DateTime } from 'luxon';

/** What a person sees: `text` is read by notifications and screen readers, `blocks` by everyone else. */
export type OutgoingMessage = { text: string; blocks: KnownBlock[] };

export type DeliveryKind = 'post' | 'update' | 'delete';

/** A prompt asks, a card shows shared state, an alert warns: when nobody knows whether a message arrived, each is treated differently. */
export type DeliveryPurpose = 'prompt' | 'card' | 'alert';

export const DELIVERY_STATES = [
  'pending',
  'sending',
  'sent',
  'failed',
  'uncertain',
  'superseded',
] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

export type DeliveryKey = { workspaceId: string; id: string };

/** One delivery that this process has taken, with what it needs to send it or to look it up. */
export type Delivery = DeliveryKey & {
  pairId: string | null;
  /** User ids of those who hear about it when it can never arrive. */
  tell: string[];
  kind: DeliveryKind;
  purpose: DeliveryPurpose;
  recipient: string;
  /** The person whom it, or the message that it belongs to, is for when it stands in the pair's channel instead. */
  meantFor: string | null;
  targetId: string | null;
  /** Where the message that it belongs to stands. */
  target: Place | null;
  message: OutgoingMessage;
  /** Tells this attempt from all others of the same delivery. */
  attempts: number;
  /** It may have arrived already, so a post is looked up and not sent. */
  uncertain: boolean;
  createdAt: DateTime;
  /** Not sent as it stands after this; null when it never gets too late. */
  notAfter: DateTime | null;
};

/** Where a message is. */
export type Place = { channel: string; ts: string };

export type SendOutcome =
  | { type: 'sent'; place: Place }
  /** Looked up, and it is not there; or long enough ago that an update or delete can be sent again. */
  | { type: 'absent' }
  /** It may be there, nobody can tell, and it is sent again as `message`, which says so. */
  | { type: 'repeat'; message: OutgoingMessage }
  /** Not begun, because the process stops. */
  | { type: 'handed_back' }
  | { type: 'limited'; method: string; seconds: number }
  | { type: 'retry'; error: string }
  | { type: 'uncertain'; error: string }
  | { type: 'failed'; error: string };

/** What a call that failed means for its message. */
export type SendFailure = Extract<
  SendOutcome,
  { type: 'limited' | 'retry' | 'uncertain' | 'failed' }
>;

/** Sending is given up after this many attempts, about a day with the waits of `retryDelaySeconds`. */
export const MAX_ATTEMPTS = 60;

/** A message that nobody can look up and that is not sent a second time. */
export const NOT_REPEATED = 'uncertain_not_repeated';

/** A prompt whose time was over before it could be sent. */
export const TOO_LATE = 'too_late';

/** A reply whose first message could not be posted. */
export const WITHOUT_FIRST_MESSAGE = 'first_message_failed';

/**
 * Slack may still do what it was asked half a minute after the call was given up, so its message is not looked for
 * earlier, and nothing else is shown in its place before.
 */
const LOOK_UP_AFTER_SECONDS = 45;

/** Seconds to wait after attempt n (from 1): doubling from 2 s up to 30 min, with up to a quarter less so that many do not come back at once. */
export function retryDelaySeconds(attempt: number, random: number): number {
  const full = Math.min(2 ** attempt, 1800);
  return Math.max(1, Math.round(full * (1 - random / 4)));
}

/** What the row says after an attempt that neither arrived nor failed for good. */
export type NextStep = {
  state: 'pending' | 'uncertain';
  waitSeconds: number;
  error: string | null;
  /** Attempts that still count: one that Slack's limits refused, or that was not begun, does not. */
  attempts: number;
  message?: OutgoingMessage;
};

/** What comes after an attempt, or 'sent' or 'failed' when nothing does. */
export function nextStep(
  delivery: Pick<Delivery, 'attempts' | 'uncertain'>,
  outcome: SendOutcome,
  random: number,
): NextStep | { state: 'sent'; place: Place } | { state: 'failed'; error: string } {
  const { attempts } = delivery;
  // What may have arrived is still to be looked up, however often that is put off.
  const unsent = delivery.uncertain ? 'uncertain' : 'pending';
  switch (outcome.type) {
    case 'sent':
      return { state: 'sent', place: outcome.place };
    case 'failed':
      return { state: 'failed', error: outcome.error };
    case 'absent':
      return { state: 'pending', waitSeconds: 0, error: null, attempts };
    case 'repeat':
      return {
        state: 'pending',
        waitSeconds: 0,
        error: null,
        attempts,
        message: outcome.message,
      };
    case 'handed_back':
      return { state: unsent, waitSeconds: 0, error: null, attempts: attempts - 1 };
    case 'limited':
      return {
        state: unsent,
        waitSeconds: outcome.seconds,
        error: 'rate_limited',
        attempts: attempts - 1,
      };
    case 'retry':
    case 'uncertain': {
      if (attempts >= MAX_ATTEMPTS) return { state: 'failed', error: outcome.error };
      const delay = retryDelaySeconds(attempts, random);
      const isUncertain = outcome.type === 'uncertain';
      return {
        state: isUncertain ? 'uncertain' : 'pending',
        waitSeconds: isUncertain ? Math.max(delay, LOOK_UP_AFTER_SECONDS) : delay,
        error: outcome.error,
        attempts,
      };
    }
  }
}

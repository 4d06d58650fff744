import type { KnownBlock } from '@slack/types';
import type { DateTime } from 'luxon';

/** What a person sees: `text` is read by notifications and screen readers, `blocks` by everyone else. */
export type OutgoingMessage = { text: string; blocks: KnownBlock[] };

export type DeliveryKind = 'post' | 'update' | 'delete';

/** A prompt asks, a card shows shared state, an alert warns: when nobody knows whether a message arrived, each is treated differently. */
export type DeliveryPurpose = 'prompt' | 'card' | 'alert';

export type DeliveryState = 'pending' | 'sending' | 'sent' | 'failed' | 'uncertain' | 'superseded';

export type Delivery = {
  workspaceId: string;
  id: string;
  pairId: string | null;
  /** User ids of those who hear about it when it can never arrive. */
  tell: string[];
  kind: DeliveryKind;
  purpose: DeliveryPurpose;
  recipient: string;
  targetId: string | null;
  message: OutgoingMessage;
  attempts: number;
  channel: string | null;
  ts: string | null;
  createdAt: DateTime;
};

/** Where a message is. */
export type Place = { channel: string; ts: string };

export type SendOutcome =
  | { type: 'sent'; place: Place }
  | { type: 'limited'; method: string; seconds: number }
  | { type: 'retry'; error: string }
  | { type: 'uncertain'; error: string }
  | { type: 'failed'; error: string };

/** Sending is given up after this many attempts, about a day with the waits of `retryDelaySeconds`. */
export const MAX_ATTEMPTS = 60;

/** Seconds to wait after attempt n (from 1): doubling from 2 s up to 30 min, with up to a quarter less so that many do not come back at once. */
export function retryDelaySeconds(attempt: number, random: number): number {
  const full = Math.min(2 ** attempt, 1800);
  return Math.max(1, Math.round(full * (1 - random / 4)));
}

/** The scopes of Slack's limits that one call falls under. Interval and burst in milliseconds: source platform.md 1.2. */
export function limitScopes(delivery: { kind: DeliveryKind; recipient: string }): Limit[] {
  if (delivery.kind !== 'post')
    return [{ scope: `method:chat.${delivery.kind}`, interval: 1200, burst: 12_000 }];
  return [
    { scope: `channel:${delivery.recipient}`, interval: 1000, burst: 0 },
    { scope: 'method:chat.postMessage', interval: 300, burst: 3000 },
  ];
}

export type Limit = { scope: string; interval: number; burst: number };

/**
 * Generic cell rate algorithm over several limits at once: either all admit the call now, and each gets a new
 * theoretical arrival time, or nothing changes and `waitUntil` is when to ask again. Times in epoch milliseconds.
 */
export function admit(
  limits: readonly Limit[],
  freeAt: ReadonlyMap<string, number>,
  now: number,
): { admitted: true; freeAt: Map<string, number> } | { admitted: false; waitUntil: number } {
  const waitUntil = Math.max(...limits.map((one) => (freeAt.get(one.scope) ?? 0) - one.burst));
  if (waitUntil > now) return { admitted: false, waitUntil };
  const next = limits.map((one): [string, number] => [
    one.scope,
    Math.max(freeAt.get(one.scope) ?? 0, now) + one.interval,
  ]);
  return { admitted: true, freeAt: new Map(next) };
}

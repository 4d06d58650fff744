import type { DeliveryKey, DeliveryKind } from './domain.ts';

/** One of Slack's limits: a call each `interval`, and `burst` milliseconds' worth of calls at once before that holds. */
export type Limit = { scope: string; interval: number; burst: number };

/** A second per channel, and a tenth more because neither clocks nor networks are exact. */
const CHANNEL = { interval: 1100, burst: 0 };

/**
 * Slack allows "several hundred" messages a minute to a workspace and names no number; planned is for 100, five of
 * them at once. Updates, deletions and history are tier 3: 50 a minute, ten at once.
 */
const POST = { interval: 600, burst: 2400 };
const TIER_3 = { interval: 1200, burst: 10_800 };
/** Home tabs are tier 4: 100 a minute, thirty at once. */
const TIER_4 = { interval: 650, burst: 18_850 };

export type Limited = {
  workspaceId: string;
  kind: DeliveryKind;
  recipient: string;
  targetId: string | null;
  uncertain: boolean;
};

/** The Web API method that this delivery calls next. */
export function methodOf(delivery: Limited): string {
  if (!delivery.uncertain || delivery.kind !== 'post')
    return delivery.kind === 'post' ? 'chat.postMessage' : `chat.${delivery.kind}`;
  return delivery.targetId ? 'conversations.replies' : 'conversations.history';
}

/** The limits that one call falls under, the narrowest first. */
export function limitsOf(delivery: Limited): Limit[] {
  const method = methodOf(delivery);
  const limit = limitOfMethod(method);
  if (method !== 'chat.postMessage') return [limit];
  return [{ scope: `channel:${delivery.recipient}`, ...CHANNEL }, limit];
}

/** The limit that a call shares with all others of its method in the workspace. */
export function sharedLimitsOf(delivery: Limited): Limit[] {
  return [limitOfMethod(methodOf(delivery))];
}

export function limitOfMethod(method: string): Limit {
  return { scope: `method:${method}`, ...ratesOf(method) };
}

function ratesOf(method: string): Omit<Limit, 'scope'> {
  if (method === 'chat.postMessage') return POST;
  return method === 'views.publish' ? TIER_4 : TIER_3;
}

/** What replicas share about one limit of one workspace; times in epoch milliseconds. */
export type Rate = {
  /** Theoretical arrival time of the generic cell rate algorithm. */
  freeAt: number;
  /** The place behind the last one that waits in line. */
  queuedUntil: number;
};

export type Candidate = DeliveryKey & Limited & { queued: boolean };

export type Verdict<T> = {
  send: T[];
  /** Those that a limit refuses, each with its place in line. */
  wait: { candidate: T; at: number }[];
  /** Changed rates by `rateKey`. */
  rates: Map<string, Rate>;
  /** Whether some were left as they are, because `capacity` was used up or a limit of theirs is not seen. */
  isFull: boolean;
};

export function rateKey(workspaceId: string, scope: string): string {
  return `${workspaceId} ${scope}`;
}

/**
 * Decides which of the candidates, in their order, may be sent at `now`. One that is refused gets a place in line,
 * so that each is looked at again about when its limit allows it; newcomers stay behind the line. The line only
 * estimates: whoever leaves it is still held to the limits. Under a limit that `isSeen` denies nothing is sent.
 */
export function admit<T extends Candidate>(o: {
  candidates: readonly T[];
  rates: ReadonlyMap<string, Rate>;
  now: number;
  capacity: number;
  limitsOf?: (candidate: T) => Limit[];
  isSeen?: (key: string) => boolean;
}): Verdict<T> {
  const { now, isSeen = () => true } = o;
  const verdict: Verdict<T> = { send: [], wait: [], rates: new Map(), isFull: false };
  for (const candidate of o.candidates) {
    if (verdict.send.length >= o.capacity) {
      verdict.isFull = true;
      break;
    }
    const limits = (o.limitsOf ?? limitsOf)(candidate).map((limit) => {
      const key = rateKey(candidate.workspaceId, limit.scope);
      const rate = verdict.rates.get(key) ?? o.rates.get(key) ?? { freeAt: 0, queuedUntil: 0 };
      return { ...limit, key, rate, opensAt: rate.freeAt - limit.burst };
    });
    const refusing = limits.filter(
      ({ opensAt, rate }) => opensAt > now || (!candidate.queued && rate.queuedUntil > now),
    );
    if (refusing.length === 0 && !limits.every(({ key }) => isSeen(key))) {
      verdict.isFull = true;
      continue;
    }
    for (const { key, rate, interval } of refusing.length === 0 ? limits : []) {
      verdict.rates.set(key, { ...rate, freeAt: Math.max(rate.freeAt, now) + interval });
    }
    if (refusing.length === 0) {
      verdict.send.push(candidate);
      continue;
    }
    const places = refusing.map(({ key, rate, opensAt, interval }) => {
      const at = Math.max(opensAt, rate.queuedUntil, now);
      verdict.rates.set(key, { ...rate, queuedUntil: at + interval });
      return at;
    });
    verdict.wait.push({ candidate, at: Math.max(...places) });
  }
  return verdict;
}

import type { Clock } from '../clock.ts';

/** Calls per minute of Slack's published tiers, and two that Slack calls special. */
export const TIERS = {
  1: 1,
  2: 20,
  3: 50,
  4: 100,
  special: 600,
  message: 600,
  none: null,
} as const;

export type Tier = keyof typeof TIERS;

export type RateLimitOptions = {
  /** Messages to one channel at once before one per second holds. */
  burst: number;
  /** Messages of one app to one workspace in a minute ("several hundred"; the cautious reading). */
  messagesPerMinute: number;
};

export type RateLimits = {
  /** Seconds to wait, or null when the call may go through; a call that may not costs nothing. */
  take(call: {
    team: string;
    app: string;
    method: string;
    tier: Tier;
    channel?: string;
  }): number | null;
};

type Bucket = { tokens: number; filledAtMs: number };
type Limit = { key: string; capacity: number; perSecond: number };

/** Token buckets on the simulated clock. */
export function createRateLimits(clock: Clock, options: RateLimitOptions): RateLimits {
  const buckets = new Map<string, Bucket>();

  function fill(limit: Limit): Bucket {
    const nowMs = clock.nowMs();
    const bucket = buckets.get(limit.key) ?? { tokens: limit.capacity, filledAtMs: nowMs };
    const gained = ((nowMs - bucket.filledAtMs) / 1000) * limit.perSecond;
    bucket.tokens = Math.min(limit.capacity, bucket.tokens + gained);
    bucket.filledAtMs = nowMs;
    buckets.set(limit.key, bucket);
    return bucket;
  }

  return {
    take(call) {
      const limits = limitsOf(call, options);
      const waits = limits.map((limit) => {
        const { tokens } = fill(limit);
        return tokens >= 1 ? 0 : Math.ceil((1 - tokens) / limit.perSecond);
      });
      const wait = Math.max(0, ...waits);
      if (wait > 0) return wait;
      for (const limit of limits) fill(limit).tokens -= 1;
      return null;
    },
  };
}

function limitsOf(
  call: { team: string; app: string; method: string; tier: Tier; channel?: string },
  options: RateLimitOptions,
): Limit[] {
  const perMinute = TIERS[call.tier];
  if (perMinute === null) return [];
  const owner = `${call.app}/${call.team}`;
  if (call.tier !== 'message') {
    const key = `${owner}/${call.method}`;
    return [{ key, capacity: perMinute, perSecond: perMinute / 60 }];
  }
  const { burst, messagesPerMinute } = options;
  return [
    { key: `${owner}/messages`, capacity: messagesPerMinute, perSecond: messagesPerMinute / 60 },
    ...(call.channel
      ? [{ key: `${owner}/channel/${call.channel}`, capacity: burst, perSecond: 1 }]
      : []),
  ];
}

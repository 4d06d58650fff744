import { DateTime } from 'luxon';
import type { Clock } from '../clock.ts';
import type { Payload } from '../payloads/envelopes.ts';
import type { SlackApp } from '../state/types.ts';

const EVERY_MS = 60 * 60 * 1000;
const MOST_TRIES = 24;

type Kept = { app: SlackApp; payload: Payload; dueAtMs: number; tries: number };

export type DelayedEvents = {
  /** Keeps an event whose retries have all failed, when the app turned Delayed Events on. */
  keep(app: SlackApp, payload: Payload): void;
  nextEventAt(): Promise<DateTime | null>;
  /** Sends again what is due. */
  settle(): Promise<void>;
};

/** Slack's Delayed Events: hourly, for 24 hours of simulated time. */
export function createDelayedEvents(o: {
  clock: Clock;
  /** Delivers once more; whether it was acknowledged. */
  send: (app: SlackApp, payload: Payload) => Promise<boolean>;
}): DelayedEvents {
  const { clock } = o;
  let kept: Kept[] = [];
  return {
    keep(app, payload) {
      if (app.delivery.mode !== 'http' || !app.delivery.delayedEvents) return;
      kept.push({ app, payload, dueAtMs: clock.nowMs() + EVERY_MS, tries: 0 });
    },
    async nextEventAt() {
      if (kept.length === 0) return null;
      return DateTime.fromMillis(Math.min(...kept.map((one) => one.dueAtMs)));
    },
    async settle() {
      const due = kept.filter((one) => one.dueAtMs <= clock.nowMs());
      for (const one of due) {
        const isDone = await o.send(one.app, one.payload);
        one.tries += 1;
        one.dueAtMs = clock.nowMs() + EVERY_MS;
        if (isDone || one.tries >= MOST_TRIES) kept = kept.filter((other) => other !== one);
      }
    },
  };
}

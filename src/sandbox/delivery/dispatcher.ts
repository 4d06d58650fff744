import { setTimeout } from 'node:timers/promises';
import type { FaultPlan } from '../faults.ts';
import { type Payload, payloadName } from '../payloads/envelopes.ts';
import type { SlackApp } from '../state/types.ts';
import type { World } from '../state/world.ts';
import type { AttemptResult, FailureReason, Transport } from './transport.ts';

export type DeliveryRecord = {
  at: string;
  team: string;
  app: string;
  type: Payload['type'];
  name: string;
  eventId?: string;
  retryNum: number;
  outcome: 'acknowledged' | FailureReason;
  response?: unknown;
};

export type Dispatcher = {
  /** Delivers; settles with the outcome of the first attempt, while an event may still be retried. */
  send(app: SlackApp, payload: Payload): Promise<AttemptResult>;
  /** Settles when nothing is under way but what waits for an app that is not connected. */
  idle(): Promise<void>;
  /** How many deliveries were started so far. */
  startedCount(): number;
  records(): DeliveryRecord[];
  onRecord(listener: () => void): () => void;
  /** Called with each event whose retries have all failed. */
  onGivenUp(listener: (app: SlackApp, payload: Payload) => void): void;
  /** Delivers an event once more, long after its retries; whether it was acknowledged. */
  sendLate(app: SlackApp, payload: Payload): Promise<boolean>;
  stop(): void;
};

export type DispatchTimes = { ackTimeoutMs: number; retryDelaysMs: number[] };

export function createDispatcher(o: {
  world: World;
  times: DispatchTimes;
  faults: FaultPlan;
  transportOf: (app: SlackApp) => Transport;
}): Dispatcher {
  const { world, times } = o;
  const records: DeliveryRecord[] = [];
  const quiet = new Set<() => void>();
  const listeners = new Set<() => void>();
  const givenUp = new Set<(app: SlackApp, payload: Payload) => void>();
  let started = 0;
  let underWay = 0;
  let stopped = false;

  const enter = () => {
    underWay += 1;
  };
  const leave = () => {
    underWay -= 1;
    if (underWay > 0) return;
    for (const resolve of quiet) resolve();
    quiet.clear();
  };

  async function attempt(
    app: SlackApp,
    payload: Payload,
    retry: { num: number; reason?: FailureReason },
  ): Promise<AttemptResult> {
    const fault = o.faults.takeDelivery(payloadName(payload));
    const given = await o.transportOf(app).attempt({
      payload,
      retryNum: retry.num,
      retryReason: retry.reason,
    });
    if (fault?.delayAckMs) await setTimeout(fault.delayAckMs);
    const isLost =
      fault?.loseAck || (fault?.delayAckMs !== undefined && fault.delayAckMs >= times.ackTimeoutMs);
    const result: AttemptResult = isLost ? { ok: false, reason: 'timeout' } : given;
    const record: DeliveryRecord = {
      at: world.clock.now().toISO(),
      team:
        payload.type === 'interactive' ? (payload.payload.team?.id ?? '') : payload.payload.team_id,
      app: app.id,
      type: payload.type,
      name: payloadName(payload),
      retryNum: retry.num,
      outcome: result.ok ? 'acknowledged' : result.reason,
    };
    if (payload.type === 'events_api') record.eventId = payload.payload.event_id;
    if (result.ok && result.response !== undefined) record.response = result.response;
    records.push(record);
    for (const listener of listeners) listener();
    if (fault?.twice && !stopped) {
      await o
        .transportOf(app)
        .attempt({ payload, retryNum: retry.num + 1, retryReason: 'timeout' });
    }
    return result;
  }

  /** Waits while an app reconnects, as long as a person would wait. */
  async function reach(app: SlackApp): Promise<boolean> {
    const transport = o.transportOf(app);
    if (transport.isReachable()) return true;
    const timeout = new AbortController();
    await Promise.race([
      transport.whenReachable(),
      setTimeout(times.ackTimeoutMs, undefined, { signal: timeout.signal }).catch(() => {}),
    ]);
    timeout.abort();
    return o.transportOf(app).isReachable();
  }

  async function deliverOnce(app: SlackApp, payload: Payload): Promise<AttemptResult> {
    enter();
    try {
      if (!(await reach(app))) return { ok: false, reason: 'no_connection' };
      return await attempt(app, payload, { num: 0 });
    } finally {
      leave();
    }
  }

  async function deliverEvent(
    app: SlackApp,
    payload: Payload,
    first: (result: AttemptResult) => void,
  ): Promise<void> {
    enter();
    try {
      let retryNum = 0;
      let reason: FailureReason | undefined;
      while (!stopped) {
        if (!o.transportOf(app).isReachable()) {
          first({ ok: false, reason: 'no_connection' });
          leave();
          await o.transportOf(app).whenReachable();
          enter();
          if (stopped) return;
        }
        const result = await attempt(app, payload, { num: retryNum, reason });
        first(result);
        if (result.ok || result.noRetry) return;
        // A lost connection is not a failure of the app: the event is kept and comes again.
        const isGap = result.reason === 'no_connection' || result.reason === 'connection_failed';
        const keeps = isGap && app.delivery.mode === 'socket';
        if (retryNum >= times.retryDelaysMs.length && !keeps) {
          for (const listener of givenUp) listener(app, payload);
          return;
        }
        reason = result.reason;
        await setTimeout(
          times.retryDelaysMs[Math.min(retryNum, times.retryDelaysMs.length - 1)] ?? 0,
        );
        retryNum = Math.min(retryNum + 1, times.retryDelaysMs.length);
      }
    } finally {
      leave();
    }
  }

  return {
    send(app, payload) {
      started += 1;
      if (payload.type !== 'events_api') return deliverOnce(app, payload);
      return new Promise((resolve) => {
        deliverEvent(app, payload, resolve).then(
          () => resolve({ ok: false, reason: 'no_connection' }),
          () => resolve({ ok: false, reason: 'unknown_error' }),
        );
      });
    },
    idle() {
      if (underWay === 0) return Promise.resolve();
      return new Promise((resolve) => quiet.add(resolve));
    },
    startedCount: () => started,
    onGivenUp(listener) {
      givenUp.add(listener);
    },
    async sendLate(app, payload) {
      enter();
      try {
        const num = times.retryDelaysMs.length + 1;
        return (await attempt(app, payload, { num, reason: 'http_error' })).ok;
      } finally {
        leave();
      }
    },
    records: () => [...records],
    onRecord(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      stopped = true;
    },
  };
}

import type { WebSocket } from 'ws';
import { z } from 'zod';
import { makeSecret } from '../ids.ts';
import type { Attempt, AttemptResult, Transport } from './transport.ts';

const MAX_CONNECTIONS = 10;
const PING_EVERY_MS = 5_000;
const CLOSE_WITHIN_MS = 50;

const answerSchema = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

export type SocketTransport = Transport & {
  /** Takes a connection that came with a valid ticket; greets it. */
  connect(socket: WebSocket): void;
  /** Asks every connection to leave (`disconnect`), or cuts it off without a word. */
  disconnect(how: 'refresh_requested' | 'warning' | 'link_disabled' | 'drop'): void;
  connectionCount(): number;
  /** Ends every connection with the closing handshake, so that clients are not left waiting for it. */
  close(): Promise<void>;
};

type Waiting = { socket: WebSocket; settle: (result: AttemptResult) => void; isEvent: boolean };

/** Delivers over the WebSocket connections of one app; each envelope goes to one of them. */
export function createSocketTransport(o: {
  appId: string;
  ackTimeoutMs: number;
  /** Called whenever a connection came or went. */
  onConnections: () => void;
}): SocketTransport {
  const sockets = new Set<WebSocket>();
  const waiting = new Map<string, Waiting>();
  const reachable = new Set<() => void>();
  let turn = 0;

  const open = () => [...sockets].filter((socket) => socket.readyState === socket.OPEN);

  function receive(data: string): void {
    let answer: unknown;
    try {
      answer = JSON.parse(data);
    } catch {
      return;
    }
    const parsed = answerSchema.safeParse(answer);
    if (!parsed.success) return;
    waiting.get(parsed.data.envelope_id)?.settle({ ok: true, response: parsed.data.payload });
  }

  function forget(socket: WebSocket): void {
    sockets.delete(socket);
    o.onConnections();
    // What a person started is not delivered twice; its ack may still come over another connection.
    for (const one of waiting.values()) {
      if (one.socket === socket && one.isEvent)
        one.settle({ ok: false, reason: 'connection_failed' });
    }
  }

  return {
    isReachable: () => open().length > 0,
    whenReachable() {
      if (open().length > 0) return Promise.resolve();
      return new Promise((resolve) => reachable.add(resolve));
    },
    connectionCount: () => open().length,
    connect(socket) {
      if (open().length >= MAX_CONNECTIONS) {
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
        socket.close();
        return;
      }
      sockets.add(socket);
      const ping = setInterval(() => socket.ping(), PING_EVERY_MS);
      ping.unref();
      socket.on('message', (data, isBinary) => {
        if (!isBinary && Buffer.isBuffer(data)) receive(data.toString('utf8'));
      });
      socket.on('close', () => {
        clearInterval(ping);
        forget(socket);
      });
      socket.on('error', () => socket.terminate());
      socket.send(
        JSON.stringify({
          type: 'hello',
          num_connections: open().length,
          debug_info: { host: 'sandbox', approximate_connection_time: 18_060 },
          connection_info: { app_id: o.appId },
        }),
      );
      for (const resolve of reachable) resolve();
      reachable.clear();
      o.onConnections();
    },
    disconnect(how) {
      for (const socket of open()) {
        if (how === 'drop') socket.terminate();
        else
          socket.send(
            JSON.stringify({ type: 'disconnect', reason: how, debug_info: { host: 'sandbox' } }),
          );
      }
    },
    async close() {
      const closing = [...sockets].map(closeGently);
      for (const one of waiting.values()) one.settle({ ok: false, reason: 'no_connection' });
      for (const resolve of reachable) resolve();
      reachable.clear();
      await Promise.all(closing);
    },
    attempt(attempt: Attempt) {
      const all = open();
      const socket = all[turn++ % Math.max(all.length, 1)];
      if (!socket) return Promise.resolve({ ok: false, reason: 'no_connection' });
      const envelopeId = makeSecret();
      return new Promise<AttemptResult>((resolve) => {
        const settle = (result: AttemptResult) => {
          clearTimeout(timer);
          waiting.delete(envelopeId);
          resolve(result);
        };
        const timer = setTimeout(() => settle({ ok: false, reason: 'timeout' }), o.ackTimeoutMs);
        waiting.set(envelopeId, { socket, settle, isEvent: attempt.payload.type === 'events_api' });
        socket.send(JSON.stringify(envelopeOf(envelopeId, attempt)));
      });
    },
  };
}

function closeGently(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), CLOSE_WITHIN_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(1000);
  });
}

function envelopeOf(envelopeId: string, attempt: Attempt) {
  const { payload } = attempt;
  return {
    envelope_id: envelopeId,
    type: payload.type,
    payload: payload.payload,
    accepts_response_payload: acceptsResponse(attempt),
    ...(payload.type === 'events_api'
      ? { retry_attempt: attempt.retryNum, retry_reason: attempt.retryReason ?? '' }
      : {}),
  };
}

function acceptsResponse({ payload }: Attempt): boolean {
  if (payload.type === 'slash_commands') return true;
  if (payload.type === 'events_api') return false;
  return ['view_submission', 'block_suggestion'].includes(payload.payload.type);
}

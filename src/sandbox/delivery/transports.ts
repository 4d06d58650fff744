import { SandboxError } from '../errors.ts';
import type { SlackApp } from '../state/types.ts';
import type { DispatchTimes } from './dispatcher.ts';
import { createHttpTransport, verifyRequestUrl } from './http.ts';
import { createSocketTransport, type SocketTransport } from './socket.ts';
import type { Transport } from './transport.ts';

export type Transports = {
  of(app: SlackApp): Transport;
  /** The connections of an app in Socket Mode. */
  socketOf(app: SlackApp): SocketTransport | undefined;
  disconnect(how: Parameters<SocketTransport['disconnect']>[0]): void;
  close(): Promise<void>;
};

export function createTransports(times: DispatchTimes, onConnections: () => void): Transports {
  const sockets = new Map<string, SocketTransport>();

  function socketOf(app: SlackApp): SocketTransport | undefined {
    if (app.delivery.mode !== 'socket') return undefined;
    const existing = sockets.get(app.id);
    if (existing) return existing;
    const made = createSocketTransport({
      appId: app.id,
      ackTimeoutMs: times.ackTimeoutMs,
      onConnections,
    });
    sockets.set(app.id, made);
    return made;
  }

  function httpOf(app: SlackApp, requestUrl: string): Transport {
    const { signingSecret } = app;
    return createHttpTransport({ requestUrl, signingSecret, ackTimeoutMs: times.ackTimeoutMs });
  }

  return {
    of(app) {
      const socket = socketOf(app);
      if (socket) return socket;
      return httpOf(app, app.delivery.mode === 'http' ? app.delivery.requestUrl : '');
    },
    socketOf,
    disconnect(how) {
      for (const socket of sockets.values()) socket.disconnect(how);
    },
    async close() {
      await Promise.all([...sockets.values()].map((socket) => socket.close()));
    },
  };
}

/** Rejects with a sentence when an app behind a request URL does not answer with the challenge that it is sent. */
export async function verifyRequestUrls(
  apps: Iterable<SlackApp>,
  ackTimeoutMs: number,
): Promise<void> {
  for (const { name, delivery, signingSecret, verificationToken } of apps) {
    if (delivery.mode !== 'http') continue;
    const { requestUrl } = delivery;
    const problem = await verifyRequestUrl({
      requestUrl,
      signingSecret,
      verificationToken,
      ackTimeoutMs,
    });
    if (problem === null) continue;
    throw new SandboxError(
      'request_url_not_verified',
      `The request URL ${requestUrl} of ${name} is not verified: ${problem}.`,
      409,
    );
  }
}

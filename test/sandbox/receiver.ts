import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox } from '../../src/sandbox/index.ts';
import { makeManifest, START, WORKSPACE } from './bench.ts';

type Hit = { headers: IncomingMessage['headers']; body: string };

type Answer = { status: number; headers?: Record<string, string>; body?: string };

/** A workspace and an app in it that is nothing but an HTTP server: what it got, and what it answers each time. */
export async function startReceiver(
  answer: (hit: Hit, n: number) => Answer | 'never',
  o: { delayedEvents?: boolean; ackTimeoutMs?: number } = {},
) {
  const hits: Hit[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const hit = { headers: request.headers, body };
      hits.push(hit);
      const given = answer(hit, hits.length);
      if (given !== 'never') response.writeHead(given.status, given.headers).end(given.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sandbox = await startSandbox({
    startAt: START,
    ackTimeoutMs: o.ackTimeoutMs ?? 3_000,
    retryDelaysMs: [5, 10, 15],
  });
  const workspace = sandbox.createWorkspace({
    ...WORKSPACE,
    channels: [{ name: 'open', members: ['Dana', 'Ana'] }],
  });
  const installed = sandbox.installApp({
    team: workspace.id,
    manifest: makeManifest({ events: ['message.channels'] }),
    delivery: {
      mode: 'http',
      requestUrl: `http://127.0.0.1:${port}/slack/events`,
      delayedEvents: o.delayedEvents,
    },
  });
  return {
    hits,
    sandbox,
    installed,
    async stop() {
      await sandbox.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

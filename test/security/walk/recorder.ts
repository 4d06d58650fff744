import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Call = { path: string; body: Record<string, unknown> };

export type Recorder = {
  url: string;
  /** What was called since the last time of asking. */
  take(): Call[];
  close(): Promise<void>;
};

/** Stands where Slack's Web API is, says yes to everything and keeps what it was told. Its people are those of `workspaceOf`. */
export async function openRecorder(workspaceOf: (token: string) => string): Promise<Recorder> {
  let calls: Call[] = [];
  let count = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const path = (request.url ?? '').replace(/^\/api\//, '');
      const body = read(text, request.headers['content-type'] ?? '');
      calls.push({ path, body });
      count += 1;
      const token = (request.headers.authorization ?? '').replace('Bearer ', '');
      const answer = answerTo(path, body, { count, workspaceId: workspaceOf(token) });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', () => listening.resolve());
  await listening.promise;
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    take: () => {
      const taken = calls;
      calls = [];
      return taken;
    },
    close: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

function read(text: string, type: string): Record<string, unknown> {
  if (type.includes('json')) return JSON.parse(text) as Record<string, unknown>;
  const entries = [...new URLSearchParams(text)].map(([name, value]): [string, unknown] => [
    name,
    /^[[{]/.test(value) ? JSON.parse(value) : value,
  ]);
  return Object.fromEntries(entries);
}

function answerTo(
  path: string,
  body: Record<string, unknown>,
  o: { count: number; workspaceId: string },
): object {
  switch (path) {
    case 'users.info':
      return {
        ok: true,
        user: {
          id: body['user'],
          team_id: o.workspaceId,
          real_name: `Person ${String(body['user'])} of ${o.workspaceId}`,
          tz: 'Asia/Manila',
        },
      };
    case 'conversations.info':
      return { ok: true, channel: { id: body['channel'], is_member: true } };
    case 'conversations.members':
      return {
        ok: true,
        members: ['DANA', '0ANA', '0EVE', '0BOB', '0OBS', 'STRA'].map((name) => `U000${name}`),
      };
    case 'views.open':
    case 'views.push':
    case 'views.update':
      return { ok: true, view: { id: `V${o.count}`, hash: String(o.count) } };
    default:
      return {
        ok: true,
        channel: 'D0000001',
        ts: `${o.count}.0001`,
        permalink: 'https://x.slack.com/p',
      };
  }
}

import { createHmac, randomUUID } from 'node:crypto';
import { type Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { REQUEST_PATH } from '../../src/slack/server.ts';

export const SECRET = 'signing-secret-of-the-benchmark';
export const BOT_TOKEN = 'xoxb-1-benchmark';

export const WORKSPACE = {
  team_id: 'T0BENCH',
  team: 'Bench',
  user_id: 'U0BENCH',
  bot_id: 'B0BENCH',
};
export const Started = z.object({ port: z.number() });

/**
 * Says who the app is, and takes answers to response URLs: all that one command needs of Slack. `hear` may answer with
 * more than that, or with the content of a file.
 */
export async function startSlack(
  hear: (call: { path: string; body: string }) => object | string | void = () => {},
): Promise<{ url: string; stop(): void }> {
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const body = Buffer.concat(parts).toString();
      const more = hear({ path: incoming.url ?? '', body });
      const isFile = typeof more === 'string';
      response.writeHead(200, { 'content-type': isFile ? 'text/csv' : 'application/json' });
      response.end(isFile ? more : JSON.stringify({ ok: true, ...WORKSPACE, ...more }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() };
}

/** One command as Slack sends it, `/ea help` unless said; resolves with the milliseconds until it was acknowledged. */
export function sendCommand(o: {
  agent: Agent;
  port: number;
  slackUrl: string;
  /** Another workspace than the one that Tandem is installed in. */
  team?: string;
  user?: string;
  command?: string;
  triggerId?: string;
}): Promise<number> {
  const body = new URLSearchParams({
    command: o.command ?? '/ea',
    text: o.command === undefined ? 'help' : '',
    team_id: o.team ?? WORKSPACE.team_id,
    team_domain: 'bench',
    user_id: o.user ?? 'U1BENCH',
    user_name: 'dana',
    channel_id: 'C1BENCH',
    channel_name: 'general',
    api_app_id: 'A1BENCH',
    trigger_id: o.triggerId ?? randomUUID(),
    response_url: `${o.slackUrl}/commands/answer`,
  }).toString();
  return sendSigned(o, body);
}

/** A signed request as Slack sends it; resolves with the milliseconds until it was acknowledged. */
export function sendSigned(o: { agent: Agent; port: number }, body: string): Promise<number> {
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const outgoing = request(
      {
        agent: o.agent,
        port: o.port,
        host: '127.0.0.1',
        path: REQUEST_PATH,
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': `v0=${signature}`,
        },
      },
      (response) => {
        const took = performance.now() - started;
        response.resume();
        if (response.statusCode === 200) response.on('end', () => resolve(took));
        else reject(new Error(`a request was answered with ${response.statusCode}`));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Sends at a steady rate, however long the answers take; resolves with the time of each. */
export async function sendSteadily(o: {
  perSecond: number;
  seconds: number;
  send: (n: number) => Promise<number>;
}): Promise<number[]> {
  const total = Math.round(o.perSecond * o.seconds);
  const answers: Promise<number>[] = [];
  const started = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, ((performance.now() - started) / 1000) * o.perSecond);
      while (answers.length < due) answers.push(o.send(answers.length));
      if (answers.length < total) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  return await Promise.all(answers);
}

/** The value that a share of them does not exceed. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

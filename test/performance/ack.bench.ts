import { createHmac, randomUUID } from 'node:crypto';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { REQUEST_PATH } from '../../src/slack/server.ts';
import { createScratchDatabase } from '../support/postgres.ts';
import { runScript } from '../support/processes.ts';
import type { Measurement } from './measurement.ts';

const PER_SECOND = 200;
const WARM_UP_SECONDS = 3;
const SECONDS = 10;
const ROUNDS = 3;
const SECRET = 'signing-secret-of-the-benchmark';
const BOT_TOKEN = 'xoxb-1-benchmark';

const WORKSPACE = { team_id: 'T0BENCH', team: 'Bench', user_id: 'U0BENCH', bot_id: 'B0BENCH' };
const Started = z.object({ port: z.number() });

/** Says who the app is, and takes answers to response URLs: all that one command needs of Slack. */
async function startSlack(): Promise<{ url: string; stop(): void }> {
  const server = createServer((incoming, response) => {
    incoming.resume();
    incoming.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: true, ...WORKSPACE }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() };
}

/** One `/ea help` as Slack sends it; resolves with the milliseconds until it was acknowledged. */
function sendCommand(o: { agent: Agent; port: number; slackUrl: string }): Promise<number> {
  const body = new URLSearchParams({
    command: '/ea',
    text: 'help',
    team_id: WORKSPACE.team_id,
    team_domain: 'bench',
    user_id: 'U1BENCH',
    user_name: 'dana',
    channel_id: 'C1BENCH',
    channel_name: 'general',
    api_app_id: 'A1BENCH',
    trigger_id: randomUUID(),
    response_url: `${o.slackUrl}/commands/answer`,
  }).toString();
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
        else reject(new Error(`a command was answered with ${response.statusCode}`));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Sends commands at a steady rate, however long the answers take. */
async function load(o: { port: number; slackUrl: string; seconds: number }): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const total = PER_SECOND * o.seconds;
  const answers: Promise<number>[] = [];
  const started = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, ((performance.now() - started) / 1000) * PER_SECOND);
      while (answers.length < due) answers.push(sendCommand({ ...o, agent }));
      if (answers.length < total) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  const times = await Promise.all(answers);
  agent.destroy();
  return times;
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Time to the acknowledgement of `/ea help` in Tandem on PostgreSQL, and in an app that does nothing else. */
export async function run(): Promise<Measurement[]> {
  const slack = await startSlack();
  const database = await createScratchDatabase();
  const file = new URL('ack-app.process.ts', import.meta.url);
  const start = async (which: 'bare' | 'tandem') => {
    const script = runScript(file, [which, `${slack.url}/api/`, BOT_TOKEN, SECRET, database.url]);
    const line = await script.line((text) => text.startsWith('{"port"'));
    return { script, port: Started.parse(JSON.parse(line)).port };
  };
  const bare = await start('bare');
  const tandem = await start('tandem');
  try {
    const times = { bare: [] as number[], tandem: [] as number[] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [name, { port }] of Object.entries({ bare, tandem })) {
        const seconds = round === 0 ? WARM_UP_SECONDS : SECONDS;
        const measured = await load({ port, slackUrl: slack.url, seconds });
        if (round > 0) times[name === 'bare' ? 'bare' : 'tandem'].push(...measured);
      }
    }
    return [
      { name: 'half', share: 0.5, goal: 1.3 },
      { name: '99 of 100', share: 0.99, goal: 2 },
    ].map(({ name, share, goal }) => {
      const value = percentile(times.tandem, share);
      const baseline = percentile(times.bare, share);
      return {
        name: `${name} of the commands acknowledged within, at ${PER_SECOND} a second`,
        value,
        unit: 'ms',
        baseline: { name: 'a Bolt app that only acknowledges', value: baseline },
        ratio: value / baseline,
        goal: `at most ${goal} times`,
        met: value / baseline <= goal,
      };
    });
  } finally {
    await Promise.all([bare.script.kill('SIGKILL'), tandem.script.kill('SIGTERM')]);
    await database.drop();
    slack.stop();
  }
}

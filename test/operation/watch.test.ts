import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { createMetrics } from '../../src/operation/metrics.ts';
import { createSecret } from '../../src/secret.ts';
import { watchOver } from '../../src/watch.ts';
import { type OwnPostgres, startOwnPostgres } from '../crash/postgres.ts';
import { createTestDatabase } from '../support/databases.ts';
import { openStage, PAIR, type Stage } from '../support/stage.ts';

const TOKEN = 'a-word-that-only-prometheus-knows';

type Reply = { status: number; text: string };

async function get(port: number, path: string, token?: string): Promise<Reply> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  return { status: response.status, text: await response.text() };
}

/** Asks until the answer is as expected; the test's own time limit ends it. */
async function until(
  ask: () => Promise<Reply>,
  isRight: (reply: Reply) => boolean,
): Promise<Reply> {
  for (;;) {
    const reply = await ask();
    if (isRight(reply)) return reply;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function figure(text: string, name: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length));
}

describe('somebody who watches over a running Tandem', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ environment: { METRICS_TOKEN: TOKEN } });
    await stage.act('Dana', { do: 'command', command: '/ea', in: PAIR });
    stage.sandbox.fault({
      method: 'views.open',
      times: 1,
      reply: { error: 'internal_error' },
    });
    await stage.act('Dana', { do: 'command', command: '/ea-setup', in: PAIR });
  });
  afterAll(() => stage.close());

  test('reads the figures with the token, and nothing without it', async () => {
    const { port } = stage.tandem;
    expect(await get(port, '/metrics')).toEqual({ status: 401, text: '' });
    expect(await get(port, '/metrics', `${TOKEN}x`)).toEqual({ status: 401, text: '' });
    const { status, text } = await get(port, '/metrics', TOKEN);
    expect(status).toBe(200);
    expect(figure(text, 'tandem_ready')).toBe(1);
    expect(figure(text, 'tandem_ack_seconds_count{kind="command"}')).toBe(2);
    expect(
      figure(text, 'tandem_slack_errors_total{method="views.open",error="internal_error"}'),
    ).toBe(1);
    expect(figure(text, 'tandem_overdue_seconds{work="routines"}')).toBe(0);
    expect(figure(text, 'tandem_queue_jobs{queue="routines.step",state="dead"}')).toBe(0);
    expect(figure(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(text).not.toContain(stage.demo.workspace.id);
  });

  test('learns that Slack is not connected while it is not, and that it is again', async () => {
    const ask = () => get(stage.tandem.port, '/readyz');
    expect(await ask()).toEqual({ status: 200, text: '{"ok":true}' });
    stage.sandbox.disconnect('drop');
    const { text } = await until(ask, ({ status }) => status === 503);
    expect(JSON.parse(text)).toEqual({ ok: false, problems: ['there is no connection to Slack'] });
    expect((await get(stage.tandem.port, '/healthz')).status).toBe(200);
    await until(ask, ({ status }) => status === 200);
  });
});

test('the figures are not there unless a token is set', async () => {
  const database = await createTestDatabase();
  const port = await serve(database, []);
  expect((await get(port.port, '/metrics')).status).toBe(404);
  await port.close();
  await database.close();
});

test('a sweep that does not end well for five minutes makes Tandem not ready, by name', async () => {
  const database = await createTestDatabase();
  const server = await serve(database, [
    { sweep: 'routines.due', seconds: 301 },
    { sweep: 'deliveries.wake', seconds: 30 },
  ]);
  const { status, text } = await get(server.port, '/readyz');
  expect(status).toBe(503);
  expect(text).toContain('routines.due');
  expect(text).not.toContain('deliveries.wake');
  await server.close();
  await database.close();
});

async function serve(
  database: Parameters<typeof watchOver>[0]['database'],
  ages: { sweep: string; seconds: number }[],
) {
  const endpoints = watchOver({
    database,
    jobs: { depth: () => Promise.resolve([]), sweepAges: () => ages },
    metrics: createMetrics({ withProcess: false }),
    metricsToken: ages.length > 0 ? createSecret(TOKEN) : null,
    isConnected: () => true,
    now: () => DateTime.utc(),
  });
  const server = createServer((request, response) => void endpoints(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const postgres: OwnPostgres | null = await startOwnPostgres();
const whenThereIsOne = postgres ? describe : describe.skip;
if (!postgres) process.stderr.write('not run: what happens when PostgreSQL is taken away\n');

whenThereIsOne('when PostgreSQL is taken away', () => {
  let stage: Stage;
  beforeAll(async () => {
    const environment = { DATABASE_URL: postgres?.url ?? '' };
    const place = { environment, remove: async () => {} };
    stage = await openStage({ place, receiver: 'signed HTTP' });
  });
  afterAll(async () => {
    await stage.close();
    await postgres?.close();
  });

  test('Tandem says so, stays alive, and goes on by itself when it is back', async () => {
    const ask = () => get(stage.tandem.port, '/readyz');
    expect((await ask()).status).toBe(200);
    await postgres?.stop();
    const { text } = await until(ask, ({ status }) => status === 503);
    expect(text).toContain('the database does not answer');
    expect((await get(stage.tandem.port, '/healthz')).status).toBe(200);
    await postgres?.start();
    await until(ask, ({ status }) => status === 200);
    const { modal } = await stage.act('Dana', { do: 'command', command: '/ea-setup', in: PAIR });
    expect(modal?.title).toBeDefined();
  });
});

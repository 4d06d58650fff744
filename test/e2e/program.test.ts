import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { createDemo } from '../../src/sandbox/play/demo.ts';
import { findFreePort } from '../support/stage.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

let sandbox: Sandbox;
let dataDir: string;
let environment: Record<string, string>;

beforeAll(async () => {
  sandbox = await startSandbox();
  dataDir = await mkdtemp(join(tmpdir(), 'tandem-program-'));
  const { app } = await createDemo(sandbox);
  environment = {
    SLACK_BOT_TOKEN: app.botToken,
    SLACK_APP_TOKEN: app.appToken,
    SLACK_API_URL: sandbox.apiUrl,
    DATA_DIR: dataDir,
  };
});
afterAll(async () => {
  await sandbox.stop();
  await rm(dataDir, { recursive: true, force: true });
});

type Run = { child: ChildProcess; output: () => string; ended: Promise<number | null> };

function start(env: Record<string, string>): Run {
  const child = spawn(process.execPath, [MAIN], { env: { PATH: '', ...env } });
  let text = '';
  child.stdout.on('data', (chunk) => (text += String(chunk)));
  child.stderr.on('data', (chunk) => (text += String(chunk)));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, output: () => text, ended };
}

async function untilReady(run: Run): Promise<void> {
  const ready = Promise.withResolvers<void>();
  run.child.stdout?.on('data', () => {
    if (run.output().includes('Tandem is ready')) ready.resolve();
  });
  await Promise.race([ready.promise, run.ended]);
  expect(run.output()).toContain('Tandem is ready');
}

test('without credentials it says in five lines how to get them and how to try the sandbox', async () => {
  const run = start({});
  expect(await run.ended).toBe(1);
  expect(run.output().trim().split('\n')).toHaveLength(5);
  expect(run.output()).toContain('npm run sandbox');
  expect(run.output()).toContain('https://api.slack.com/apps');
});

test('a wrong token is explained without being shown', async () => {
  const run = start({ ...environment, SLACK_BOT_TOKEN: 'xoxb-secret-nobody-may-see' });
  expect(await run.ended).toBe(1);
  expect(run.output()).toContain('Slack does not accept SLACK_BOT_TOKEN (invalid_auth).');
  expect(run.output()).not.toContain('nobody-may-see');
});

test('a wrong app token is explained too, and does not hang', async () => {
  const run = start({ ...environment, PORT: '0', SLACK_APP_TOKEN: 'xapp-secret-nobody-may-see' });
  expect(await run.ended).toBe(1);
  expect(run.output()).toContain('Slack does not accept SLACK_APP_TOKEN (invalid_auth).');
  expect(run.output()).not.toContain('nobody-may-see');
});

test('a Slack that cannot be reached is named', async () => {
  const apiUrl = `http://127.0.0.1:${await findFreePort()}/api/`;
  const run = start({ ...environment, SLACK_API_URL: apiUrl });
  expect(await run.ended).toBe(1);
  expect(run.output()).toContain(`Slack cannot be reached at ${apiUrl}`);
});

test('a port in use is named, and nothing is left open', async () => {
  const port = await findFreePort();
  const other = createServer().listen(port);
  const run = start({ ...environment, PORT: String(port) });
  expect(await run.ended).toBe(1);
  expect(run.output()).toContain(`Port ${port} is in use. Set PORT to another one.`);
  other.close();
});

test('it starts, answers its health checks, refuses a second process on its data, and ends on SIGTERM', async () => {
  const port = await findFreePort();
  const first = start({ ...environment, PORT: String(port) });
  await untilReady(first);
  const [health, ready] = await Promise.all(
    ['healthz', 'readyz'].map((path) => fetch(`http://127.0.0.1:${port}/${path}`)),
  );
  expect([health?.status, ready?.status]).toEqual([200, 200]);

  const second = start({ ...environment, PORT: '0' });
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain(dataDir);
  expect(second.output()).toContain(String(first.child.pid));

  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
});

test('no line of its log holds a token', async () => {
  const run = start({ ...environment, PORT: '0', LOG_LEVEL: 'trace' });
  await untilReady(run);
  run.child.kill('SIGTERM');
  await run.ended;
  expect(run.output()).not.toMatch(/xoxb-|xapp-/);
});

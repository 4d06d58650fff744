import { afterEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { makeManifest, START, WORKSPACE } from './bench.ts';
import { makeWire, type Wire } from './wire.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.stop());

async function start(
  options: SandboxOptions = {},
): Promise<{ call: Wire; ana: string; open: string }> {
  sandbox = await startSandbox({ startAt: START, realTime: false, ...options });
  const workspace = sandbox.createWorkspace(WORKSPACE);
  const { botToken, botUserId } = sandbox.installApp({
    team: workspace.id,
    manifest: makeManifest(),
    delivery: { mode: 'socket' },
  });
  await sandbox.act({ user: 'Dana', do: 'invite', who: botUserId, channel: '#open' });
  return {
    call: makeWire(sandbox.apiUrl, botToken),
    ana: workspace.users.Ana ?? '',
    open: workspace.channels.open ?? '',
  };
}

test('a channel takes a burst of three messages and then one each second', async () => {
  const { call, open } = await start();
  const post = () => call('chat.postMessage', { channel: open, text: 'hello' });
  for (let n = 1; n <= 3; n += 1) expect((await post()).ok).toBe(true);
  expect(await post()).toEqual({ ok: false, error: 'ratelimited' });
  await sandbox.advanceTo(sandbox.now().plus({ milliseconds: 999 }));
  expect((await post()).ok).toBe(false);
  await sandbox.advanceTo(sandbox.now().plus({ milliseconds: 1 }));
  expect((await post()).ok).toBe(true);
  expect((await post()).ok).toBe(false);
});

test('a refused call says after how many seconds to come again', async () => {
  const { open } = await start({ burst: 1 });
  const token = sandbox.installApp({
    team: sandbox.state().teams[0]?.id ?? '',
    manifest: makeManifest(),
    delivery: { mode: 'socket' },
  }).botToken;
  const post = () =>
    fetch(`${sandbox.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ channel: open, text: 'x' }),
    });
  expect((await post()).status).toBe(200);
  const refused = await post();
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('1');
});

test('direct messages are one channel, whether called by the person or by the conversation', async () => {
  const { call, ana } = await start({ burst: 2 });
  const first = await call('chat.postMessage', { channel: ana, text: '1' });
  expect((await call('chat.postMessage', { channel: first.channel, text: '2' })).ok).toBe(true);
  expect((await call('chat.postMessage', { channel: ana, text: '3' })).ok).toBe(false);
});

test('a workspace takes so many messages in a minute over all channels', async () => {
  const { call, open, ana } = await start({ burst: 100, messagesPerMinute: 4 });
  for (const channel of [open, ana, open, ana]) {
    expect((await call('chat.postMessage', { channel, text: 'x' })).ok).toBe(true);
  }
  expect((await call('chat.postMessage', { channel: open, text: 'x' })).error).toBe('ratelimited');
  await sandbox.advanceTo(sandbox.now().plus({ seconds: 15 }));
  expect((await call('chat.postMessage', { channel: open, text: 'x' })).ok).toBe(true);
});

test.each([
  ['users.list', 20, {}],
  ['conversations.info', 50, { channel: 'C404' }],
  ['users.info', 100, { user: 'U404' }],
])('%s may be called %i times in a minute', async (method, times, args) => {
  const { call } = await start();
  for (let n = 0; n < times; n += 1)
    expect((await call(method, args)).error).not.toBe('ratelimited');
  expect((await call(method, args)).error).toBe('ratelimited');
  await sandbox.advanceTo(sandbox.now().plus({ minutes: 1 }));
  expect((await call(method, args)).error).not.toBe('ratelimited');
});

test('one method that is at its limit does not hold back another', async () => {
  const { call } = await start();
  for (let n = 0; n < 21; n += 1) await call('users.list');
  expect((await call('users.list')).error).toBe('ratelimited');
  expect((await call('auth.test')).ok).toBe(true);
});

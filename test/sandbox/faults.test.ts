import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Bench, startBench } from './bench.ts';

let bench: Bench;
const heard: string[] = [];
beforeEach(async () => {
  heard.length = 0;
  bench = await startBench({
    options: { ackTimeoutMs: 1_000 },
    register: (app) => {
      app.message(async ({ message, context }) => {
        heard.push(`${'text' in message ? message.text : ''}#${context.retryNum ?? 0}`);
      });
      app.command('/probe', async ({ ack }) => ack('done'));
    },
  });
});
afterEach(async () => bench.stop());

const post = () =>
  bench.app.client.chat.postMessage({ channel: bench.channel('pair'), text: 'hi' });
const botMessages = () =>
  bench.sandbox
    .state({ user: 'Dana' })
    .teams[0]?.people[0]?.channels.find((channel) => channel.name === '#pair')
    ?.messages.filter((message) => message.plainText === 'hi').length;

describe('a planned fault of calls', () => {
  test('answers with an HTTP status as often as asked, and then all is well', async () => {
    bench.sandbox.fault({ method: 'chat.postMessage', times: 2, reply: { status: 503 } });
    for (let n = 0; n < 2; n += 1) await expect(post()).rejects.toMatchObject({ statusCode: 503 });
    expect(await post()).toMatchObject({ ok: true });
    expect(botMessages()).toBe(1);
  });

  test('answers with an error of Slack', async () => {
    bench.sandbox.fault({ method: '*', reply: { error: 'internal_error' } });
    await expect(post()).rejects.toMatchObject({ data: { error: 'internal_error' } });
  });

  test('asks to come again later', async () => {
    bench.sandbox.fault({ method: 'chat.postMessage', reply: { retryAfter: 30 } });
    await expect(post()).rejects.toMatchObject({ retryAfter: 30 });
  });

  test('cuts the connection before the work', async () => {
    bench.sandbox.fault({ method: 'chat.postMessage', reply: { reset: true } });
    await expect(post()).rejects.toThrow('request error');
    expect(botMessages()).toBe(0);
  });

  test('does the work and loses the answer', async () => {
    bench.sandbox.fault({ method: 'chat.postMessage', reply: { acceptThenReset: true } });
    await expect(post()).rejects.toThrow('request error');
    expect(botMessages()).toBe(1);
    expect(bench.sandbox.record().at(-1)).toMatchObject({
      method: 'chat.postMessage',
      reply: null,
    });
  });

  test('takes its time', async () => {
    bench.sandbox.fault({ method: 'chat.postMessage', reply: { delayMs: 80 } });
    const from = performance.now();
    await post();
    expect(performance.now() - from).toBeGreaterThanOrEqual(79);
  });

  test('concerns one workspace when it names one', async () => {
    bench.sandbox.fault({ method: 'chat.postMessage', team: 'T404', reply: { status: 500 } });
    expect(await post()).toMatchObject({ ok: true });
    bench.sandbox.clearFaults();
  });
});

describe('a planned fault of deliveries', () => {
  const say = (text: string) =>
    bench.sandbox.act({ user: 'Dana', do: 'message', in: '#pair', text });

  test('delivers an event twice with one id', async () => {
    bench.sandbox.fault({ delivery: 'message', fault: { twice: true } });
    await say('once');
    expect(heard).toEqual(['once#0', 'once#1']);
  });

  test('loses the acknowledgement, so that the event comes again', async () => {
    bench.sandbox.fault({ delivery: 'message', fault: { loseAck: true } });
    await say('again');
    expect(heard).toEqual(['again#0', 'again#1']);
    const records = bench.sandbox.deliveries().filter((record) => record.name === 'message');
    expect(new Set(records.slice(-2).map((record) => record.eventId)).size).toBe(1);
    expect(records.slice(-2).map((record) => record.outcome)).toEqual(['timeout', 'acknowledged']);
  });

  test('slows an acknowledgement down, within the limit and beyond it', async () => {
    bench.sandbox.fault({ delivery: '/probe', fault: { delayAckMs: 20 } });
    const command = () => bench.sandbox.act({ user: 'Dana', do: 'command', command: '/probe' });
    expect(await command()).toMatchObject({ acknowledged: true });
    bench.sandbox.fault({ delivery: '/probe', fault: { delayAckMs: 1_000 } });
    expect(await command()).toMatchObject({ acknowledged: false, note: 'operation_timeout' });
  });
});

test('faults are planned and cleared over HTTP', async () => {
  const faults = `${bench.sandbox.url}/_sandbox/faults`;
  const send = (body: unknown) =>
    fetch(faults, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect(
    (await send({ method: 'chat.postMessage', times: 5, reply: { status: 500 } })).status,
  ).toBe(200);
  await expect(post()).rejects.toMatchObject({ statusCode: 500 });
  await fetch(faults, { method: 'DELETE' });
  expect(await post()).toMatchObject({ ok: true });
  expect((await send({ disconnect: 'drop' })).status).toBe(200);
  await bench.sandbox.until(() => bench.sandbox.connectionCount(bench.installed.appId) === 0);
  expect((await send({ revoke: {} })).status).toBe(200);
  await expect(post()).rejects.toMatchObject({ data: { error: 'token_revoked' } });
  for (const wrong of [
    { method: 'x' },
    { reply: {} },
    { disconnect: 'softly' },
    { revoke: { team: 'T404' } },
  ]) {
    const refused = await send(wrong);
    expect([400, 404]).toContain(refused.status);
    expect(await refused.json()).toMatchObject({
      ok: false,
      message: expect.stringContaining(' '),
    });
  }
});

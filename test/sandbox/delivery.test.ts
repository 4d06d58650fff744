import { afterEach, describe, expect, test } from '@jest/globals';
import { isValidSlackRequest } from '@slack/bolt';
import { WebSocket } from 'ws';
import { type InstalledApp, type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { type Bench, type Mode, makeManifest, START, startBench, WORKSPACE } from './bench.ts';
import { startReceiver } from './receiver.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function open(...o: Parameters<typeof startReceiver>) {
  const receiver = await startReceiver(...o);
  stops.push(receiver.stop);
  return receiver;
}

async function sayHello(sandbox: Sandbox, installed: InstalledApp): Promise<void> {
  await sandbox.act({ user: 'Dana', do: 'invite', who: installed.botUserId, channel: '#open' });
}

describe('signed delivery to a request URL', () => {
  test('carries a signature that Bolt accepts, for this body and no other', async () => {
    const { hits, sandbox, installed } = await open(() => ({ status: 200 }));
    await sayHello(sandbox, installed);
    const [hit] = hits;
    if (!hit) throw new Error('nothing was delivered');
    const valid = (body: string) =>
      isValidSlackRequest({
        signingSecret: installed.signingSecret,
        body,
        headers: {
          'x-slack-signature': String(hit.headers['x-slack-signature']),
          'x-slack-request-timestamp': Number(hit.headers['x-slack-request-timestamp']),
        },
      });
    expect(valid(hit.body)).toBe(true);
    expect(valid(`${hit.body} `)).toBe(false);
    expect(hit.headers['x-slack-retry-num']).toBeUndefined();
  });

  test('the address is asked for a challenge first, with a signature', async () => {
    let answer = '';
    const { hits, sandbox } = await open(({ body }) => {
      const { challenge } = JSON.parse(body) as { challenge: string };
      return { status: 200, body: answer.replace('%', challenge) };
    });
    for (const right of ['%', '{"challenge":"%"}', 'challenge=%']) {
      answer = right;
      await sandbox.verifyRequestUrls();
    }
    expect(JSON.parse(hits[0]?.body ?? '')).toMatchObject({ type: 'url_verification' });
    expect(hits[0]?.headers['x-slack-signature']).toMatch(/^v0=/);
    answer = 'ok';
    await expect(sandbox.verifyRequestUrls()).rejects.toThrow('did not answer with the challenge');
  });

  test('an event that is refused comes three times more, numbered, with one event id', async () => {
    const { hits, sandbox, installed } = await open(() => ({ status: 500 }));
    await sayHello(sandbox, installed);
    await sandbox.settle();
    expect(hits.map((hit) => hit.headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
    expect(hits.slice(1).map((hit) => hit.headers['x-slack-retry-reason'])).toEqual(
      Array(3).fill('http_error'),
    );
    const ids = hits.map((hit) => (JSON.parse(hit.body) as { event_id: string }).event_id);
    expect(new Set(ids).size).toBe(1);
  });

  test('an event that is not answered in time comes again as a timeout', async () => {
    const { hits, sandbox, installed } = await open(
      (_hit, n) => (n === 1 ? 'never' : { status: 200 }),
      { ackTimeoutMs: 1_000 },
    );
    await sayHello(sandbox, installed);
    await sandbox.settle();
    expect(hits).toHaveLength(2);
    expect(hits[1]?.headers).toMatchObject({
      'x-slack-retry-num': '1',
      'x-slack-retry-reason': 'http_timeout',
    });
  });

  test('an app that asks for no retries gets none', async () => {
    const { hits, sandbox, installed } = await open(() => ({
      status: 500,
      headers: { 'x-slack-no-retry': '1' },
    }));
    await sayHello(sandbox, installed);
    await sandbox.settle();
    expect(hits).toHaveLength(1);
  });

  test('with Delayed Events a failed event comes again each hour, for a day at most', async () => {
    let isDown = true;
    const { hits, sandbox, installed } = await open(() => ({ status: isDown ? 500 : 200 }), {
      delayedEvents: true,
    });
    await sayHello(sandbox, installed);
    expect(hits).toHaveLength(4);
    await sandbox.advanceTo(sandbox.now().plus({ minutes: 59 }));
    expect(hits).toHaveLength(4);
    await sandbox.advanceTo(sandbox.now().plus({ hours: 2 }));
    expect(hits).toHaveLength(6);
    isDown = false;
    await sandbox.advanceTo(sandbox.now().plus({ days: 2 }));
    expect(hits).toHaveLength(7);
    const ids = hits.map((hit) => (JSON.parse(hit.body) as { event_id: string }).event_id);
    expect(new Set(ids).size).toBe(1);

    isDown = true;
    hits.length = 0;
    await sandbox.act({ user: 'Dana', do: 'message', in: '#open', text: 'lost' });
    await sandbox.advanceTo(sandbox.now().plus({ days: 3 }));
    expect(hits).toHaveLength(4 + 24);
  });

  test('without Delayed Events a failed event is lost', async () => {
    const { hits, sandbox, installed } = await open(() => ({ status: 500 }));
    await sayHello(sandbox, installed);
    await sandbox.advanceTo(sandbox.now().plus({ days: 2 }));
    expect(hits).toHaveLength(4);
  });

  test('a command that fails is not sent again, and the person is told', async () => {
    const { hits, sandbox } = await open((_hit, n) => (n === 1 ? { status: 500 } : 'never'), {
      ackTimeoutMs: 1_000,
    });
    const failed = await sandbox.act({ user: 'Dana', do: 'command', command: '/probe' });
    expect(failed).toMatchObject({ acknowledged: false, note: 'dispatch_failed' });
    const late = await sandbox.act({ user: 'Dana', do: 'command', command: '/probe' });
    expect(late).toMatchObject({ acknowledged: false, note: 'operation_timeout' });
    expect(hits).toHaveLength(2);
    const toasts = sandbox.state({ user: 'Dana' }).teams[0]?.people[0]?.toasts;
    expect(toasts?.map((toast) => toast.text)).toEqual([
      '/probe failed with the error "dispatch_failed"',
      '/probe failed with the error "operation_timeout"',
    ]);
  });
});

describe('Socket Mode', () => {
  async function startSocketApp() {
    const sandbox = await startSandbox({
      startAt: START,
      ackTimeoutMs: 1_000,
      retryDelaysMs: [5, 10, 15],
    });
    stops.push(() => sandbox.stop());
    const workspace = sandbox.createWorkspace(WORKSPACE);
    const installed = sandbox.installApp({
      team: workspace.id,
      manifest: makeManifest({ events: ['message.channels'] }),
      delivery: { mode: 'socket' },
    });
    const open = async () => {
      const response = await fetch(`${sandbox.apiUrl}apps.connections.open`, {
        method: 'POST',
        headers: { authorization: `Bearer ${installed.appToken}` },
      });
      return ((await response.json()) as { url: string }).url;
    };
    return { sandbox, installed, open };
  }

  type Frame = {
    type: string;
    envelope_id?: string;
    retry_attempt?: number;
    retry_reason?: string;
    accepts_response_payload?: boolean;
    reason?: string;
    payload?: { event_id: string };
  };

  function connect(url: string) {
    const frames: Frame[] = [];
    const waiting: (() => void)[] = [];
    const socket = new WebSocket(url);
    socket.on('message', (data: Buffer) => {
      frames.push(JSON.parse(data.toString()) as Frame);
      for (const wake of waiting.splice(0)) wake();
    });
    const until = async (ready: () => boolean): Promise<void> => {
      while (!ready()) await new Promise<void>((resolve) => waiting.push(resolve));
    };
    return { socket, frames, until };
  }

  test('greets, and a ticket works once', async () => {
    const { open, sandbox, installed } = await startSocketApp();
    const url = await open();
    const { frames, until } = connect(url);
    await until(() => frames.length === 1);
    expect(frames[0]).toMatchObject({ type: 'hello', num_connections: 1 });
    expect(sandbox.connectionCount(installed.appId)).toBe(1);
    const again = new WebSocket(url);
    const status = await new Promise((resolve) =>
      again.on('unexpected-response', (_request, response) => resolve(response.statusCode)),
    );
    expect(status).toBe(403);
  });

  test('an envelope that is not acknowledged comes again with its number and reason', async () => {
    const { open, sandbox, installed } = await startSocketApp();
    const { socket, frames, until } = connect(await open());
    await until(() => frames.length === 1);
    const invited = sayHello(sandbox, installed);
    await until(() => frames.length >= 3);
    const envelopes = frames.slice(1);
    expect(envelopes[0]).toMatchObject({
      type: 'events_api',
      retry_attempt: 0,
      accepts_response_payload: false,
    });
    expect(envelopes[1]).toMatchObject({ retry_attempt: 1, retry_reason: 'timeout' });
    expect(envelopes[1]?.payload?.event_id).toBe(envelopes[0]?.payload?.event_id);
    expect(envelopes[1]?.envelope_id).not.toBe(envelopes[0]?.envelope_id);
    socket.send(JSON.stringify({ envelope_id: envelopes[1]?.envelope_id }));
    await invited;
    expect(sandbox.deliveries().at(-1)).toMatchObject({ retryNum: 1, outcome: 'acknowledged' });
  });

  test('an event on a connection that broke before the acknowledgement comes again on the next', async () => {
    const { open, sandbox, installed } = await startSocketApp();
    const first = connect(await open());
    await first.until(() => first.frames.length === 1);
    const invited = sayHello(sandbox, installed);
    await first.until(() => first.frames.length === 2);
    first.socket.terminate();
    const second = connect(await open());
    await second.until(() => second.frames.length >= 2);
    expect(second.frames[1]).toMatchObject({ retry_attempt: 1, retry_reason: 'connection_failed' });
    expect(second.frames[1]?.payload?.event_id).toBe(first.frames[1]?.payload?.event_id);
    second.socket.send(JSON.stringify({ envelope_id: second.frames[1]?.envelope_id }));
    await invited;
  });

  test('an eleventh connection is sent away', async () => {
    const { open, sandbox, installed } = await startSocketApp();
    const connections = [];
    for (let n = 0; n < 11; n += 1) {
      const connection = connect(await open());
      await connection.until(() => connection.frames.length > 0);
      connections.push(connection);
    }
    expect(connections.at(-1)?.frames[0]).toEqual({
      type: 'disconnect',
      reason: 'too_many_websockets',
    });
    expect(sandbox.connectionCount(installed.appId)).toBe(10);
  });

  test('nonsense on a connection is ignored', async () => {
    const { open, sandbox, installed } = await startSocketApp();
    const { socket, frames, until } = connect(await open());
    await until(() => frames.length === 1);
    for (const nonsense of ['{', '[]', 'null', '{"envelope_id":7}', '{"envelope_id":"nobody"}']) {
      socket.send(nonsense);
    }
    socket.send(Buffer.from([0, 1, 2]));
    const invited = sayHello(sandbox, installed);
    await until(() => frames.length >= 2);
    await invited;
    expect(sandbox.connectionCount(installed.appId)).toBe(1);
  });

  test.each(['refresh_requested', 'warning', 'drop'] as const)(
    'what happens while an app reconnects after %s is kept and delivered',
    async (how) => {
      const heard: string[] = [];
      const bench: Bench = await startBench({
        clientPingTimeout: 500,
        register: (app) =>
          app.message(
            async ({ message }) => void heard.push('text' in message ? (message.text ?? '') : ''),
          ),
      });
      stops.push(() => bench.stop());
      const { sandbox, installed } = bench;
      sandbox.disconnect(how);
      await sandbox.until(() => sandbox.connectionCount(installed.appId) === 0);
      for (const text of ['one', 'two', 'three']) {
        await sandbox.act({ user: 'Dana', do: 'message', in: '#open', text });
      }
      await sandbox.until(() => sandbox.connectionCount(installed.appId) === 1);
      await sandbox.settle();
      expect(heard.toSorted()).toEqual(['one', 'three', 'two']);
    },
  );

  test('a command in the gap waits for the connection', async () => {
    const bench = await startBench({
      clientPingTimeout: 500,
      register: (app) => app.command('/probe', async ({ ack }) => ack('done')),
    });
    stops.push(() => bench.stop());
    bench.sandbox.disconnect('drop');
    await bench.sandbox.until(() => bench.sandbox.connectionCount(bench.installed.appId) === 0);
    const result = await bench.sandbox.act({ user: 'Dana', do: 'command', command: '/probe' });
    expect(result).toMatchObject({ acknowledged: true, messages: [{ text: 'done' }] });
  });
});

describe.each<Mode>(['socket', 'http'])('who hears what, over %s', (mode) => {
  test('an app hears only the events that it subscribed to and has the scope for, in its channels', async () => {
    const heard: string[] = [];
    const bench = await startBench({
      mode,
      manifest: makeManifest({ events: ['message.channels', 'reaction_added'] }),
      register: (app) => {
        app.use(async ({ payload, next }) => {
          heard.push(
            'text' in payload ? String(payload.text) : String((payload as { type?: string }).type),
          );
          await next();
        });
      },
    });
    stops.push(() => bench.stop());
    const { sandbox } = bench;
    await sandbox.settle();
    heard.length = 0;
    await sandbox.act({ user: 'Dana', do: 'create_channel', name: 'elsewhere' });
    await sandbox.act({ user: 'Dana', do: 'message', in: '#elsewhere', text: 'not here' });
    await sandbox.act({ user: 'Dana', do: 'message', in: '#pair', text: 'not subscribed' });
    await sandbox.act({ user: 'Dana', do: 'message', in: '#open', text: 'here' });
    await sandbox.act({ user: 'Ana', do: 'react', emoji: 'eyes', to: { text: 'here' } });
    await sandbox.settle();
    expect(heard).toEqual(['here', 'reaction_added']);
  });
});

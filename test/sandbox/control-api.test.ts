import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { WebSocket } from 'ws';
import { type Bench, START, startBench } from './bench.ts';
import { makeWire } from './wire.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({
    options: { realTime: false },
    register: (app) => app.command('/probe', async ({ ack }) => ack('done')),
  });
});
afterAll(async () => bench.stop());

type Answer = {
  status: number;
  body: { ok: boolean; error?: string; message?: string } & Record<string, unknown>;
};

async function post(
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${bench.sandbox.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
const act = (action: unknown) => post('/_sandbox/act', JSON.stringify(action));

describe('acting over HTTP', () => {
  test('does what a person does and answers with what came of it', async () => {
    expect(
      await act({ user: 'Dana', do: 'command', command: '/probe', in: '#pair' }),
    ).toMatchObject({
      status: 200,
      body: { ok: true, acknowledged: true, messages: [{ text: 'done', ephemeral: true }] },
    });
  });

  const mistakes: [what: string, action: unknown, o: { status: number; says: RegExp }][] = [
    ['no person', { do: 'command', command: '/probe' }, { status: 400, says: /user/ }],
    [
      'nothing to do',
      { user: 'Dana' },
      { status: 400, says: /"do" is one of: message, command, click/ },
    ],
    ['an unknown verb', { user: 'Dana', do: 'dance' }, { status: 400, says: /"do" is one of/ }],
    [
      'a field that is not there',
      { user: 'Dana', do: 'click', click: 'A', colour: 'red' },
      { status: 400, says: /colour/ },
    ],
    [
      'an unknown workspace',
      { team: 'T404', user: 'Dana', do: 'close' },
      { status: 404, says: /There are: .*\(Acme\)/ },
    ],
    [
      'an unknown person',
      { user: 'Nobody', do: 'close' },
      { status: 404, says: /There are: .*Dana \(U/ },
    ],
    [
      'somebody deactivated',
      { user: 'Gone', do: 'message', in: '#pair', text: 'x' },
      { status: 409, says: /deactivated/ },
    ],
    [
      'an unknown channel',
      { user: 'Dana', do: 'message', in: '#nowhere', text: 'x' },
      { status: 404, says: /There are: .*#pair/ },
    ],
    [
      'a channel that the person is not in',
      { user: 'Ana', do: 'message', in: '#secret', text: 'x' },
      { status: 404, says: /sees no channel/ },
    ],
    [
      'a public channel without joining',
      { user: 'Outsider', do: 'message', in: '#open', text: 'x' },
      { status: 409, says: /not in #open/ },
    ],
    [
      'an archived channel',
      { user: 'Dana', do: 'message', in: '#closed', text: 'x' },
      { status: 409, says: /archived/ },
    ],
    [
      'an unknown command',
      { user: 'Dana', do: 'command', command: '/nope' },
      { status: 404, says: /There are: \/probe, \/escaped/ },
    ],
    [
      'an unknown shortcut',
      { user: 'Dana', do: 'shortcut', shortcut: 'Keep this' },
      { status: 404, says: /"Keep this" \(message\)/ },
    ],
    ['no modal to submit', { user: 'Dana', do: 'submit' }, { status: 409, says: /no modal open/ }],
    ['no modal to close', { user: 'Dana', do: 'close' }, { status: 409, says: /no modal open/ }],
    [
      'a message that is not there',
      { user: 'Dana', do: 'react', emoji: 'eyes', to: { text: 'zzz' } },
      { status: 404, says: /newest are/ },
    ],
    [
      'joining a private channel',
      { user: 'Outsider', do: 'join', channel: '#pair' },
      { status: 404, says: /sees no channel/ },
    ],
    [
      'leaving twice',
      { user: 'Dana', do: 'remove', who: 'Outsider', channel: '#pair' },
      { status: 409, says: /not in/ },
    ],
    [
      'a zone that does not exist',
      { user: 'Ana', do: 'profile', zone: 'Mars/Base' },
      { status: 400, says: /IANA/ },
    ],
    [
      'an app that is not installed',
      { user: 'Dana', do: 'open_home', app: 'Nope' },
      { status: 404, says: /There are: Probe/ },
    ],
  ];

  test.each(mistakes)('%s is explained', async (_what, action, { status, says }) => {
    const answer = await act(action);
    expect(answer).toMatchObject({ status, body: { ok: false } });
    expect(answer.body.message).toMatch(says);
    expect(answer.body.message).toMatch(/[.]$/);
  });

  test('malformed JSON, a list or a form is a mistake, never a crash', async () => {
    for (const body of ['{', '[]', '"x"', 'null', '7']) {
      expect((await post('/_sandbox/act', body)).status).toBe(400);
    }
    expect((await post('/_sandbox/act', '{}', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  test('arbitrary JSON never breaks it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.constantFrom('act', 'clock', 'faults'), async (body, path) => {
        const { status } = await post(`/_sandbox/${path}`, body);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
  });

  test('arbitrary arguments never break a method', async () => {
    const methods = [
      'chat.postMessage',
      'chat.update',
      'views.open',
      'views.publish',
      'conversations.list',
      'blocks.validate',
      'files.completeUploadExternal',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...methods),
        fc.dictionary(
          fc.constantFrom(
            'channel',
            'text',
            'blocks',
            'view',
            'ts',
            'types',
            'cursor',
            'limit',
            'user_id',
            'trigger_id',
            'files',
            '__proto__',
          ),
          fc.jsonValue(),
        ),
        async (method, args) => {
          const answer = await post(`/api/${method}`, JSON.stringify(args), {
            authorization: `Bearer ${bench.installed.botToken}`,
          });
          expect(answer.body.error).not.toBe('internal_error');
          expect([200, 429]).toContain(answer.status);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('the body of a call that is no JSON object, or no form, is refused by name', async () => {
    expect((await post('/api/auth.test', '{')).body.error).toBe('invalid_json');
    expect((await post('/api/auth.test', '[1]')).body.error).toBe('json_not_object');
    const multipart = { 'content-type': 'multipart/form-data' };
    expect((await post('/api/auth.test', 'x', multipart)).body.error).toBe('invalid_form_data');
  });
});

describe('looking', () => {
  test('shows one person, and tells who is there when asked for nobody', async () => {
    const one = (await (await fetch(`${bench.sandbox.url}/_sandbox/state?user=Ana`)).json()) as {
      teams: { people: { name: string; localTime: string }[] }[];
    };
    expect(one.teams[0]?.people).toMatchObject([
      { name: 'Ana', localTime: 'Mon 9 Mar 2026 21:00' },
    ]);
    const nobody = await fetch(`${bench.sandbox.url}/_sandbox/state?user=Nobody`);
    expect(nobody.status).toBe(404);
  });

  test('the record is one line of JSON for each call, without tokens', async () => {
    await bench.app.client.auth.test();
    const text = await (await fetch(`${bench.sandbox.url}/_sandbox/record`)).text();
    const calls = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { method: string; at: string });
    expect(calls.at(-1)).toMatchObject({
      method: 'auth.test',
      team: bench.workspace.id,
      reply: { ok: true },
    });
    expect(text).not.toContain(bench.installed.botToken);
    expect(text).not.toContain(bench.installed.appToken);
  });

  test('whoever listens hears that something changed', async () => {
    const abort = new AbortController();
    const response = await fetch(`${bench.sandbox.url}/_sandbox/events`, { signal: abort.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await bench.sandbox.act({ user: 'Dana', do: 'message', in: '#pair', text: 'news' });
    let text = '';
    while (!text.includes('"what":"messages"')) text += (await reader?.read())?.value ?? '';
    abort.abort();
    expect(text).toContain(`"team":"${bench.workspace.id}"`);
  });

  test('an address with nothing at it says so', async () => {
    const response = await fetch(`${bench.sandbox.url}/_sandbox/nothing`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ ok: false, error: 'not_found' });
  });
});

describe('the clock over HTTP', () => {
  const clock = (body: unknown) => post('/_sandbox/clock', JSON.stringify(body));

  test('shows the time, is advanced and set, never backwards', async () => {
    const shown = (await (await fetch(`${bench.sandbox.url}/_sandbox/clock`)).json()) as {
      now: string;
    };
    expect(shown.now).toBe(START.toUTC().toISO());
    expect((await clock({ advance: 'PT8H' })).body.now).toBe('2026-03-09T21:00:00.000Z');
    expect((await clock({ to: '2026-03-09T18:30:00-04:00' })).body.now).toBe(
      '2026-03-09T22:30:00.000Z',
    );
    expect((await clock({ now: '2026-03-10T00:00:00Z' })).body.now).toBe(
      '2026-03-10T00:00:00.000Z',
    );
    const back = await clock({ to: '2026-03-09T00:00:00Z' });
    expect(back).toMatchObject({ status: 400, body: { error: 'clock_backwards' } });
    expect(back.body.message).toContain('2026-03-10T00:00:00');
  });

  test.each([
    [{}],
    [{ advance: 'soon' }],
    [{ to: 'noon' }],
    [{ to: 5 }],
    [{ advance: 'PT1H', to: '2027-01-01' }],
    [{ rewind: 'PT1H' }],
  ])('%j is explained', async (body) => {
    const answer = await clock(body);
    expect(answer).toMatchObject({ status: 400, body: { ok: false, error: 'bad_clock' } });
    expect(answer.body.message).toMatch(/ /);
  });
});

describe('the server is for this machine alone', () => {
  function ask(headers: Record<string, string>): Promise<number | undefined> {
    const { hostname, port } = new URL(bench.sandbox.url);
    return new Promise((resolve, reject) => {
      request({ hostname, port, path: '/_sandbox/state', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  }
  const own = () => new URL(bench.sandbox.url).port;

  test('it answers to its own address and its own page', async () => {
    expect(await ask({ host: `127.0.0.1:${own()}` })).toBe(200);
    expect(await ask({ host: `localhost:${own()}`, origin: `http://localhost:${own()}` })).toBe(
      200,
    );
  });

  test('it refuses other hosts and foreign pages', async () => {
    expect(await ask({ host: 'evil.example' })).toBe(403);
    expect(await ask({ host: `evil.example:${own()}` })).toBe(403);
    for (const origin of [
      'https://evil.example',
      'null',
      `https://127.0.0.1:${own()}`,
      'http://127.0.0.1:1',
    ]) {
      expect(await ask({ host: `127.0.0.1:${own()}`, origin })).toBe(403);
    }
  });

  test('it refuses WebSocket connections of foreign pages and without a ticket', async () => {
    const wire = makeWire(bench.sandbox.apiUrl, bench.installed.appToken);
    const url = String((await wire('apps.connections.open')).url);
    const refused = (address: string, options = {}) =>
      new Promise((resolve) => {
        const socket = new WebSocket(address, options);
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
        socket.on('open', () => resolve('open'));
        socket.on('error', () => resolve('error'));
      });
    expect(await refused(url, { origin: 'https://evil.example' })).toBe(403);
    expect(await refused(url.replace(/ticket=.*/, 'ticket=guess'))).toBe(403);
    expect(await refused(url.replace('/link', '/other'))).toBe(403);
  });
});

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Bench, type Mode, startBench } from './bench.ts';

let bench: Bench;
let url = '';

beforeEach(async () => {
  bench = await startBench({
    register: (app) => {
      app.command('/probe', async ({ ack, body }) => {
        url = body.response_url;
        await ack();
      });
      app.action('press', async ({ ack, body }) => {
        url = 'response_url' in body ? (body.response_url ?? '') : '';
        await ack();
      });
    },
  });
});
afterEach(async () => bench.stop());

const respond = async (body: unknown) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    body: (await response.json()) as { ok: boolean; error?: string },
  };
};
const seenBy = (name: string, channel: string) =>
  bench.sandbox
    .state({ user: name })
    .teams[0]?.people[0]?.channels.find((one) => one.name === channel)
    ?.messages.filter((message) => message.byBot)
    .map((message) => message.text);
const runCommand = (where: string) =>
  bench.sandbox.act({ user: 'Dana', do: 'command', command: '/probe', in: where });

test('the first five answers are taken, the sixth is not', async () => {
  await runCommand('#secret');
  for (let n = 1; n <= 5; n += 1)
    expect(await respond({ text: `${n}` })).toMatchObject({ status: 200 });
  expect(await respond({ text: '6' })).toEqual({
    status: 404,
    body: { ok: false, error: 'used_url' },
  });
  expect(seenBy('Dana', '#secret')).toEqual(['1', '2', '3', '4', '5']);
});

test('answers are taken for thirty minutes', async () => {
  await runCommand('#pair');
  await bench.sandbox.advanceTo(bench.sandbox.now().plus({ minutes: 29, seconds: 50 }));
  expect((await respond({ text: 'in time' })).status).toBe(200);
  await bench.sandbox.advanceTo(bench.sandbox.now().plus({ seconds: 20 }));
  expect((await respond({ text: 'late' })).body.error).toBe('expired_url');
});

test('an answer is for the person alone unless it says otherwise', async () => {
  await runCommand('#pair');
  await respond({ text: 'for you' });
  await respond({ text: 'for all', response_type: 'in_channel' });
  expect(seenBy('Dana', '#pair')).toEqual(['for you', 'for all']);
  expect(seenBy('Ana', '#pair')).toEqual(['for all']);
});

test('the message with the button can be replaced and deleted', async () => {
  await bench.app.client.chat.postMessage({
    channel: bench.channel('pair'),
    text: 'Card',
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: 'Card' } },
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'press', text: { type: 'plain_text', text: 'Press' } },
        ],
      },
    ],
  });
  await bench.sandbox.act({ user: 'Dana', do: 'click', click: 'Press' });
  await respond({ text: 'Replaced', replace_original: true });
  expect(seenBy('Ana', '#pair')).toEqual(['Replaced']);
  await respond({ delete_original: true });
  expect(seenBy('Ana', '#pair')).toEqual([]);
});

test('an answer over the limits is refused and says where', async () => {
  await runCommand('#pair');
  const refused = await respond({
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3_001) } }],
  });
  expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_blocks' } });
  expect((await respond({})).body.error).toBe('no_text');
});

test('an address that was never given, or belongs to another workspace, answers nothing', async () => {
  await runCommand('#pair');
  url = url.replace(bench.workspace.id, 'T404');
  expect((await respond({ text: 'x' })).body.error).toBe('expired_url');
});

test('Bolt answers with respond(), and hears when it cannot', async () => {
  await bench.stop();
  const outcomes: string[] = [];
  bench = await startBench({
    mode: 'http' satisfies Mode,
    register: (app) =>
      app.command('/probe', async ({ ack, respond: answer }) => {
        await ack();
        for (let n = 1; n <= 6; n += 1) {
          await answer(`${n}`).then(
            () => outcomes.push('taken'),
            (error: { statusCode?: number }) => outcomes.push(String(error.statusCode)),
          );
        }
      }),
  });
  await runCommand('#pair');
  await bench.sandbox.until(
    () => bench.sandbox.record().filter((call) => call.method === 'response_url').length === 6,
  );
  await bench.app.client.auth.test();
  expect(outcomes).toEqual([...Array<string>(5).fill('taken'), '404']);
});

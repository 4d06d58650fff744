import { afterEach, describe, expect, test } from '@jest/globals';
import type { AckFn, App, types } from '@slack/bolt';
import { type Bench, type Mode, makeManifest, SCOPES, startBench } from './bench.ts';

let bench: Bench;
/** Acknowledgements that the app under test withholds; given at the end, since Bolt keeps a timer for each. */
const withheld: AckFn<void>[] = [];
afterEach(async () => {
  for (const ack of withheld.splice(0)) await ack();
  await bench.stop();
});

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
const form: types.ModalView = {
  type: 'modal',
  callback_id: 'form',
  title: plain('Form'),
  blocks: [{ type: 'section', text: plain('Hello') }],
};

type Caught = { error: string | undefined };

/** Runs what a broken command does and tells with which error of Slack it ended. */
async function runBroken(
  mode: Mode,
  o: {
    work: (given: { client: App['client']; triggerId: string }) => Promise<unknown>;
    manifest?: unknown;
  },
): Promise<Caught> {
  let finish: (caught: Caught) => void = () => {};
  const finished = new Promise<Caught>((resolve) => {
    finish = resolve;
  });
  bench = await startBench({
    mode,
    manifest: o.manifest,
    register: (app) => {
      app.command('/probe', async ({ ack, body, client }) => {
        await ack();
        await o.work({ client, triggerId: body.trigger_id }).then(
          () => finish({ error: undefined }),
          (error: { data?: { error?: string } }) =>
            finish({ error: error.data?.error ?? 'no platform error' }),
        );
      });
    },
  });
  await bench.sandbox.act({ user: 'Dana', do: 'command', command: '/probe' });
  return finished;
}

describe.each<Mode>(['socket', 'http'])('the sandbox catches over %s', (mode) => {
  test('a command that is never acknowledged', async () => {
    bench = await startBench({
      mode,
      options: { ackTimeoutMs: 1_000 },
      register: (app) =>
        app.command('/probe', async ({ ack }) => void withheld.push(async () => ack())),
    });
    const result = await bench.sandbox.act({ user: 'Dana', do: 'command', command: '/probe' });
    expect(result).toMatchObject({ acknowledged: false, note: 'operation_timeout' });
    expect(bench.sandbox.problems()).toMatchObject([{ about: '/probe', app: 'Probe' }]);
  });

  test('an action and a submission that are never acknowledged', async () => {
    bench = await startBench({
      mode,
      options: { ackTimeoutMs: 1_000 },
      register: (app) => {
        app.action(
          'press',
          async ({ ack }) => void withheld.push(async () => (ack as AckFn<void>)()),
        );
        app.view('form', async ({ ack }) => void withheld.push(async () => (ack as AckFn<void>)()));
        app.command('/probe', async ({ ack, body, client }) => {
          await ack();
          await client.views.open({
            trigger_id: body.trigger_id,
            view: { ...form, submit: plain('Save') },
          });
        });
      },
    });
    const { sandbox } = bench;
    await bench.app.client.chat.postMessage({
      channel: bench.channel('pair'),
      text: 'Press',
      blocks: [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'press', text: plain('Press') }],
        },
      ],
    });
    const pressed = await sandbox.act({ user: 'Dana', do: 'click', click: 'Press' });
    expect(pressed).toMatchObject({ acknowledged: false, note: 'operation_timeout' });
    await sandbox.act({ user: 'Dana', do: 'command', command: '/probe' });
    await sandbox.until(() => sandbox.state({ user: 'Dana' }).teams[0]?.people[0]?.modals[0]);
    const submitted = await sandbox.act({ user: 'Dana', do: 'submit' });
    expect(submitted).toMatchObject({ outcome: 'failed', modal: { title: 'Form' } });
    expect(submitted.modal?.notice).toContain('trouble connecting');
    expect(sandbox.problems()).toHaveLength(2);
  });

  test('an acknowledgement that comes too late', async () => {
    let acknowledge = () => {};
    bench = await startBench({
      mode,
      options: { ackTimeoutMs: 1_000 },
      register: (app) =>
        app.command('/probe', async ({ ack }) => {
          await new Promise<void>((resolve) => {
            acknowledge = resolve;
          });
          await ack('too late');
        }),
    });
    const result = await bench.sandbox.act({ user: 'Dana', do: 'command', command: '/probe' });
    acknowledge();
    expect(result).toMatchObject({ acknowledged: false, messages: [] });
  });

  test('a button with 76 characters', async () => {
    const caught = await runBroken(mode, {
      work: ({ client }) =>
        client.chat.postMessage({
          channel: bench.user('Dana'),
          text: 'x',
          blocks: [
            {
              type: 'actions',
              elements: [{ type: 'button', action_id: 'a', text: plain('x'.repeat(76)) }],
            },
          ],
        }),
    });
    expect(caught.error).toBe('invalid_blocks');
  });

  test('a trigger that is used twice', async () => {
    const caught = await runBroken(mode, {
      work: async ({ client, triggerId }) => {
        await client.views.open({ trigger_id: triggerId, view: form });
        await client.views.open({ trigger_id: triggerId, view: form });
      },
    });
    expect(caught.error).toBe('exchanged_trigger_id');
  });

  test('a post to a channel without the bot', async () => {
    const caught = await runBroken(mode, {
      work: ({ client }) =>
        client.chat.postMessage({ channel: bench.channel('general'), text: 'x' }),
    });
    expect(caught.error).toBe('not_in_channel');
  });

  test('a missing scope', async () => {
    const caught = await runBroken(mode, {
      manifest: makeManifest({ scopes: ['commands', 'chat:write'], events: [] }),
      work: ({ client }) => client.users.info({ user: bench.user('Ana') }),
    });
    expect(caught.error).toBe('missing_scope');
  });

  test('content in the acknowledgement of an action', async () => {
    bench = await startBench({
      mode,
      register: (app) =>
        app.action('press', async ({ ack }) => (ack as AckFn<string>)('not allowed')),
    });
    await bench.app.client.chat.postMessage({
      channel: bench.channel('pair'),
      text: 'Press',
      blocks: [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'press', text: plain('Press') }],
        },
      ],
    });
    await bench.sandbox.act({ user: 'Dana', do: 'click', click: 'Press' });
    expect(bench.sandbox.problems()[0]?.message).toContain('takes no content');
  });

  test('an answer to a command that is over the limits', async () => {
    bench = await startBench({
      mode,
      register: (app) =>
        app.command('/probe', async ({ ack }) =>
          ack({ blocks: [{ type: 'header', text: plain('x'.repeat(151)) }] }),
        ),
    });
    const result = await bench.sandbox.act({ user: 'Dana', do: 'command', command: '/probe' });
    expect(result.messages).toEqual([]);
    expect(bench.sandbox.problems()[0]?.message).toContain('[json-pointer:/blocks/0/text/text]');
  });
});

test('a manifest that subscribes to an event without its scope is refused', async () => {
  bench = await startBench();
  const scopes = SCOPES.filter((scope) => scope !== 'reactions:read');
  expect(() =>
    bench.sandbox.installApp({
      team: bench.workspace.id,
      manifest: makeManifest({ name: 'Careless', scopes }),
      delivery: { mode: 'socket' },
    }),
  ).toThrow('the event "reaction_added" needs the scope reactions:read');
});

test('an app without interactivity in its manifest gets no clicks', async () => {
  bench = await startBench({
    manifest: { ...makeManifest(), settings: { interactivity: { is_enabled: false } } },
  });
  await bench.app.client.chat.postMessage({
    channel: bench.channel('pair'),
    text: 'Press',
    blocks: [
      { type: 'actions', elements: [{ type: 'button', action_id: 'press', text: plain('Press') }] },
    ],
  });
  await expect(bench.sandbox.act({ user: 'Dana', do: 'click', click: 'Press' })).rejects.toThrow(
    'Interactivity is not enabled',
  );
});

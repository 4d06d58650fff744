import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { App } from '@slack/bolt';
import { type Bench, type Mode, startBench } from './bench.ts';
import { ACTIONS, CONTROLS, choice, HOME, plain } from './payload-cases.ts';

let bench: Bench;
type Seen = { type: string; body: Record<string, unknown> & { [name: string]: unknown } };
const seen: Seen[] = [];
const last = (type: string) => seen.findLast((one) => one.type === type)?.body;

function keep(app: App): void {
  app.command(/.*/, async ({ ack, body, client }) => {
    await ack();
    seen.push({ type: 'command', body });
    if (body.text !== 'modal') return;
    await client.views.open({
      trigger_id: body.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'form',
        private_metadata: 'kept',
        notify_on_close: true,
        title: plain('Form'),
        submit: plain('Save'),
        blocks: [
          ...CONTROLS,
          {
            type: 'input',
            block_id: 'name',
            label: plain('Name'),
            dispatch_action: true,
            element: { type: 'plain_text_input', action_id: 'text' },
          },
        ],
      },
    });
  });
  app.action(/.*/, async ({ ack, body }) => {
    await ack();
    seen.push({ type: 'action', body: { ...body } });
  });
  app.options(/.*/, async ({ ack, body }) => {
    seen.push({ type: 'options', body: { ...body } });
    await ack({ options: [choice(body.value), choice(`${body.value} and more`)] });
  });
  app.view({ callback_id: 'form', type: 'view_submission' }, async ({ ack, body }) => {
    await ack();
    seen.push({ type: 'submission', body: { ...body } });
  });
  app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
    await ack();
    seen.push({ type: 'closed', body: { ...body } });
  });
  app.shortcut(/.*/, async ({ ack, body }) => {
    await ack();
    seen.push({ type: 'shortcut', body: { ...body } });
  });
  app.event(/.*/, async ({ event, body }) => {
    seen.push({ type: `event ${event.type}`, body: { ...body } });
  });
}

const person = (name: string) => {
  const found = bench.sandbox.state({ user: name }).teams[0]?.people[0];
  if (!found) throw new Error(`no ${name}`);
  return found;
};

describe.each<Mode>(['socket', 'http'])('a real Bolt app gets, over %s,', (mode) => {
  beforeEach(async () => {
    seen.length = 0;
    bench = await startBench({ mode, register: keep, options: { rateLimits: 'off' } });
  });
  afterEach(async () => bench.stop());

  test('commands, from a channel that it is in or not', async () => {
    await bench.sandbox.act({
      user: 'Dana',
      do: 'command',
      command: '/probe  two words ',
      in: '#secret',
    });
    expect(last('command')).toMatchObject({
      command: '/probe',
      text: 'two words',
      user_id: bench.user('Dana'),
      user_name: 'dana',
      channel_id: bench.channel('secret'),
      channel_name: 'privategroup',
      team_id: bench.workspace.id,
      team_domain: 'acme',
      api_app_id: bench.installed.appId,
      is_enterprise_install: 'false',
      trigger_id: expect.stringMatching(/./),
      response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/response\//),
    });
  });

  test('names in a command as references only where the manifest asks for it', async () => {
    const text = 'for @Ana in #open, <b> & co';
    await bench.sandbox.act({ user: 'Dana', do: 'command', command: `/probe ${text}` });
    expect(last('command')?.text).toBe('for @Ana in #open, &lt;b&gt; &amp; co');
    await bench.sandbox.act({ user: 'Dana', do: 'command', command: `/escaped ${text}` });
    expect(last('command')?.text).toBe(
      `for <@${bench.user('Ana')}> in <#${bench.channel('open')}|open>, &lt;b&gt; &amp; co`,
    );
  });

  test.each(ACTIONS)(
    'the action of %s in a message',
    async (_name, { select, option, click, action }) => {
      const posted = await bench.app.client.chat.postMessage({
        channel: bench.channel('pair'),
        text: 'Use these',
        blocks: CONTROLS,
      });
      if (click) await bench.sandbox.act({ user: 'Ana', do: 'click', click });
      else
        await bench.sandbox.act({
          user: 'Ana',
          do: 'select',
          select: select ?? '',
          option: option ?? null,
        });
      expect(last('action')).toMatchObject({
        type: 'block_actions',
        user: { id: bench.user('Ana'), team_id: bench.workspace.id },
        container: {
          type: 'message',
          message_ts: posted.ts,
          channel_id: bench.channel('pair'),
          is_ephemeral: false,
        },
        channel: { id: bench.channel('pair'), name: 'privategroup' },
        message: {
          ts: posted.ts,
          text: 'Use these',
          bot_id: bench.installed.botId,
          blocks: [{ block_id: 'several' }, { block_id: 'words' }, { block_id: 'buttons' }],
        },
        state: { values: { buttons: { menu: {} } } },
        actions: [action],
        trigger_id: expect.any(String),
        response_url: expect.any(String),
      });
    },
  );

  test('the action of a modal and of Home, with their view and without a response_url', async () => {
    await bench.sandbox.act({ user: 'Ana', do: 'command', command: '/probe modal' });
    await bench.sandbox.until(() => person('Ana').modals[0]);
    await bench.sandbox.act({ user: 'Ana', do: 'fill', fill: { 'Pick one': 'Red' } });
    expect(last('action')).toMatchObject({
      container: { type: 'view', view_id: person('Ana').modals[0]?.id },
      view: {
        callback_id: 'form',
        private_metadata: 'kept',
        state: { values: { buttons: { menu: { selected_option: { value: 'red' } } } } },
      },
      actions: [{ action_id: 'menu' }],
    });
    expect(last('action')).not.toHaveProperty('response_url');
    expect(last('action')).not.toHaveProperty('message');

    await bench.sandbox.act({ user: 'Ana', do: 'close' });
    await bench.app.client.views.publish({
      user_id: bench.user('Ana'),
      view: { type: 'home', blocks: HOME },
    });
    await bench.sandbox.act({ user: 'Ana', do: 'open_home' });
    await bench.sandbox.act({ user: 'Ana', do: 'click', click: 'Press me' });
    expect(last('action')).toMatchObject({
      container: { type: 'view' },
      view: { type: 'home', app_id: bench.installed.appId },
      actions: [{ action_id: 'press' }],
    });
  });

  test('an input of a form as an action where it asked for that', async () => {
    await bench.sandbox.act({ user: 'Ana', do: 'command', command: '/probe modal' });
    await bench.sandbox.until(() => person('Ana').modals[0]);
    await bench.sandbox.act({ user: 'Ana', do: 'fill', fill: { Name: 'Zoë' } });
    expect(last('action')).toMatchObject({ actions: [{ type: 'plain_text_input', value: 'Zoë' }] });
  });

  test('what is typed into a searching menu, once it is long enough', async () => {
    await bench.app.client.chat.postMessage({
      channel: bench.channel('pair'),
      text: 'Use',
      blocks: CONTROLS,
    });
    const looked = await bench.sandbox.act({
      user: 'Ana',
      do: 'look_up',
      look_up: 'Search',
      typed: 'Ta',
    });
    expect(looked.options).toEqual(['Ta', 'Ta and more']);
    expect(last('options')).toMatchObject({
      type: 'block_suggestion',
      action_id: 'search',
      block_id: 'buttons',
      value: 'Ta',
      container: { type: 'message' },
    });
    seen.length = 0;
    const short = await bench.sandbox.act({
      user: 'Ana',
      do: 'look_up',
      look_up: 'Search',
      typed: '',
    });
    expect(short.options).toEqual([]);
    expect(last('options')).toBeUndefined();
  });

  test('submissions and closings of modals', async () => {
    await bench.sandbox.act({ user: 'Ana', do: 'command', command: '/probe modal' });
    await bench.sandbox.until(() => person('Ana').modals[0]);
    await bench.sandbox.act({
      user: 'Ana',
      do: 'submit',
      fill: { Name: '<!channel> "é" 😀', radio: 'Yes' },
    });
    expect(last('submission')).toMatchObject({
      type: 'view_submission',
      user: { id: bench.user('Ana') },
      team: { id: bench.workspace.id },
      trigger_id: expect.any(String),
      response_urls: [],
      view: {
        type: 'modal',
        team_id: bench.workspace.id,
        bot_id: bench.installed.botId,
        root_view_id: expect.any(String),
        previous_view_id: null,
        hash: expect.stringMatching(/^\d+\.\w+$/),
        state: {
          values: {
            // What is typed into a form comes as it was typed: nothing is escaped.
            name: { text: { type: 'plain_text_input', value: '<!channel> "é" 😀' } },
            several: { menus: { selected_options: [] } },
            buttons: {
              radio: { selected_option: { value: 'yes' } },
              date: { selected_date: null },
            },
          },
        },
      },
    });
    await bench.sandbox.act({ user: 'Ana', do: 'command', command: '/probe modal' });
    await bench.sandbox.until(() => person('Ana').modals[0]);
    await bench.sandbox.act({ user: 'Ana', do: 'close' });
    expect(last('closed')).toMatchObject({
      type: 'view_closed',
      is_cleared: false,
      view: { private_metadata: 'kept' },
    });
  });

  test('shortcuts, global and on a message', async () => {
    await bench.sandbox.act({ user: 'Dana', do: 'shortcut', shortcut: 'Look around' });
    expect(last('shortcut')).toMatchObject({
      type: 'shortcut',
      callback_id: 'look',
      trigger_id: expect.any(String),
    });
    const said = await bench.sandbox.act({
      user: 'Ana',
      do: 'message',
      in: '#pair',
      text: 'Book the flight',
    });
    await bench.sandbox.act({
      user: 'Dana',
      do: 'shortcut',
      shortcut: 'Keep this',
      on: { text: 'flight' },
    });
    expect(last('shortcut')).toMatchObject({
      type: 'message_action',
      callback_id: 'keep',
      message_ts: said.messages[0]?.ts,
      message: { text: 'Book the flight', user: bench.user('Ana') },
      channel: { id: bench.channel('pair') },
      response_url: expect.any(String),
    });
  });

  test('Home being opened, with the view once there is one', async () => {
    await bench.sandbox.act({ user: 'Ana', do: 'open_home' });
    expect(last('event app_home_opened')).toMatchObject({
      type: 'event_callback',
      event_id: expect.stringMatching(/^Ev/),
      team_id: bench.workspace.id,
      authorizations: [
        { team_id: bench.workspace.id, is_bot: true, user_id: bench.installed.botUserId },
      ],
      event: { user: bench.user('Ana'), tab: 'home', channel: expect.stringMatching(/^D/) },
    });
    expect(last('event app_home_opened')?.event).not.toHaveProperty('view');
    await bench.app.client.views.publish({
      user_id: bench.user('Ana'),
      view: { type: 'home', callback_id: 'h', blocks: [{ type: 'divider' }] },
    });
    await bench.sandbox.act({ user: 'Ana', do: 'open_home' });
    expect(last('event app_home_opened')).toMatchObject({
      event: { view: { callback_id: 'h', hash: expect.any(String) } },
    });
    await bench.sandbox.act({ user: 'Ana', do: 'open', channel: '@Probe' });
    expect(last('event app_home_opened')).toMatchObject({ event: { tab: 'messages' } });
  });
});

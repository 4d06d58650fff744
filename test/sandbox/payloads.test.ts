import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { App, types } from '@slack/bolt';
import { type Bench, type Mode, startBench } from './bench.ts';

let bench: Bench;
const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
const choice = (text: string) => ({ text: plain(text), value: text.toLowerCase() });

/** One control of every kind that acts at once. */
const CONTROLS: types.KnownBlock[] = [
  {
    type: 'section',
    block_id: 'several',
    text: { type: 'mrkdwn', text: 'Some of these' },
    accessory: {
      type: 'multi_static_select',
      action_id: 'menus',
      placeholder: plain('Pick some'),
      options: [choice('Red'), choice('Blue')],
    },
  },
  { type: 'section', block_id: 'words', text: { type: 'mrkdwn', text: 'Use *these*' } },
  {
    type: 'actions',
    block_id: 'buttons',
    elements: [
      { type: 'button', action_id: 'press', text: plain('Press me'), value: 'pressed' },
      { type: 'overflow', action_id: 'more', options: [choice('Archive'), choice('Move')] },
      {
        type: 'static_select',
        action_id: 'menu',
        placeholder: plain('Pick one'),
        options: [choice('Red'), choice('Blue')],
      },
      { type: 'users_select', action_id: 'user', placeholder: plain('Who') },
      { type: 'conversations_select', action_id: 'conversation', placeholder: plain('Where') },
      { type: 'channels_select', action_id: 'channel', placeholder: plain('Which channel') },
      {
        type: 'external_select',
        action_id: 'search',
        placeholder: plain('Search'),
        min_query_length: 1,
      },
      { type: 'datepicker', action_id: 'date', placeholder: plain('Day') },
      { type: 'timepicker', action_id: 'time', placeholder: plain('Time') },
      { type: 'datetimepicker', action_id: 'at' },
      { type: 'radio_buttons', action_id: 'radio', options: [choice('Yes'), choice('No')] },
      { type: 'checkboxes', action_id: 'checks', options: [choice('Milk'), choice('Bread')] },
    ],
  },
];

/** The same without the one control that Home does not take. */
const HOME = CONTROLS.map(
  (block): types.KnownBlock =>
    block.type === 'actions'
      ? { ...block, elements: block.elements.filter((one) => one.type !== 'datetimepicker') }
      : block,
);

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

const ACTIONS: [
  control: string,
  o: {
    select?: string;
    option?: string | string[];
    click?: string;
    action: Record<string, unknown>;
  },
][] = [
  [
    'a button',
    {
      click: 'Press me',
      action: {
        type: 'button',
        action_id: 'press',
        block_id: 'buttons',
        value: 'pressed',
        text: { text: 'Press me' },
      },
    },
  ],
  [
    'an overflow menu',
    { click: 'Move', action: { type: 'overflow', selected_option: { value: 'move' } } },
  ],
  [
    'a menu',
    {
      select: 'Pick one',
      option: 'Blue',
      action: { type: 'static_select', selected_option: { value: 'blue', text: { text: 'Blue' } } },
    },
  ],
  [
    'a menu of several',
    {
      select: 'Pick some',
      option: ['Red', 'Blue'],
      action: {
        type: 'multi_static_select',
        selected_options: [{ value: 'red' }, { value: 'blue' }],
      },
    },
  ],
  [
    'a person',
    {
      select: 'Who',
      option: 'Dana',
      action: { type: 'users_select', selected_user: expect.stringMatching(/^U/) },
    },
  ],
  [
    'a conversation',
    {
      select: 'Where',
      option: '#pair',
      action: { type: 'conversations_select', selected_conversation: expect.stringMatching(/^C/) },
    },
  ],
  [
    'a channel',
    {
      select: 'Which channel',
      option: '#open',
      action: { type: 'channels_select', selected_channel: expect.stringMatching(/^C/) },
    },
  ],
  [
    'a search',
    {
      select: 'Search',
      option: 'Tasks',
      action: { type: 'external_select', selected_option: { text: { text: 'Tasks' } } },
    },
  ],
  [
    'a date',
    {
      select: 'Day',
      option: '2026-03-10',
      action: { type: 'datepicker', selected_date: '2026-03-10' },
    },
  ],
  [
    'a time',
    { select: 'Time', option: '09:30', action: { type: 'timepicker', selected_time: '09:30' } },
  ],
  [
    'a date and time',
    {
      select: 'at',
      option: '2026-03-10T09:30:00Z',
      action: { type: 'datetimepicker', selected_date_time: 1773135000 },
    },
  ],
  [
    'one of few',
    {
      select: 'radio',
      option: 'No',
      action: { type: 'radio_buttons', selected_option: { value: 'no' } },
    },
  ],
  [
    'some of few',
    {
      select: 'checks',
      option: ['Milk'],
      action: { type: 'checkboxes', selected_options: [{ value: 'milk' }] },
    },
  ],
];

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

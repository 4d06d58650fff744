import type { App } from '@slack/bolt';
import type {
  AnyBlock,
  InputBlock,
  KnownBlock,
  PlainTextElement,
  PlainTextOption,
} from '@slack/types';

export const plain = (text: string): PlainTextElement => ({ type: 'plain_text', text });
const options = (...texts: string[]): PlainTextOption[] =>
  texts.map((text) => ({ text: plain(text), value: text.toLowerCase() }));
/** A picture of one pixel. */
const DOT =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const CITIES = ['Manila', 'Manchester', 'Madrid', 'Oslo'];

/** Charts are on the platform but not in the published types. */
const CHART = {
  type: 'data_visualization',
  title: 'Mood of the week',
  chart: {
    type: 'line',
    series: [
      {
        name: 'Ana',
        data: [
          { label: 'Mon', value: 3 },
          { label: 'Tue', value: 5 },
        ],
      },
    ],
    axis_config: { categories: ['Mon', 'Tue'] },
  },
};

export const SHOWN: AnyBlock[] = [
  { type: 'header', text: plain('The week') },
  {
    type: 'section',
    text: { type: 'mrkdwn', text: '*Two* things for `you`, <!date^1773063000^{time}|then>' },
    accessory: {
      type: 'overflow',
      action_id: 'overflow',
      options: options('Archive it', 'Pin it'),
    },
  },
  { type: 'divider' },
  {
    type: 'table',
    rows: [
      [
        { type: 'raw_text', text: 'Day' },
        { type: 'raw_text', text: 'Hours' },
      ],
      [
        { type: 'raw_text', text: 'Monday' },
        { type: 'raw_text', text: '8.5' },
      ],
    ],
  },
  {
    type: 'data_table',
    caption: 'Hours by person',
    rows: [
      [
        { type: 'raw_text', text: 'Who' },
        { type: 'raw_text', text: 'Sum' },
      ],
      [
        { type: 'raw_text', text: 'Ana' },
        { type: 'raw_number', value: 40, text: '40' },
      ],
    ],
  },
  CHART,
  {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: 'wipe',
        style: 'danger',
        text: plain('Wipe'),
        confirm: {
          title: plain('Wipe all of it?'),
          text: plain('It cannot be brought back.'),
          confirm: plain('Yes, wipe'),
          deny: plain('Keep it'),
        },
      },
      {
        type: 'static_select',
        action_id: 'load',
        placeholder: plain('Workload'),
        options: options('Light', 'Heavy'),
      },
      { type: 'datepicker', action_id: 'day', placeholder: plain('Which day') },
    ],
  },
  {
    type: 'context',
    elements: [{ type: 'mrkdwn', text: 'Asked by <#C0> _nobody_, &lt;!here&gt;' }],
  },
];

const input = (block_id: string, label: string, element: InputBlock['element']): InputBlock => ({
  type: 'input',
  block_id,
  optional: true,
  label: plain(label),
  element: { ...element, action_id: 'value' },
});

export const FORM: KnownBlock[] = [
  { ...input('name', 'Name', { type: 'plain_text_input', max_length: 20 }), optional: false },
  input('notes', 'Notes', { type: 'plain_text_input', multiline: true }),
  input('city', 'City', {
    type: 'external_select',
    placeholder: plain('Type a city'),
    min_query_length: 2,
  }),
  input('drinks', 'Drinks', { type: 'multi_static_select', options: options('Tea', 'Coffee') }),
  input('who', 'Who comes', { type: 'multi_users_select' }),
  input('where', 'Where', { type: 'conversations_select' }),
  input('open', 'Open channel', { type: 'channels_select' }),
  input('days', 'Days', { type: 'checkboxes', options: options('Monday', 'Friday') }),
  input('size', 'Size', { type: 'radio_buttons', options: options('Small', 'Big') }),
  input('on', 'On', { type: 'datepicker' }),
  input('at', 'At', { type: 'timepicker' }),
  input('moment', 'Moment', { type: 'datetimepicker' }),
  input('count', 'Count', { type: 'number_input', is_decimal_allowed: false }),
];

const view = (title: string, blocks: KnownBlock[]) => ({
  type: 'modal' as const,
  callback_id: 'form',
  title: plain(title),
  submit: plain('Save'),
  blocks,
});

/** An app with something of everything; what it is told ends up in `heard`. */
export function everyControl(app: App, heard: unknown[]): void {
  app.command('/probe', async ({ ack, command, client }) => {
    await ack();
    if (command.text === 'form') {
      await client.views.open({ trigger_id: command.trigger_id, view: view('Everything', FORM) });
      return;
    }
    if (command.text === 'picture') {
      await client.filesUploadV2({
        channel_id: command.channel_id,
        filename: 'dot.png',
        file: Buffer.from(DOT, 'base64'),
      });
      return;
    }
    if (command.text === 'quiet') {
      const { channel_id: channel, user_id: user } = command;
      await client.chat.postEphemeral({ channel, user, text: 'Between us' });
      return;
    }
    await client.chat.postMessage({
      channel: command.channel_id,
      text: 'The week',
      blocks: SHOWN,
    });
  });
  app.action(/^(overflow|wipe|load|day|home)$/, async ({ ack, action }) => {
    await ack();
    heard.push(action);
  });
  app.options('value', async ({ ack, payload }) => {
    const wanted = payload.value.toLowerCase();
    const found = CITIES.filter((city) => city.toLowerCase().startsWith(wanted));
    await ack({
      options: found.map((text) => ({ text: plain(text), value: text.toLowerCase() })),
    });
  });
  app.view('form', async ({ ack, view: sent }) => {
    const { values } = sent.state;
    if (values.name?.value?.value === 'nobody') {
      await ack({ response_action: 'errors', errors: { name: 'Somebody must come.' } });
      return;
    }
    heard.push(values);
    await ack({
      response_action: 'push',
      view: { type: 'modal', title: plain('Thanks'), blocks: [{ type: 'divider' }] },
    });
  });
  app.shortcut('keep', async ({ ack, shortcut }) => {
    await ack();
    heard.push(shortcut);
  });
  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab !== 'home') return;
    const button = { type: 'button' as const, action_id: 'home', text: plain('Refresh') };
    await client.views.publish({
      user_id: event.user,
      view: {
        type: 'home',
        blocks: [
          { type: 'header', text: plain('Your pairs') },
          { type: 'actions', elements: [button] },
        ],
      },
    });
  });
}

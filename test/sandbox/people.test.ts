import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { types } from '@slack/bolt';
import { type Bench, startBench } from './bench.ts';

let bench: Bench;
const pressed: string[] = [];
const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
const button = (text: string, more: Partial<types.Button> = {}): types.Button => ({
  type: 'button',
  text: plain(text),
  action_id: `press_${text.toLowerCase().replaceAll(/\W+/g, '_')}_${more.value ?? ''}`,
  ...more,
});

beforeEach(async () => {
  pressed.length = 0;
  bench = await startBench({
    options: { rateLimits: 'off' },
    register: (app) => {
      app.action(/.*/, async ({ ack, action }) => {
        pressed.push('action_id' in action ? action.action_id : '');
        await ack();
      });
    },
  });
});
afterEach(async () => bench.stop());

const post = (channel: string, elements: types.Button[], text = 'Card') =>
  bench.app.client.chat.postMessage({
    channel: bench.channel(channel) || bench.user(channel),
    text,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text } },
      { type: 'actions', elements },
    ],
  });
const click = (label: string, more: Record<string, unknown> = {}) =>
  bench.sandbox.act({ user: 'Dana', do: 'click', click: label, ...more });
const person = (name: string) => {
  const found = bench.sandbox.state({ user: name }).teams[0]?.people[0];
  if (!found) throw new Error(`no ${name}`);
  return found;
};

describe('clicking by label', () => {
  test('presses the button of the newest message that has it', async () => {
    await post('pair', [button('Start', { value: 'old' })]);
    await post('open', [button('Start', { value: 'new' })]);
    await post('pair', [button('Other')]);
    await click('Start');
    expect(pressed).toEqual(['press_start_new']);
  });

  test('looks where it is told to: a channel, a message by its words or its time', async () => {
    await post('pair', [button('Start', { value: 'pair' })], 'Monday');
    const tuesday = await post('open', [button('Start', { value: 'open' })], 'Tuesday');
    await click('Start', { in: '#pair' });
    await click('Start', { in: { text: 'Monday' } });
    await click('Start', { in: { ts: tuesday.ts } });
    expect(pressed).toEqual(['press_start_pair', 'press_start_pair', 'press_start_open']);
  });

  test('does not care about emoji, spaces and case when nothing matches exactly', async () => {
    await post('pair', [button(':white_check_mark:  Start Check-in')]);
    await click('start check-in');
    await click('✅ Start Check-in');
    expect(pressed).toHaveLength(2);
  });

  test('takes an exact label before one that is only alike', async () => {
    await post('pair', [button('start', { value: 'small' }), button('Start', { value: 'big' })]);
    await click('Start');
    expect(pressed).toEqual(['press_start_big']);
  });

  test('finds a button by what screen readers read out', async () => {
    await post('pair', [button('View', { accessibility_label: 'View the task of Monday' })]);
    await click('View the task of Monday');
    expect(pressed).toHaveLength(1);
  });

  test('refuses two of the same in one message until it is told which', async () => {
    await post('pair', [button('Done', { value: '1' }), button('Done', { value: '2' })]);
    await expect(click('Done')).rejects.toThrow(
      '2 things are labelled "Done" in a message in #pair',
    );
    await click('Done', { in: { action: 'press_done_2' } });
    expect(pressed).toEqual(['press_done_2']);
  });

  test('lists what is there when nothing matches', async () => {
    await post('pair', [button('Start'), button('Skip today')]);
    await expect(click('Snooze')).rejects.toThrow(
      'There is: a message in #pair: "Start", "Skip today".',
    );
  });

  test('cannot press what the person does not see', async () => {
    await post('Ana', [button('Private')]);
    await expect(click('Private')).rejects.toThrow('sees no button "Private"');
    await bench.app.client.chat.postEphemeral({
      channel: bench.channel('pair'),
      user: bench.user('Ana'),
      text: 'Only Ana',
      blocks: [{ type: 'actions', elements: [button('Only Ana')] }],
    });
    await expect(click('Only Ana')).rejects.toThrow('sees no button');
    await bench.sandbox.act({ user: 'Ana', do: 'click', click: 'Only Ana' });
    expect(pressed).toHaveLength(1);
  });

  test('asks before it acts where the app wants that', async () => {
    const confirm = {
      title: plain('Sure?'),
      text: plain('This cannot be undone.'),
      confirm: plain('Yes'),
      deny: plain('No'),
    };
    await post('pair', [button('Delete', { confirm })]);
    const card = bench.sandbox.state({ user: 'Dana' }).teams[0]?.people[0];
    const shown = card?.channels.find((channel) => channel.name === '#pair')?.messages.at(-1);
    expect(shown?.controls).toMatchObject([{ confirm: 'This cannot be undone.' }]);
    const declined = await click('Delete', { confirm: false });
    expect(declined).toMatchObject({
      acknowledged: null,
      note: 'declined: "This cannot be undone."',
    });
    expect(pressed).toEqual([]);
    await click('Delete');
    expect(pressed).toHaveLength(1);
  });

  test('a modal in front hides the buttons behind it', async () => {
    await post('pair', [button('Behind')]);
    bench.app.shortcut('look', async ({ ack, client, body }) => {
      await ack();
      await client.views.open({
        trigger_id: body.trigger_id,
        view: {
          type: 'modal',
          title: plain('Front'),
          blocks: [{ type: 'actions', elements: [button('In front')] }],
        },
      });
    });
    await bench.sandbox.act({ user: 'Dana', do: 'shortcut', shortcut: 'Look around' });
    await bench.sandbox.until(() => person('Dana').modals[0]);
    await expect(click('Behind')).rejects.toThrow('There is: the modal "Front": "In front"');
    await click('In front');
    await click('Behind', { in: '#pair' });
    expect(pressed).toHaveLength(2);
  });

  test('an app that was removed cannot be clicked any more', async () => {
    await post('pair', [button('Start')]);
    await bench.sandbox.act({ user: 'Dana', do: 'uninstall' });
    await expect(click('Start')).rejects.toThrow('no longer installed');
  });
});

describe('what a person sees', () => {
  test('names instead of ids, dates in their own zone, and no marks', async () => {
    const at = Math.floor(Date.parse('2026-03-10T01:30:00Z') / 1000);
    await bench.app.client.chat.postMessage({
      channel: bench.channel('pair'),
      text: 'x',
      blocks: [
        {
          type: 'section',
          text: {
            type: 'mrkdwn',
            text: `*Hello* <@${bench.user('Ana')}> in <#${bench.channel('open')}>: due <!date^${at}^{date_short_pretty} at {time}|later>, see <https://x.example|the list> &lt;!channel&gt; _soon_ \`a*b*c\``,
          },
        },
      ],
    });
    const shown = (name: string) =>
      person(name)
        .channels.find((channel) => channel.name === '#pair')
        ?.messages.findLast((message) => message.byBot)?.text;
    expect(shown('Dana')).toBe(
      'Hello @Ana in #open: due today at 9:30 PM, see the list <!channel> soon `a*b*c`',
    );
    expect(shown('Ana')).toBe(
      'Hello @Ana in #open: due tomorrow at 9:30 AM, see the list <!channel> soon `a*b*c`',
    );
  });

  test('what is new to them, until they look', async () => {
    await bench.sandbox.act({ user: 'Ana', do: 'open', channel: '#pair' });
    await bench.sandbox.act({ user: 'Dana', do: 'message', in: '#pair', text: 'one' });
    await bench.sandbox.act({ user: 'Dana', do: 'message', in: '#pair', text: 'two' });
    const unread = () => person('Ana').channels.find((channel) => channel.name === '#pair')?.unread;
    expect(unread()).toBe(2);
    await bench.sandbox.act({ user: 'Ana', do: 'open', channel: '#pair' });
    expect(unread()).toBe(0);
  });

  test('threads below their first message, and nothing of other channels', async () => {
    await bench.sandbox.act({ user: 'Dana', do: 'message', in: '#secret', text: 'root' });
    await bench.sandbox.act({
      user: 'Dana',
      do: 'message',
      in: '#secret',
      text: 'reply',
      thread: 'root',
    });
    const secret = person('Dana').channels.find((channel) => channel.name === '#secret');
    expect(secret?.messages).toMatchObject([{ text: 'root', replies: [{ text: 'reply' }] }]);
    expect(person('Ana').channels.map((channel) => channel.name)).not.toContain('#secret');
  });

  test('files that the app uploaded', async () => {
    await bench.app.client.filesUploadV2({
      channel_id: bench.channel('pair'),
      filename: 'report.csv',
      title: 'Report',
      file: Buffer.from('a,b\n1,2\n'),
      initial_comment: 'Here it is',
    });
    const message = person('Ana')
      .channels.find((channel) => channel.name === '#pair')
      ?.messages.at(-1);
    expect(message).toMatchObject({
      text: 'Here it is',
      files: [{ name: 'report.csv', mimetype: 'text/csv' }],
    });
    const file = await fetch(message?.files[0]?.url ?? '');
    expect(await file.text()).toBe('a,b\n1,2\n');
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
  });
});

describe('what people cannot do', () => {
  test('change what somebody else wrote', async () => {
    await bench.sandbox.act({ user: 'Dana', do: 'message', in: '#pair', text: 'mine' });
    const message = { text: 'mine' };
    await expect(
      bench.sandbox.act({ user: 'Ana', do: 'edit', message, text: 'theirs' }),
    ).rejects.toThrow('their own');
    await expect(bench.sandbox.act({ user: 'Ana', do: 'delete', message })).rejects.toThrow(
      'their own',
    );
  });

  test('answer with what is not on offer, and they hear what is', async () => {
    const options = ['Light', 'Heavy'].map((text) => ({ text: plain(text), value: text }));
    await bench.app.client.chat.postMessage({
      channel: bench.channel('pair'),
      text: 'x',
      blocks: [
        {
          type: 'actions',
          elements: [
            { type: 'static_select', action_id: 'load', placeholder: plain('Load'), options },
            { type: 'datepicker', action_id: 'day', placeholder: plain('Day') },
            { type: 'timepicker', action_id: 'time', placeholder: plain('Time') },
            { type: 'users_select', action_id: 'who', placeholder: plain('Who') },
            { type: 'channels_select', action_id: 'where', placeholder: plain('Where') },
          ],
        },
      ],
    });
    const select = (label: string, option: string) =>
      bench.sandbox.act({ user: 'Ana', do: 'select', select: label, option });
    await expect(select('Load', 'Medium')).rejects.toThrow('It offers: "Light", "Heavy".');
    await expect(select('Day', 'tomorrow')).rejects.toThrow('a date like 2026-03-09');
    await expect(select('Time', '25:00')).rejects.toThrow('a time like 09:00');
    await expect(select('Who', 'Nobody')).rejects.toThrow('There are: Dana');
    await expect(select('Where', '#pair')).rejects.toThrow('a public channel');
    expect(pressed).toEqual([]);
  });
});

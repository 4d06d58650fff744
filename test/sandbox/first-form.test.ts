import { afterEach, describe, expect, test } from '@jest/globals';
import type { App } from '@slack/bolt';
import { type Bench, type Mode, startBench } from './bench.ts';

let bench: Bench;
afterEach(async () => bench.stop());

function checkinApp(app: App): void {
  app.command('/probe', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({
      trigger_id: body.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'checkin',
        private_metadata: body.channel_id,
        title: { type: 'plain_text', text: 'Check-in' },
        submit: { type: 'plain_text', text: 'Save' },
        blocks: [
          {
            type: 'input',
            block_id: 'done',
            label: { type: 'plain_text', text: 'What got done?' },
            element: { type: 'plain_text_input', action_id: 'text', multiline: true },
          },
          {
            type: 'input',
            block_id: 'load',
            optional: true,
            label: { type: 'plain_text', text: 'Workload' },
            element: {
              type: 'static_select',
              action_id: 'pick',
              options: ['Light', 'Heavy'].map((text) => ({
                text: { type: 'plain_text' as const, text },
                value: text.toLowerCase(),
              })),
            },
          },
        ],
      },
    });
  });
  app.view('checkin', async ({ ack, view, client, body }) => {
    const done = view.state.values.done?.text?.value ?? '';
    if (done.includes('nothing')) {
      await ack({ response_action: 'errors', errors: { done: 'Something surely.' } });
      return;
    }
    await ack();
    await client.chat.postMessage({
      channel: view.private_metadata,
      text: `${body.user.id} did ${done}`,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: `<@${body.user.id}> did *${done}*` } },
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'read',
              text: { type: 'plain_text', text: 'Mark read' },
              value: 'v1',
            },
          ],
        },
      ],
    });
  });
  app.action('read', async ({ ack, body, client, respond }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.channel || !body.message) return;
    await client.chat.update({
      channel: body.channel.id,
      ts: body.message.ts,
      text: 'Read',
      blocks: [],
    });
    await respond({ text: 'Thanks', response_type: 'ephemeral' });
  });
}

describe.each<Mode>(['socket', 'http'])('over %s', (mode) => {
  test('a person runs a command, fills the modal, and sees the card and its button work', async () => {
    bench = await startBench({ mode, register: checkinApp });
    const { sandbox } = bench;
    const command = await sandbox.act({
      user: 'Ana',
      do: 'command',
      command: '/probe now',
      in: '#pair',
    });
    expect(command.acknowledged).toBe(true);
    const modal = await sandbox.until(() => ana().modals[0]);
    expect(modal).toMatchObject({ title: 'Check-in', submit: 'Save' });
    expect(modal.inputs.map((input) => input.label)).toEqual(['What got done?', 'Workload']);

    const empty = await sandbox.act({ user: 'Ana', do: 'submit' });
    expect(empty).toMatchObject({ outcome: 'errors', acknowledged: null });
    expect(empty.modal?.errors).toEqual({
      'What got done?': 'Please complete this required field.',
    });

    const refused = await sandbox.act({
      user: 'Ana',
      do: 'submit',
      fill: { 'What got done?': 'nothing', Workload: 'Heavy' },
    });
    expect(refused).toMatchObject({ outcome: 'errors', acknowledged: true });
    expect(refused.modal?.errors).toEqual({ 'What got done?': 'Something surely.' });

    const saved = await sandbox.act({
      user: 'Ana',
      do: 'submit',
      fill: { 'What got done?': 'the <b>books</b>' },
    });
    expect(saved).toMatchObject({ outcome: 'closed', modal: null });

    const card = await sandbox.until(() =>
      dana()
        .channels.find((channel) => channel.name === '#pair')
        ?.messages.find((message) => message.byBot),
    );
    expect(card.controls).toMatchObject([{ label: 'Mark read', kind: 'button' }]);

    const click = await sandbox.act({ user: 'Dana', do: 'click', click: 'Mark read' });
    expect(click.acknowledged).toBe(true);
    const thanks = await sandbox.until(() =>
      dana()
        .channels.flatMap((channel) => channel.messages)
        .find((message) => message.ephemeral),
    );
    expect(thanks.text).toBe('Thanks');
    expect(sandbox.problems()).toEqual([]);
    expect(sandbox.record().filter((call) => call.reply?.ok !== true)).toEqual([]);
  });
});

function dana() {
  return person('Dana');
}
function ana() {
  return person('Ana');
}
function person(name: string) {
  const found = bench.sandbox.state({ user: name }).teams[0]?.people[0];
  if (!found) throw new Error(`no ${name}`);
  return found;
}

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openStage, PAIR, type Stage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage.close());

const shown = () => stage.person('Dana').modals.at(-1);
const valueOf = (label: string) =>
  JSON.stringify(shown()?.inputs.find((control) => control.label === label)?.value);

test('going back from the hours keeps what was chosen in both steps', async () => {
  await stage.act('Dana', { do: 'command', command: '/ea-setup', in: PAIR });
  await stage.act('Dana', {
    do: 'submit',
    fill: {
      'I am the': 'Executive',
      'The other person': 'Ana',
      'Your shared channel': PAIR,
      'Hours agreed per month': '80',
    },
  });
  await stage.act('Dana', { do: 'fill', fill: { 'EA: check-in time': '10:30' } });
  await stage.act('Dana', { do: 'click', click: 'Back' });
  expect(shown()?.title).toBe('Set up Tandem');
  expect(valueOf('Hours agreed per month')).toContain('80');
  await stage.act('Dana', { do: 'submit', fill: { 'Hours agreed per month': '90' } });
  expect(shown()?.title).toBe('Working hours');
  expect(valueOf('EA: check-in time')).toContain('10:30');
  expect(valueOf('Reminders before a task is due')).toContain('1 day, 2 h');
  const wrong = await stage.act('Dana', {
    do: 'submit',
    fill: {
      'The EA accepts a task, or asks, within': 'soon',
      'Reminders before a task is due': '2',
    },
  });
  expect(wrong.modal?.errors).toEqual({
    'The EA accepts a task, or asks, within': expect.stringContaining('such as 4 h or 90 min'),
    'Reminders before a task is due': expect.stringContaining('I do not understand “2”.'),
  });
  await stage.act('Dana', {
    do: 'submit',
    fill: {
      'The EA accepts a task, or asks, within': '6 h',
      'Reminders before a task is due': '2 days and 30 min',
    },
  });
  await stage.act('Dana', { do: 'close', all: true });
  const proposal = stage.read('Ana', 'DM').map((one) => one.text);
  expect(proposal).toHaveLength(1);
  expect(proposal[0]).toContain('Check-in Mon to Fri at 10:30');
  expect(proposal[0]).toContain('90 hours a month');
  expect(proposal[0]).toContain('accepted or asked about within 6 h of working time');
  expect(proposal[0]).toContain('reminders 2 days, 30 min before they are due');
  expect(stage.rejected()).toEqual([]);
});

test('a proposal is not accepted when one of the two or the channel is gone meanwhile', async () => {
  const accept = async () => {
    const { messages } = await stage.act('Ana', { do: 'click', click: 'Accept' });
    return messages.map(({ text }) => text).join(' ');
  };
  const [dana, ana] = ['Dana', 'Ana'] as const;
  await stage.act(ana, { do: 'leave', channel: PAIR });
  expect(await accept()).toContain('Not a member of this channel: Ana Reyes');
  await stage.act(dana, { do: 'invite', who: 'Ana', channel: PAIR });
  await stage.act(dana, { do: 'profile', deactivated: true });
  expect(await accept()).toContain('has a deactivated Slack account');
  await stage.act(dana, { do: 'profile', deactivated: false });
  await stage.act(ana, { do: 'invite', who: 'Dana', channel: PAIR });
  await stage.act(dana, { do: 'archive', channel: PAIR });
  expect(await accept()).toContain('This channel is archived. Propose a change');
  await stage.act(dana, { do: 'unarchive', channel: PAIR });
  const state = () => JSON.stringify(stage.read('Ana', 'DM')[0]);
  expect(state()).not.toContain('Accepted by you');

  await accept();
  expect(state()).toContain('Accepted by you');
  expect(stage.read('Dana', PAIR)).toHaveLength(1);
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MANILA, NEW_YORK, openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';

// One story: Dana in New York ends the pair, takes it back, and later Ana's account is deactivated.
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
}, 60_000);
afterAll(() => stage.close());

const texts = (who: string) => stage.read(who, 'DM').map((one) => one.text);
const matching = (who: string, words: string) => texts(who).filter((one) => one.includes(words));
const buttons = (who: string) =>
  stage.read(who, 'DM').flatMap((one) => one.controls.map((control) => control.label));
const prompts = () => matching('Ana', 'Time for your check-in').length;

async function endPair(who: string): Promise<string> {
  await stage.act(who, { do: 'command', command: '/ea-setup', in: PAIR });
  const result = await stage.act(who, { do: 'click', click: 'End this pair', confirm: true });
  await stage.act(who, { do: 'close', all: true });
  return result.modal?.text ?? '';
}

test('ending a pair tells both, asks nothing more and takes the buttons off what was asked', async () => {
  await stage.until('2026-03-03', '09:05', MANILA);
  expect(buttons('Ana')).toContain('Start check-in');
  expect(await endPair('Dana')).toContain('The pair of Dana Whitfield and Ana Reyes has ended.');
  expect(matching('Ana', 'ended the pair of you and')).toHaveLength(1);
  expect(matching('Dana', 'You ended the pair of you and')).toHaveLength(1);
  expect(buttons('Ana')).not.toContain('Start check-in');
  const before = prompts();
  await stage.until('2026-03-04', '08:00', MANILA);
  expect(prompts()).toBe(before);
  expect(matching('Dana', 'Time for your check-in')).toHaveLength(0);
});

test('a form or card from before the end only says that there is nothing any more', async () => {
  await stage.act('Ana', { do: 'command', command: '/ea-checkin', in: PAIR });
  const said = stage.person('Ana');
  const all = [...said.channels.flatMap((one) => one.messages), ...said.modals];
  expect(all.map((one) => one.text).join('\n')).toContain(
    'You are not set up with anyone at the moment.',
  );
});

test('only who ended it can take it back, and then everything goes on', async () => {
  expect(buttons('Ana')).not.toContain('Undo');
  await stage.act('Dana', { do: 'click', click: 'Undo' });
  expect(matching('Ana', 'took back the end of the pair')).toHaveLength(1);
  expect(buttons('Dana')).not.toContain('Undo');
  const before = prompts();
  await stage.until('2026-03-04', '09:05', MANILA);
  expect(prompts()).toBe(before + 1);
});

test('an admin sees who works together and nothing that they wrote', async () => {
  await stage.act('Dana', { do: 'command', command: '/ea-setup', in: PAIR });
  const shown = await stage.act('Dana', { do: 'click', click: 'All pairs of this workspace' });
  expect(shown.modal?.text).toContain('Dana Whitfield (executive) and Ana Reyes (EA)');
  await stage.act('Dana', { do: 'close', all: true });
  await stage.act('Ana', { do: 'command', command: '/ea-setup', in: PAIR });
  expect(JSON.stringify(stage.person('Ana').modals)).not.toContain('All pairs of this workspace');
  await stage.act('Ana', { do: 'close', all: true });
});

test('when an account is deactivated the other one is told once, and what it was asked is excused', async () => {
  await stage.act('Ana', { do: 'profile', deactivated: true });
  await stage.act('Ana', { do: 'profile', statusText: 'gone' });
  expect(matching('Dana', 'is deactivated')).toHaveLength(1);
  const before = prompts();
  await stage.until('2026-03-05', '18:00', NEW_YORK);
  expect(prompts()).toBe(before);
  expect(matching('Dana', 'has not come yet')).toHaveLength(0);
  await stage.act('Ana', { do: 'profile', deactivated: false });
  expect(matching('Dana', 'is active again')).toHaveLength(1);
});

test('when the agreement cannot be sent to one of them, it is answered in the channel, and the other one is told', async () => {
  // Who is deactivated leaves the channels and has to be invited again.
  await stage.act('Dana', { do: 'invite', who: 'Ana', channel: PAIR });
  await stage.act('Ana', { do: 'profile', refusesApps: true });
  await stage.act('Dana', { do: 'command', command: '/ea-setup', in: PAIR });
  await stage.act('Dana', { do: 'submit' });
  await stage.act('Dana', { do: 'submit', fill: { 'EA: check-in time': '11:00' } });
  await stage.act('Dana', { do: 'close', all: true });
  expect(matching('Dana', 'does not let me send direct messages to @Ana')).toHaveLength(1);
  const card = () =>
    stage.read('Ana', PAIR).filter((one) => one.text.includes('proposes a working agreement'));
  expect(card().map((one) => one.text)).toEqual([
    expect.stringMatching(/^For @Ana, whose direct messages I cannot open:\n@Dana proposes/),
  ]);
  const refused = await stage.act('Dana', { do: 'click', click: 'Accept', in: PAIR });
  expect(refused.messages.map((one) => one.text)).toContain(
    'You proposed this, so the other person accepts it.',
  );
  await stage.act('Ana', { do: 'click', click: 'Accept', in: PAIR });
  expect(card()[0]?.text).toContain('Accepted by you');
});

test('who is set up with somebody without direct messages is told so in the form, and admins in their list', async () => {
  await stage.act('Dana', { do: 'command', command: '/ea-setup', in: PAIR });
  const listed = await stage.act('Dana', { do: 'click', click: 'All pairs of this workspace' });
  const sentence = 'does not let me send direct messages to Ana Reyes';
  expect(listed.modal?.text).toContain(sentence);
  await stage.act('Dana', { do: 'close' });
  const hours = await stage.act('Dana', { do: 'submit' });
  expect(hours.modal?.text).toContain(sentence);
  expect(matching('Dana', 'does not let me send direct messages to @Ana')).toHaveLength(1);
});

test('what only one of them may read is not posted there, and whoever asks for it hears that', async () => {
  const inChannel = () => stage.read('Dana', PAIR).length;
  const before = inChannel();
  await stage.act('Ana', { do: 'command', command: '/ea privacy', in: PAIR });
  await stage.act('Ana', { do: 'click', click: 'Get a copy' });
  const asked = await stage.act('Ana', { do: 'submit' });
  expect(asked.modal?.text).toContain('Slack did not let me send you a direct message');
  await stage.act('Dana', { do: 'close', all: true });
  await stage.act('Dana', { do: 'command', command: '/ea privacy', in: PAIR });
  await stage.act('Dana', { do: 'click', click: 'Erase…' });
  const erase = 'Erase the pair with Ana Reyes';
  const told = await stage.act('Dana', { do: 'click', click: erase, confirm: true });
  expect(told.modal?.text).toContain('when they ask for the same');
  expect(inChannel()).toBe(before);
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MANILA, openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const texts = (who: string, place: string) => stage.read(who, place).map((one) => one.text);

async function tryPeople(
  fill: Record<string, string>,
): Promise<Record<string, string> | undefined> {
  await stage.act('Dana', { do: 'command', command: '/ea-setup', in: PAIR });
  const result = await stage.act('Dana', {
    do: 'submit',
    fill: {
      'I am the': 'Executive',
      'The other person': 'Ana',
      'Your shared channel': PAIR,
      ...fill,
    },
  });
  await stage.act('Dana', { do: 'close', all: true });
  return result.modal?.errors;
}

test('somebody in no pair is told how to begin', async () => {
  await stage.act('Marta', { do: 'command', command: '/ea-checkin' });
  const said = stage
    .person('Marta')
    .channels.flatMap((one) => one.messages)
    .at(-1);
  const modal = stage.person('Marta').modals.at(-1);
  expect(`${said?.text ?? ''}${modal?.text ?? ''}`).toContain('Type /ea-setup to begin');
});

test.each(['nonsense', 'HISTORY please', '<!channel>', '`rm`'])(
  '/ea-checkin %s gets the usage',
  async (words) => {
    await stage.act('Dana', { do: 'command', command: `/ea-checkin ${words}`, in: PAIR });
    expect(texts('Dana', PAIR).at(-1)).toContain('/ea-checkin history');
    expect(texts('Dana', PAIR).at(-1)).toContain('I do not know');
  },
);

test('setting up with oneself is refused at the field', async () => {
  expect(await tryPeople({ 'The other person': 'Dana' })).toEqual({
    'The other person': 'Choose the other person: an executive and an EA are two people.',
  });
});

test('a deactivated EA is refused with the reason', async () => {
  await stage.act('Marta', { do: 'profile', deactivated: true });
  expect(await tryPeople({ 'The other person': 'Marta' })).toEqual({
    'The other person': expect.stringContaining('deactivated Slack account'),
  });
  await stage.act('Marta', { do: 'profile', deactivated: false });
});

test('a channel without Tandem is refused, with how to invite it', async () => {
  await stage.act('Dana', { do: 'create_channel', name: 'elsewhere', members: ['Ana'] });
  expect(await tryPeople({ 'Your shared channel': '#elsewhere' })).toEqual({
    'Your shared channel': expect.stringContaining('/invite @Tandem'),
  });
});

test('a channel that one of the two is not in is refused, with their name', async () => {
  expect(await tryPeople({ 'The other person': 'Marta' })).toEqual({
    'Your shared channel': expect.stringContaining('Not a member of this channel: Marta Nowak.'),
  });
});

test('a channel that is shared with another organisation is refused', async () => {
  stage.sandbox.addPerson(stage.demo.workspace.id, { name: 'Olaf', role: 'external' });
  await stage.act('Dana', { do: 'create_channel', name: 'with-agency', members: ['Ana', 'Olaf'] });
  await stage.act('Dana', { do: 'invite', who: 'Tandem', channel: 'with-agency' });
  expect(await tryPeople({ 'Your shared channel': '#with-agency' })).toEqual({
    'Your shared channel': expect.stringContaining('shared with another organisation'),
  });
});

test('hours that never open and a check-in outside of them are refused at their fields', async () => {
  await stage.act('Dana', { do: 'command', command: '/ea-setup', in: PAIR });
  await stage.act('Dana', {
    do: 'submit',
    fill: { 'I am the': 'Executive', 'The other person': 'Ana', 'Your shared channel': PAIR },
  });
  const never = await stage.act('Dana', { do: 'submit', fill: { 'EA: work ends at': '09:00' } });
  expect(Object.keys(never.modal?.errors ?? {})).toEqual(['EA: work ends at']);
  const outside = await stage.act('Dana', {
    do: 'submit',
    fill: { 'EA: work ends at': '17:00', 'EA: check-in time': '18:00' },
  });
  expect(outside.modal?.errors).toEqual({
    'EA: check-in time': 'Choose a time inside the working hours, 09:00 to 17:00.',
  });
  await stage.act('Dana', { do: 'close', all: true });
});

test('answers of 3,000 characters are all kept; the card shortens them and offers to read in full', async () => {
  await setUpPair(stage);
  await stage.until('2026-03-03', '09:00', MANILA);
  const long = (letter: string) => `${letter.repeat(2990)} the end`;
  await stage.act('Ana', { do: 'click', click: 'Start check-in' });
  await stage.act('Ana', {
    do: 'submit',
    fill: {
      'What got done?': long('d'),
      'What is planned today?': long('p'),
      'What is blocked?': long('b'),
      'Decisions needed from the executive': long('q'),
    },
  });
  const opened = await stage.act('Dana', {
    do: 'click',
    click: 'Read in full',
    in: { channel: PAIR },
  });
  expect(opened.modal?.text.match(/the end/g)).toHaveLength(4);
  await stage.act('Dana', { do: 'close', all: true });
});

test('both submitting at the same moment are both kept', async () => {
  await stage.until('2026-03-04', '09:00', MANILA);
  await stage.act('Ana', { do: 'command', command: '/ea-checkin', in: PAIR });
  await stage.act('Dana', { do: 'command', command: '/ea-checkin', in: PAIR });
  await Promise.all([
    stage.act('Ana', {
      do: 'submit',
      fill: { 'What got done?': 'mine', 'What is planned today?': 'x' },
    }),
    stage.act('Dana', { do: 'submit', fill: { 'Top priorities today': 'ours' } }),
  ]);
  await stage.sandbox.settle();
  expect(texts('Ana', PAIR).filter((one) => one.includes('\nmine'))).toHaveLength(1);
  expect(texts('Ana', PAIR).filter((one) => one.includes('\nours'))).toHaveLength(1);
});

test('when Tandem was removed from the channel, both are told once, nothing is lost, and the invitation brings the card', async () => {
  await stage.until('2026-03-05', '09:00', MANILA);
  await stage.act('Dana', { do: 'remove', who: 'Tandem', channel: PAIR });
  await stage.act('Ana', { do: 'click', click: 'Start check-in' });
  await stage.act('Ana', {
    do: 'submit',
    fill: { 'What got done?': 'kept safe', 'What is planned today?': 'x' },
  });
  for (const who of ['Dana', 'Ana']) {
    expect(texts(who, 'DM').filter((one) => one.includes('/invite @Tandem'))).toHaveLength(1);
  }
  expect(texts('Dana', PAIR).filter((one) => one.includes('kept safe'))).toEqual([]);
  await stage.act('Dana', { do: 'invite', who: 'Tandem', channel: PAIR });
  expect(texts('Dana', PAIR).filter((one) => one.includes('kept safe'))).toHaveLength(1);
});

test('accepting twice, and accepting one’s own proposal, change nothing and say so', async () => {
  await stage.act('Ana', { do: 'command', command: '/ea-setup', in: PAIR });
  await stage.act('Ana', { do: 'submit' });
  await stage.act('Ana', { do: 'submit', fill: { 'EA: check-in time': '11:00' } });
  await stage.act('Ana', { do: 'close', all: true });
  const [first, second] = await Promise.allSettled([
    stage.act('Dana', { do: 'click', click: 'Accept' }),
    stage.act('Dana', { do: 'click', click: 'Accept' }),
  ]);
  await stage.sandbox.settle();
  expect([first.status, second.status]).toContain('fulfilled');
  expect(texts('Ana', PAIR).filter((one) => one.includes('Working agreement'))).toHaveLength(1);
  expect(texts('Ana', PAIR).find((one) => one.includes('Working agreement'))).toContain(
    'Version 2.',
  );
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MANILA, openStage, PAIR, proposePair, type Stage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const HOME = { home: true } as const;
const homeOf = (who: string) => stage.person(who).homes[0];
const textOf = (who: string) => homeOf(who)?.text ?? '';
const labelsOf = (who: string) => (homeOf(who)?.buttons ?? []).map((one) => one.label);
const press = (who: string, click: string) => stage.act(who, { do: 'click', click, in: HOME });
const publications = () =>
  stage.sandbox.record().filter(({ method }) => method === 'views.publish').length;

test('who opens Home first reads what Tandem is, and can set it up from there', async () => {
  await stage.act('Dana', { do: 'open_home' });
  expect(textOf('Dana')).toContain('Tandem helps an executive and their remote assistant');
  expect(textOf('Dana')).toContain('Times are in New York time.');
  expect(labelsOf('Dana')).toEqual(expect.arrayContaining(['Set up Tandem', 'Help']));
  expect(labelsOf('Dana')).not.toContain('Check in');
  const pressed = await press('Dana', 'Set up Tandem');
  expect(pressed.modal?.title).toBe('Set up Tandem');
  await stage.act('Dana', { do: 'close', all: true });
});

test('opening it again changes nothing and publishes nothing twice', async () => {
  const before = publications();
  await stage.act('Dana', { do: 'open_home' });
  await stage.act('Dana', { do: 'open_home' });
  // The second visit is no first one any more; nothing else is different.
  expect(publications() - before).toBeLessThanOrEqual(1);
});

test('help opens over Home and leaves it as it is', async () => {
  const before = textOf('Dana');
  const { modal } = await press('Dana', 'Help');
  expect(modal?.text).toContain('/ea-checkin');
  await stage.act('Dana', { do: 'close', all: true });
  expect(textOf('Dana')).toBe(before);
});

test('nobody who has not opened Home is published to', async () => {
  await proposePair(stage);
  expect(homeOf('Ana')).toBeUndefined();
});

test('the proposer sees that it waits for the other one', () => {
  expect(textOf('Dana')).toContain('Agreement version 1 waits for @Ana to accept.');
  expect(textOf('Dana')).toContain('Nothing waits for you.');
  expect(textOf('Dana')).toContain('You work Mon to Fri, 09:00 to 17:00 in New York');
});

test('the other one accepts in Home, and both pages say so', async () => {
  await stage.act('Ana', { do: 'open_home' });
  expect(textOf('Ana')).toContain('Waiting for you (1)');
  expect(textOf('Ana')).toContain('@Dana proposes a working agreement with you (version 1).');
  await press('Ana', 'Accept');
  expect(textOf('Ana')).toContain('Agreement version 1, in force.');
  expect(textOf('Ana')).toContain('Nothing waits for you.');
  expect(textOf('Dana')).toContain('Agreement version 1, in force.');
});

test('each one is offered only what they may do', () => {
  expect(labelsOf('Ana')).toEqual(expect.arrayContaining(['Ask for a decision', 'Hand over work']));
  expect(labelsOf('Dana')).toContain('Hand over work');
  expect(labelsOf('Dana')).not.toContain('Ask for a decision');
});

test('the next check-in is shown in the reader’s own zone', () => {
  expect(textOf('Ana')).toContain('Your next check-in with @Dana: Tue 3 Mar, 09:00 GMT+8 (Manila)');
  expect(textOf('Dana')).toMatch(
    /Your next check-in with @Ana: (Mon 2|Tue 3) Mar, 09:00 EST \(New York\)/,
  );
});

test('a check-in that is due waits in Home, can be written there, and is gone afterwards', async () => {
  await stage.until('2026-03-03', '09:01', MANILA);
  expect(textOf('Ana')).toContain('Waiting for you (1)');
  expect(textOf('Ana')).toContain('Your check-in with @Dana for Tue 3 Mar 2026 is still open.');
  await press('Ana', 'Start check-in');
  await stage.act('Ana', {
    do: 'submit',
    fill: { 'What got done?': 'Visa form.', 'What is planned today?': 'Travel folder.' },
  });
  expect(textOf('Ana')).toContain('Nothing waits for you.');
  expect(textOf('Ana')).toContain('Wed 4 Mar, 09:00 GMT+8 (Manila)');
});

test('a reminder given by the partner is announced, waits, and is done from Home', async () => {
  await stage.act('Dana', {
    do: 'command',
    command: '/ea-remind @Ana to book the car today at 23:00',
    in: PAIR,
  });
  await stage.act('Dana', { do: 'submit' });
  await stage.act('Dana', { do: 'close', all: true });
  expect(textOf('Ana')).toContain('Reminder: book the car');
  await stage.until('2026-03-03', '12:01', MANILA);
  expect(textOf('Ana')).toContain('Reminder from @Dana');
  await press('Ana', 'Done');
  expect(textOf('Ana')).not.toContain('book the car');
});

test('leave is planned from Home and shown to both', async () => {
  await press('Ana', 'Plan leave');
  await stage.act('Ana', {
    do: 'submit',
    fill: { 'First day': '2026-03-06', 'Last day': '2026-03-06' },
  });
  expect(textOf('Ana')).toContain('Fri 6 Mar');
  expect(labelsOf('Ana')).toContain('Cancel leave');
  expect(textOf('Dana')).toContain('Ana Reyes: away Fri 6 Mar');
});

test('a change of zone is asked about in Home too', async () => {
  await stage.act('Ana', { do: 'profile', zone: 'Europe/Lisbon' });
  expect(textOf('Ana')).toContain('Slack says that you are now in Lisbon');
  await press('Ana', 'Keep Manila');
  expect(textOf('Ana')).not.toContain('Slack says');
});

test('both steps of the setup open again from Home, filled in', async () => {
  const people = await press('Dana', 'People and channel');
  expect(
    people.modal?.inputs.find((one) => one.label === 'Your shared channel')?.value,
  ).toBeDefined();
  await stage.act('Dana', { do: 'close', all: true });
  const hours = await press('Dana', 'Hours, check-ins and tasks');
  expect(hours.modal?.title).toBe('Propose a change');
  expect(hours.modal?.text).toContain('Nothing changes until the other person accepts.');
  expect(hours.modal?.text).not.toContain('Step');
  await stage.act('Dana', { do: 'click', click: 'Change people or channel' });
  expect(stage.person('Dana').modals.at(-1)?.text).toContain('Step 1 of 2.');
  await stage.act('Dana', { do: 'close', all: true });
});

test('who is in no pair is offered only what anybody can do, in their own zone', async () => {
  await stage.act('Marta', { do: 'open_home' });
  expect(textOf('Marta')).toContain('Times are in Warsaw time.');
  expect(labelsOf('Marta')).toEqual(expect.arrayContaining(['Set up Tandem', 'Help']));
  expect(labelsOf('Marta')).not.toContain('Check in');
});

test('Slack took everything that Tandem sent', () => {
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
});

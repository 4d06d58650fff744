import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MANILA, openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';
import { tasksOn } from './play.ts';

let stage: Stage;
// Tuesday 07:30 in Manila.
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
});
afterAll(() => stage.close());

const { command, submit, click, onCard, closeAll, card, modal, confirm, answer, told } = tasksOn(
  () => stage,
);

const SAID = 'Please book the flights to Boston\nand tell nobody about the merger';

test('a message becomes a task with a link to it, and with nothing of what else it says', async () => {
  await stage.act('Dana', { do: 'message', in: PAIR, text: SAID });
  const opened = await stage.act('Dana', {
    do: 'shortcut',
    shortcut: 'Delegate this',
    on: { channel: PAIR, text: 'merger' },
  });
  expect(opened.modal?.title).toBe('Hand over work');
  expect(JSON.stringify(opened.modal?.values)).toContain('Please book the flights to Boston');
  expect(JSON.stringify(opened.modal)).not.toContain('merger');
  const saved = await submit('Dana');
  expect(saved.modal?.text).toContain('Task #1 is handed over.');
  await closeAll('Dana');
  expect(card('book the flights')).toContain('Message');
  expect(card('book the flights')).not.toContain('merger');
  const source = stage
    .person('Dana')
    .channels.find((one) => one.name === PAIR)
    ?.messages.find((one) => one.text.includes('merger'));
  expect(source?.replies.map((one) => one.text)).toEqual([
    expect.stringContaining('Handed over as task #1'),
  ]);
});

test('where Tandem is not, the task is saved all the same and says that there is no link', async () => {
  await stage.act('Dana', { do: 'create_channel', name: 'elsewhere' });
  await stage.act('Dana', { do: 'message', in: '#elsewhere', text: 'Order ink' });
  const opened = await stage.act('Dana', {
    do: 'shortcut',
    shortcut: 'Delegate this',
    on: { channel: '#elsewhere', text: 'Order ink' },
  });
  expect(opened.modal?.title).toBe('Hand over work');
  const saved = await submit('Dana', { 'Due on': '2026-03-03', 'Due at': '23:00' });
  expect(saved.modal?.title).toBe('Hand over work');
  const done = await submit('Dana');
  expect(done.modal?.text).toContain('Tandem is not in the channel of that message');
  await closeAll('Dana');
});

test('the check-in of the EA begins with what her tasks say', async () => {
  await stage.until('2026-03-03', '09:00', MANILA);
  await onCard('Ana', 'book the flights', 'Accept');
  await onCard('Ana', 'book the flights', 'Deliver');
  const opened = await command('Ana', '/ea-checkin');
  expect(opened.modal?.text).toContain('Filled in from your tasks.');
  expect(JSON.stringify(opened.modal?.blocks)).toContain(
    '#1 Please book the flights to Boston (delivered)',
  );
  await closeAll('Ana');
});

test('/ea-tasks counts, filters, opens one and goes back', async () => {
  const listed = await command('Dana', '/ea-tasks');
  expect(listed.modal?.buttons.map(({ label }) => label)).toEqual(
    expect.arrayContaining(['With Ana Reyes (1)', 'Waiting for you (1)', 'Overdue (0)']),
  );
  await click('Dana', 'Waiting for you (1)');
  expect(modal('Dana')).toContain('#1 Please book the flights to Boston');
  await click('Dana', 'Open');
  expect(modal('Dana')).toContain('Done when: nothing was written down');
  expect(modal('Dana')).toContain('Ana Reyes delivered it');
  await click('Dana', 'Done');
  expect(modal('Dana')).toContain('Dana Whitfield marked it as done');
  await click('Dana', 'Back to the list');
  expect(modal('Dana')).toContain('Waiting for you: nothing here.');
  await click('Dana', 'Closed (1)');
  expect(modal('Dana')).toContain('#1 Please book');
  await closeAll('Dana');
});

test('a change says what was there before', async () => {
  await command('Dana', '/ea-tasks 2');
  await click('Dana', 'Change');
  await submit('Dana', { Priority: '1 - Urgent', Category: 'Travel', Estimate: '30 min' });
  await closeAll('Dana');
  expect(card('Order ink')).toContain(
    'priority (was Normal), category (was none), estimate (was none)',
  );
});

test('a task that is deleted says so on its card, and comes back from there', async () => {
  await command('Dana', '/ea-tasks 2');
  await confirm('Dana', 'Delete');
  expect(modal('Dana')).toContain('Deleted');
  await closeAll('Dana');
  expect(card('Order ink')).toContain('Deleted');
  await onCard('Ana', 'Order ink', 'Restore');
  expect(card('Order ink')).toContain('New, waits for Ana Reyes to accept');
  expect(answer(await command('Dana', '/ea-tasks 99'))).toContain('There is no task #99.');
});

test('help says how, and somebody outside of the pair reads why not', async () => {
  expect(answer(await command('Dana', '/ea-delegate help'))).toContain('inbox_tray');
  const refused = await stage.act('Marta', { do: 'command', command: '/ea-tasks' });
  expect(answer(refused)).toContain('You are not set up with anyone at the moment.');
});

test('a message that is gone leaves the task without a link', async () => {
  await stage.act('Dana', { do: 'message', in: PAIR, text: 'Call the plumber' });
  const [sent] = (
    stage.person('Dana').channels.find((one) => one.name === PAIR)?.messages ?? []
  ).filter((one) => one.text === 'Call the plumber');
  expect(sent).toBeDefined();
  await stage.act('Dana', {
    do: 'shortcut',
    shortcut: 'Delegate this',
    on: { channel: PAIR, text: 'Call the plumber' },
  });
  await stage.act('Dana', { do: 'delete', message: { channel: PAIR, text: 'Call the plumber' } });
  expect((await submit('Dana')).modal?.text).toContain('Task #3 is handed over.');
  await closeAll('Dana');
  expect(card('Call the plumber')).toContain('New, waits for Ana Reyes to accept');
});

/** Where Ana's message about the passport stands. */
const passport = () => ({
  channel: PAIR,
  ts:
    stage
      .person('Ana')
      .channels.find((one) => one.name === PAIR)
      ?.messages.find((one) => !one.byBot && one.text.includes('Renew the passport'))?.ts ?? '',
});

test('a reaction offers to hand the message over, once, and goes with it until that is done', async () => {
  const text = 'Renew the passport\nbefore anybody hears of the move';
  const react = (who: string, remove = false) =>
    stage.act(who, { do: 'react', emoji: 'inbox_tray', to: passport(), remove });
  const offers = (who: string) => stage.read(who, 'DM').filter((one) => /reacted/.test(one.text));
  await stage.act('Ana', { do: 'message', in: PAIR, text });
  await react('Dana');
  expect(offers('Dana')).toEqual([
    expect.objectContaining({
      text: expect.stringMatching(/^Hand over this message in #dana-ana/),
    }),
  ]);
  await react('Dana', true);
  expect(offers('Dana')).toEqual([]);
  expect(told('Dana', 'You took your reaction off a message')).toHaveLength(1);
  await react('Dana');
  await react('Ana');
  const opened = await click('Dana', 'Hand over');
  expect(JSON.stringify(opened.modal?.values)).toContain('Renew the passport');
  expect(JSON.stringify(opened.modal)).not.toContain('the move');
  expect((await submit('Dana')).modal?.text).toContain('is handed over.');
  await closeAll('Dana');
  await react('Ana', true);
  await react('Ana');
  for (const who of ['Dana', 'Ana']) {
    expect(offers(who).map((one) => one.text)).toEqual([
      'You reacted to a message in #dana-ana. It is handed over as task #4.',
    ]);
  }
  expect(JSON.stringify(stage.read('Dana', 'DM'))).not.toContain('Renew the passport');
});

test('reactions with another emoji, of others and to what Tandem wrote offer nothing', async () => {
  const on = passport();
  await stage.act('Dana', { do: 'invite', who: 'Marta', channel: PAIR });
  await stage.act('Marta', { do: 'react', emoji: 'inbox_tray', to: on });
  await stage.act('Dana', { do: 'react', emoji: 'eyes', to: on });
  const tandems = { channel: PAIR, text: 'Working agreement' };
  await stage.act('Dana', { do: 'react', emoji: 'inbox_tray', to: tandems });
  for (const who of ['Marta', 'Dana']) expect(told(who, 'Hand over this')).toEqual([]);
  // The message that was gone is tried once.
  expect(stage.rejected()).toEqual(['chat.postMessage {"ok":false,"error":"thread_not_found"}']);
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MANILA, NEW_YORK, openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ startAt: '2026-04-01T10:30' });
  await setUpPair(stage);
});
afterAll(async () => {
  await stage.close();
});

const texts = (who: string) => stage.read(who, 'DM').map((one) => one.text);
const prompts = (who: string) =>
  texts(who)
    .filter((one) => /check-in/i.test(one))
    .join();
const command = (who: string, words: string) =>
  stage.act(who, { do: 'command', command: `/ea-away ${words}`, in: PAIR });

test('public holidays are not asked for, and a holiday that is worked is', async () => {
  await command('Ana', 'holidays');
  const saved = await stage.act('Ana', { do: 'submit', fill: { Country: 'Philippines' } });
  expect(saved.modal?.text).toContain('Thu 2 Apr 2026 Maundy Thursday');
  await stage.act('Ana', {
    do: 'submit',
    fill: { 'Days of these on which you work': ['Thu 2 Apr 2026 Maundy Thursday'] },
  });
  await stage.act('Ana', { do: 'close', all: true });
  await stage.until('2026-04-04', '00:00', MANILA);
  const days = prompts('Ana');
  expect(days).toContain('Thu 2 Apr 2026');
  expect(days).not.toContain('Fri 3 Apr 2026');
});

test('a company day is offered to the partner, who can take it over', async () => {
  await command('Dana', 'holidays');
  await stage.act('Dana', {
    do: 'submit',
    fill: {
      'Add a day off': '2026-04-07',
      'Its name': 'Founders’ day',
      'Company day': ['Offer this day to my partner too: our company is closed'],
    },
  });
  await stage.act('Dana', { do: 'close', all: true });
  expect(texts('Ana').at(-1)).toContain(
    '@Dana has a company day on Tue 7 Apr 2026: Founders’ day.',
  );
  await stage.act('Ana', { do: 'click', click: 'Also my day off' });
  expect(texts('Ana').at(-1)).toContain('It is also your day off.');
  await stage.until('2026-04-08', '09:00', NEW_YORK);
  for (const who of ['Ana', 'Dana']) expect(prompts(who)).not.toContain('Tue 7 Apr 2026');
  expect(prompts('Dana')).toContain('Wed 8 Apr 2026');
});

test('both see each other’s next holidays', async () => {
  const opened = await command('Dana', 'list');
  expect(opened.modal?.text).toContain('Ana Reyes');
  expect(opened.modal?.text).toContain('Thu 9 Apr 2026 Day of Valor');
  await stage.act('Dana', { do: 'close', all: true });
});

test('a day off in the past, and a name without a date, are refused at their fields', async () => {
  await command('Dana', 'holidays');
  const past = await stage.act('Dana', { do: 'submit', fill: { 'Add a day off': '2026-04-01' } });
  expect(Object.keys(past.modal?.errors ?? {})).toEqual(['Add a day off']);
  const nameless = await stage.act('Dana', {
    do: 'submit',
    fill: { 'Add a day off': null, 'Its name': 'Party' },
  });
  expect(nameless.modal?.errors).toEqual({
    'Add a day off': 'Choose the date of this day off, or leave its name empty.',
  });
  await stage.act('Dana', { do: 'close', all: true });
});

test('Slack took everything that Tandem sent', () => {
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
});

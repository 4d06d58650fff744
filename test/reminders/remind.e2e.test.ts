import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MANILA, NEW_YORK, openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
});
afterAll(async () => {
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
  await stage.close();
});

const remind = (who: string, words: string) =>
  stage.act(who, { do: 'command', command: `/ea-remind ${words}`.trim(), in: PAIR });
const submit = (who: string, fill: Record<string, string | string[]> = {}) =>
  stage.act(who, { do: 'submit', fill });
const click = (who: string, label: string) => stage.act(who, { do: 'click', click: label });
const closeAll = (who: string) => stage.act(who, { do: 'close', all: true });
/** Messages of this person about a text, oldest first, with their buttons. */
const about = (who: string, text: string) =>
  stage
    .read(who, 'DM')
    .filter((one) => one.text.includes(text))
    .map((one) => [one.text, one.controls.map(({ label }) => label)] as const);
const textsAbout = (who: string, text: string) => about(who, text).map(([said]) => said);

describe('what was typed', () => {
  test('help, nonsense and the list answer with what can be done', async () => {
    await remind('Dana', 'help');
    expect(stage.read('Dana', PAIR).at(-1)?.text).toContain('/ea-remind @Ana to book flights');
    await remind('Dana', 'gibberish');
    expect(stage.read('Dana', PAIR).at(-1)?.text).toContain(
      'I could not read who and when in `gibberish`',
    );
    expect((await remind('Dana', 'list')).modal?.text).toContain('No reminders to come.');
    await closeAll('Dana');
  });

  test.each([
    ['me to call Bob tomorrow at 25:00', '“25:00” is not a time'],
    ['me to call Bob on 31 February', 'There is no 31 February 2026: that month has 28 days.'],
    [
      'me to call Bob yesterday at 9',
      'That is in the past: Sun 1 Mar, 09:00 EST (New York). Choose a later time.',
    ],
    ['me to call Bob', 'I could not read a time in this.'],
    ['@Marta to call Bob tomorrow', 'Tandem reminds only you and the people you are paired with.'],
    ['@nobody.here to call Bob tomorrow', 'I do not know who @nobody.here is.'],
  ])('“%s” opens the form with a sentence, and the text is kept', async (words, sentence) => {
    const { modal } = await remind('Dana', words);
    expect(modal?.text).toContain(sentence);
    expect(JSON.stringify(modal?.blocks)).toContain('"initial_value":"call Bob"');
    await closeAll('Dana');
  });

  test('what is wrong in a field is said there, and nothing typed is lost', async () => {
    await remind('Dana', 'me to call Bob tomorrow at 9');
    for (const [when, sentence] of [
      ['whenever', 'I cannot read this as a time.'],
      ['tomorrow at 26:00', '“26:00” is not a time.'],
      ['yesterday', 'That is in the past'],
      ['every hour', 'Reminders repeat on days of the week or of the month'],
      ['every Monday from 1 April 2026 until 2 April 2026', 'These days never come'],
    ] as const) {
      const { modal } = await submit('Dana', { When: when });
      expect(modal?.errors?.When).toContain(sentence);
    }
    const { modal } = await submit('Dana', { What: '  ', When: 'tomorrow' });
    expect(modal?.errors).toEqual({ What: 'Write what it is about.' });
    await closeAll('Dana');
  });
});

describe('a reminder to the partner', () => {
  test('is shown in both zones before it is saved, with what quiet hours make of it', async () => {
    const { modal } = await remind('Dana', '@Ana to book flights tomorrow 3pm');
    expect(modal?.text).toContain('Wed 4 Mar 2026 at 04:00');
    expect(modal?.text).toContain(
      'Wed 4 Mar, 04:00 GMT+8 (Manila) / Tue 3 Mar, 15:00 EST (New York)',
    );
    expect(modal?.text).toContain(
      'It waits until the next work start: Wed 4 Mar, 09:00 GMT+8 (Manila)',
    );
    const saved = await submit('Dana', { Options: ['Tell me when it is done'] });
    expect(saved.modal?.title).toBe('Saved');
    await closeAll('Dana');
  });

  test('another time is shown again before it is saved', async () => {
    await remind('Dana', '@Ana to call the visa office on thursday at 9');
    const shown = await submit('Dana', { 'On whose clock?': 'Ana Reyes’s clock (Manila)' });
    expect(shown.modal?.title).toBe('New reminder');
    expect(shown.modal?.text).toContain('This is how I understood it.');
    expect(shown.modal?.text).toContain(
      'Thu 5 Mar, 09:00 GMT+8 (Manila) / Wed 4 Mar, 20:00 EST (New York)',
    );
    expect((await submit('Dana')).modal?.title).toBe('Saved');
    await closeAll('Dana');
  });

  test('waits for working hours, then comes once, and the writer hears that it is done', async () => {
    await stage.until('2026-03-04', '08:59', MANILA);
    expect(about('Ana', 'book flights')).toEqual([]);
    await stage.until('2026-03-04', '09:01', MANILA);
    expect(about('Ana', 'book flights')).toEqual([
      ['Reminder from @Dana:\nbook flights', ['Done', 'Snooze', 'Skip']],
    ]);
    await click('Ana', 'Done');
    expect(about('Ana', 'book flights')).toEqual([
      [expect.stringMatching(/^Reminder from @Dana:\nbook flights\nDone /), []],
    ]);
    expect(textsAbout('Dana', 'book flights')).toEqual([
      expect.stringContaining('@Ana marked your reminder as done'),
    ]);
  });

  test('without an answer is repeated once, then the writer is told at their work start', async () => {
    await stage.until('2026-03-05', '09:30', MANILA);
    expect(textsAbout('Ana', 'visa office')).toEqual([
      'Reminder from @Dana:\ncall the visa office',
    ]);
    await stage.until('2026-03-05', '10:30', MANILA);
    expect(textsAbout('Ana', 'visa office')).toEqual([
      'Reminder from @Dana:\ncall the visa office\nI asked again below.',
      'Again: reminder from @Dana:\ncall the visa office',
    ]);
    await stage.until('2026-03-05', '12:00', MANILA);
    expect(textsAbout('Ana', 'visa office').at(-1)).toContain('Not answered yet.');
    await stage.until('2026-03-05', '08:59', NEW_YORK);
    expect(about('Dana', 'visa office')).toEqual([]);
    await stage.until('2026-03-05', '09:01', NEW_YORK);
    expect(textsAbout('Dana', 'visa office')).toEqual([
      'Not acknowledged: @Ana has not answered your reminder. It was sent 2 times.\ncall the visa office',
    ]);
  });

  test('done after all corrects what the writer was told, in place', async () => {
    await click('Ana', 'Done');
    expect(textsAbout('Ana', 'visa office').at(-1)).toContain('Done ');
    expect(textsAbout('Dana', 'visa office')).toEqual([
      expect.stringContaining('@Ana marked your reminder as done'),
    ]);
  });

  test('urgent comes at night, unless the receiver does not accept urgent ones', async () => {
    await stage.until('2026-03-06', '12:00', MANILA);
    await remind('Dana', '@Ana to approve the payment today at 23:30');
    await submit('Dana', {
      Options: ['Urgent: send it outside working hours too'],
      When: 'Fri 6 Mar 2026 at 22:00',
      'On whose clock?': 'Ana Reyes’s clock (Manila)',
    });
    await submit('Dana');
    await closeAll('Dana');
    await remind('Dana', '@Ana to sign the lease on saturday at 10');
    await submit('Dana', {
      Options: ['Urgent: send it outside working hours too'],
      When: 'Sat 7 Mar 2026 at 10:00',
      'On whose clock?': 'Ana Reyes’s clock (Manila)',
    });
    await submit('Dana');
    await closeAll('Dana');
    await stage.until('2026-03-06', '22:00', MANILA);
    expect(textsAbout('Ana', 'approve the payment')).toEqual([
      'Reminder from @Dana (urgent):\napprove the payment',
    ]);
    await click('Ana', 'Done');
    await remind('Ana', 'list');
    await click('Ana', 'Do not accept');
    expect(stage.person('Ana').modals.at(-1)?.text).toContain(
      'Urgent reminders from Dana Whitfield wait for your working hours.',
    );
    await closeAll('Ana');
    await stage.until('2026-03-09', '08:59', MANILA);
    expect(about('Ana', 'sign the lease')).toEqual([]);
    await stage.until('2026-03-09', '09:01', MANILA);
    expect(about('Ana', 'sign the lease')).toHaveLength(1);
    await click('Ana', 'Skip');
  });
});

describe('a series for oneself', () => {
  test('asks on its days, and a snooze moves one occurrence and doubles nothing', async () => {
    await remind('Ana', 'me to send the invoice every weekday at 10');
    expect((await submit('Ana')).modal?.title).toBe('Saved');
    await closeAll('Ana');
    await stage.until('2026-03-09', '10:00', MANILA);
    expect(about('Ana', 'send the invoice')).toEqual([
      ['Reminder:\nsend the invoice', ['Done', 'Snooze', 'Skip', 'Mute series…']],
    ]);
    await click('Ana', 'Snooze');
    await submit('Ana', { 'Remind me again': '20 minutes' });
    expect(textsAbout('Ana', 'send the invoice')).toEqual([
      expect.stringContaining('Snoozed: I will remind you again'),
    ]);
    await stage.until('2026-03-09', '10:19', MANILA);
    expect(about('Ana', 'send the invoice')).toHaveLength(1);
    await stage.until('2026-03-09', '10:21', MANILA);
    expect(textsAbout('Ana', 'send the invoice')).toHaveLength(2);
    await click('Ana', 'Done');
    await stage.until('2026-03-10', '10:00', MANILA);
    expect(textsAbout('Ana', 'send the invoice')).toHaveLength(3);
    await click('Ana', 'Skip');
    expect(textsAbout('Ana', 'send the invoice').at(-1)).toContain('Skipped.');
  });

  test('a time that was picked has to be ahead', async () => {
    await stage.until('2026-03-11', '10:00', MANILA);
    await click('Ana', 'Snooze');
    const empty = await submit('Ana', { 'Remind me again': 'The date and time below' });
    expect(empty.modal?.errors).toEqual({ Date: 'Choose a date.', Time: 'Choose a time.' });
    const past = await submit('Ana', { Date: '2026-03-10', Time: '09:00' });
    expect(past.modal?.errors).toEqual({ Time: 'That is in the past. Choose a later time.' });
    await submit('Ana', { Date: '2026-03-11', Time: '14:00' });
    await stage.until('2026-03-11', '14:00', MANILA);
    expect(textsAbout('Ana', 'send the invoice')).toHaveLength(5);
  });

  test('muted until a date, it is silent until then', async () => {
    await click('Ana', 'Mute series…');
    const today = await submit('Ana', { 'Begin again on': '2026-03-11' });
    expect(today.modal?.errors).toEqual({ 'Begin again on': 'Choose a day after today.' });
    await submit('Ana', { 'Begin again on': '2026-03-16' });
    expect(textsAbout('Ana', 'send the invoice').at(-1)).toContain(
      'Muted: it begins again on Mon 16 Mar 2026.',
    );
    await stage.until('2026-03-16', '09:59', MANILA);
    expect(textsAbout('Ana', 'send the invoice')).toHaveLength(5);
    await stage.until('2026-03-16', '10:00', MANILA);
    expect(textsAbout('Ana', 'send the invoice')).toHaveLength(6);
    await click('Ana', 'Done');
  });
});

describe('the list', () => {
  const listed = (who: string) => stage.person(who).modals.at(-1)?.text ?? '';

  test('shows what is to come for oneself and what was given, with the next three times', async () => {
    await remind('Dana', '@Ana to send the report on the last business day of the month at 16:00');
    await submit('Dana');
    await closeAll('Dana');
    await remind('Dana', 'list');
    expect(listed('Dana')).toContain('Given to others');
    expect(listed('Dana')).toContain(
      'For Ana Reyes. On the last business day of every month at 16:00 (Manila time)',
    );
    expect(listed('Dana')).toContain(
      'Next: Tue 31 Mar, 04:00 EDT (New York); Thu 30 Apr, 04:00 EDT (New York); Fri 29 May, 04:00 EDT (New York)',
    );
    await closeAll('Dana');
    await remind('Ana', 'list');
    expect(listed('Ana')).toContain('For you');
    expect(listed('Ana')).toContain(
      'From Dana Whitfield. On the last business day of every month at 16:00',
    );
    expect(listed('Ana')).toContain('send the invoice');
    await closeAll('Ana');
  });

  test('edits, pauses, resumes, deletes and restores', async () => {
    await remind('Dana', 'list');
    await click('Dana', 'Edit');
    const shown = await submit('Dana', { When: 'every tuesday at 10' });
    expect(shown.modal?.text).toContain('Every Tuesday at 10:00');
    await submit('Dana');
    await closeAll('Dana');
    await remind('Dana', 'list');
    expect(listed('Dana')).toContain('Every Tuesday at 10:00 (Manila time)');
    await click('Dana', 'Pause');
    expect(listed('Dana')).toContain('Paused: nothing is sent until you resume it.');
    await click('Dana', 'Resume');
    expect(listed('Dana')).toContain('Next: Mon 16 Mar, 22:00 EDT (New York)');
    await stage.act('Dana', { do: 'click', click: 'Delete', confirm: true });
    expect(listed('Dana')).toContain('Deleted: send the report');
    expect(listed('Dana')).toContain('No reminders to come.');
    await click('Dana', 'Undo');
    expect(listed('Dana')).toContain('Every Tuesday at 10:00 (Manila time)');
    await stage.act('Dana', { do: 'click', click: 'Delete', confirm: true });
    await closeAll('Dana');
    await stage.until('2026-03-17', '11:00', MANILA);
    expect(about('Ana', 'send the report')).toEqual([]);
  });
});

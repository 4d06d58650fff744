import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MANILA, openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';
import { remindersOn } from './play.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
});
afterAll(() => stage.close());

const { remind, submit, click, confirm, closeAll, modal, texts, buttons } = remindersOn(
  () => stage,
);

describe('what was typed', () => {
  test('help, nonsense and the list answer with what can be done', async () => {
    await remind('Dana', 'help');
    expect(stage.read('Dana', PAIR).at(-1)?.text).toContain('/ea-remind @Ana to book flights');
    await remind('Dana', 'gibberish');
    expect(stage.read('Dana', PAIR).at(-1)?.text).toContain(
      'I did not understand `gibberish`. Say who, what and when',
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
    const { modal: shown } = await remind('Dana', words);
    expect(shown?.text).toContain(sentence);
    expect(JSON.stringify(shown?.blocks)).toContain('"initial_value":"call Bob"');
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
      const { modal: shown } = await submit('Dana', { When: when });
      expect(shown?.errors?.When).toContain(sentence);
    }
    const { modal: shown } = await submit('Dana', { What: '  ', When: 'tomorrow' });
    expect(shown?.errors).toEqual({ What: 'Write what it is about.' });
    await closeAll('Dana');
  });
});

describe('a series for oneself', () => {
  test('asks on its days, and a snooze moves one occurrence and doubles nothing', async () => {
    await remind('Ana', 'me to send the invoice every weekday at 10');
    expect((await submit('Ana')).modal?.title).toBe('Saved');
    await closeAll('Ana');
    await stage.until('2026-03-03', '10:00', MANILA);
    expect(texts('Ana', 'send the invoice')).toEqual(['Reminder:\nsend the invoice']);
    expect(buttons('Ana', 'send the invoice')).toEqual(['Done', 'Snooze', 'Skip', 'Mute series…']);
    await click('Ana', 'Snooze');
    await submit('Ana', { 'Remind me again': '20 minutes' });
    expect(texts('Ana', 'send the invoice')).toEqual([
      expect.stringContaining('Snoozed: I will remind you again'),
    ]);
    await stage.until('2026-03-03', '10:19', MANILA);
    expect(texts('Ana', 'send the invoice')).toHaveLength(1);
    await stage.until('2026-03-03', '10:21', MANILA);
    expect(texts('Ana', 'send the invoice')).toHaveLength(2);
    await click('Ana', 'Done');
    await stage.until('2026-03-04', '10:00', MANILA);
    expect(texts('Ana', 'send the invoice')).toHaveLength(3);
    await click('Ana', 'Skip');
    expect(texts('Ana', 'send the invoice').at(-1)).toContain('Skipped.');
  });

  test('a time that was picked has to be ahead', async () => {
    await stage.until('2026-03-05', '10:00', MANILA);
    await click('Ana', 'Snooze');
    const empty = await submit('Ana', { 'Remind me again': 'The date and time below' });
    expect(empty.modal?.errors).toEqual({ Date: 'Choose a date.', Time: 'Choose a time.' });
    const past = await submit('Ana', { Date: '2026-03-04', Time: '09:00' });
    expect(past.modal?.errors).toEqual({ Time: 'That is in the past. Choose a later time.' });
    await submit('Ana', { Date: '2026-03-05', Time: '14:00' });
    await stage.until('2026-03-05', '14:00', MANILA);
    expect(texts('Ana', 'send the invoice')).toHaveLength(5);
  });

  test('muted until a date, it is silent until then', async () => {
    await click('Ana', 'Mute series…');
    const today = await submit('Ana', { 'Begin again on': '2026-03-05' });
    expect(today.modal?.errors).toEqual({ 'Begin again on': 'Choose a day after today.' });
    await submit('Ana', { 'Begin again on': '2026-03-10' });
    expect(texts('Ana', 'send the invoice').at(-1)).toContain(
      'Muted: it begins again on Tue 10 Mar 2026.',
    );
    await stage.until('2026-03-10', '09:59', MANILA);
    expect(texts('Ana', 'send the invoice')).toHaveLength(5);
    await stage.until('2026-03-10', '10:00', MANILA);
    expect(texts('Ana', 'send the invoice')).toHaveLength(6);
    await click('Ana', 'Done');
  });
});

describe('the list', () => {
  test('shows what is to come for oneself and what was given, with the next three times', async () => {
    await remind('Dana', '@Ana to send the report on the last business day of the month at 16:00');
    await submit('Dana');
    await closeAll('Dana');
    await remind('Dana', 'list');
    expect(modal('Dana')).toContain('Given to others');
    expect(modal('Dana')).toContain(
      'For Ana Reyes. On the last business day of every month at 16:00 (Manila time)',
    );
    expect(modal('Dana')).toContain(
      'Next: Tue 31 Mar, 04:00 EDT (New York); Thu 30 Apr, 04:00 EDT (New York); Fri 29 May, 04:00 EDT (New York)',
    );
    await closeAll('Dana');
    await remind('Ana', 'list');
    expect(modal('Ana')).toContain('For you');
    expect(modal('Ana')).toContain(
      'From Dana Whitfield. On the last business day of every month at 16:00',
    );
    expect(modal('Ana')).toContain('send the invoice');
    await closeAll('Ana');
  });

  test('edits, pauses, resumes, deletes and restores', async () => {
    await remind('Dana', 'list');
    await click('Dana', 'Edit');
    const asked = await submit('Dana', { When: 'every wednesday at 10' });
    expect(asked.modal?.text).toContain('Every Wednesday at 10:00');
    await submit('Dana');
    await closeAll('Dana');
    await remind('Dana', 'list');
    expect(modal('Dana')).toContain('Every Wednesday at 10:00 (Manila time)');
    await click('Dana', 'Pause');
    expect(modal('Dana')).toContain('Paused: nothing is sent until you resume it.');
    await click('Dana', 'Resume');
    expect(modal('Dana')).toContain('Next: Tue 10 Mar, 22:00 EDT (New York)');
    await confirm('Dana', 'Delete');
    expect(modal('Dana')).toContain('Deleted: send the report');
    expect(modal('Dana')).toContain('No reminders to come.');
    await click('Dana', 'Undo');
    expect(modal('Dana')).toContain('Every Wednesday at 10:00 (Manila time)');
    await confirm('Dana', 'Delete');
    await closeAll('Dana');
    await stage.until('2026-03-11', '11:00', MANILA);
    expect(texts('Ana', 'send the report')).toEqual([]);
  });
});

test('Slack had nothing to refuse, and no step failed', () => {
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
});

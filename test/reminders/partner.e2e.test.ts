import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MANILA, NEW_YORK, openStage, type Stage, setUpPair } from '../support/stage.ts';
import { remindersOn } from './play.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
});
afterAll(() => stage.close());

const { remind, submit, click, closeAll, modal, texts, buttons } = remindersOn(() => stage);

describe('a reminder to the partner', () => {
  test('is shown in both zones before it is saved, with what quiet hours make of it', async () => {
    const { modal: shown } = await remind('Dana', '@Ana to book flights tomorrow 3pm');
    expect(shown?.text).toContain('Wed 4 Mar 2026 at 04:00');
    expect(shown?.text).toContain(
      'Wed 4 Mar, 04:00 GMT+8 (Manila) / Tue 3 Mar, 15:00 EST (New York)',
    );
    expect(shown?.text).toContain(
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
    expect(texts('Ana', 'book flights')).toEqual([]);
    await stage.until('2026-03-04', '09:01', MANILA);
    expect(texts('Ana', 'book flights')).toEqual(['Reminder from @Dana:\nbook flights']);
    expect(buttons('Ana', 'book flights')).toEqual(['Done', 'Snooze', 'Skip']);
    await click('Ana', 'Done');
    expect(texts('Ana', 'book flights')).toEqual([
      expect.stringMatching(/^Reminder from @Dana:\nbook flights\nDone /),
    ]);
    expect(buttons('Ana', 'book flights')).toEqual([]);
    expect(texts('Dana', 'book flights')).toEqual([
      expect.stringContaining('@Ana marked your reminder as done'),
    ]);
  });

  test('without an answer is repeated once, then the writer is told at their work start', async () => {
    await stage.until('2026-03-05', '09:30', MANILA);
    expect(texts('Ana', 'visa office')).toEqual(['Reminder from @Dana:\ncall the visa office']);
    await stage.until('2026-03-05', '10:30', MANILA);
    expect(texts('Ana', 'visa office')).toEqual([
      'Reminder from @Dana:\ncall the visa office\nI asked again below.',
      'Again: reminder from @Dana:\ncall the visa office',
    ]);
    await stage.until('2026-03-05', '12:00', MANILA);
    expect(texts('Ana', 'visa office').at(-1)).toContain('Not answered yet.');
    await stage.until('2026-03-05', '08:59', NEW_YORK);
    expect(texts('Dana', 'visa office')).toEqual([]);
    await stage.until('2026-03-05', '09:01', NEW_YORK);
    expect(texts('Dana', 'visa office')).toEqual([
      'Not acknowledged: @Ana has not answered your reminder. It was sent 2 times.\ncall the visa office',
    ]);
  });

  test('done after all corrects what the writer was told, in place', async () => {
    await click('Ana', 'Done');
    expect(texts('Ana', 'visa office').at(-1)).toContain('Done ');
    expect(texts('Dana', 'visa office')).toEqual([
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
    expect(texts('Ana', 'approve the payment')).toEqual([
      'Reminder from @Dana (urgent):\napprove the payment',
    ]);
    await click('Ana', 'Done');
    await remind('Ana', 'list');
    await click('Ana', 'Do not accept');
    expect(modal('Ana')).toContain(
      'Urgent reminders from Dana Whitfield wait for your working hours.',
    );
    await closeAll('Ana');
    await stage.until('2026-03-09', '08:59', MANILA);
    expect(texts('Ana', 'sign the lease')).toEqual([]);
    await stage.until('2026-03-09', '09:01', MANILA);
    expect(texts('Ana', 'sign the lease')).toHaveLength(1);
    await click('Ana', 'Skip');
  });
});

test('Slack had nothing to refuse, and no step failed', () => {
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
});

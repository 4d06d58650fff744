import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { tasksOn } from '../delegations/play.ts';
import { MANILA, NEW_YORK, openStage, type Stage, setUpPair } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
});
afterAll(() => stage.close());

const { command, submit, click, closeAll, modal, told } = tasksOn(() => stage);

async function hand(title: string, fill: Record<string, string> = {}): Promise<void> {
  await command('Dana', `/ea-delegate ${title}`);
  await submit('Dana', fill);
  await closeAll('Dana');
}

test('work that came three times is proposed to each of the two, in their own working hours', async () => {
  await hand('Book the flights to Rome');
  await hand('Book the flights to Oslo');
  await stage.until('2026-03-03', '09:05', MANILA);
  expect(told('Ana', 'This came')).toEqual([]);
  await hand('Book the flights to <b>Bonn</b>', {
    'When is it done?': 'Tickets in the folder',
    Estimate: '1h 30m',
  });
  await stage.until('2026-03-03', '09:05', NEW_YORK);
  expect(told('Dana', 'This came 3 times in 90 days')).toHaveLength(1);
  expect(told('Dana', 'Book the flights to <b>Bonn</b>')).not.toEqual([]);
  expect(told('Ana', 'This came')).toEqual([]);
  await stage.until('2026-03-04', '09:05', MANILA);
  expect(told('Ana', 'The newest ones: #3, #2, #1.')).toHaveLength(1);
});

test('Make it a duty opens the form with what the newest one says', async () => {
  const opened = await click('Dana', 'Make it a duty: Book the flights to <b>Bonn</b>');
  expect(opened.modal?.title).toBe('New duty');
  expect(JSON.stringify(opened.modal?.values)).toContain('Tickets in the folder');
  const draft = await submit('Dana', { 'How often and when': 'every Monday at 10:00' });
  expect(draft.modal?.text).toContain('Book the flights to <b>Bonn</b>');
  expect(draft.modal?.text).toContain('every Monday at 10:00 (Manila time)');
  await closeAll('Dana');
});

test('any task can be made a duty, but for those that a duty made', async () => {
  await command('Dana', '/ea-tasks 1');
  const opened = await click('Dana', 'Make it a duty…');
  expect(opened.modal?.title).toBe('New duty');
  expect(JSON.stringify(opened.modal?.values)).toContain('Book the flights to Rome');
  await closeAll('Dana');
});

test('either leaves it as it is for both, and it is not proposed again', async () => {
  await click('Ana', 'Leave it as it is: Book the flights to <b>Bonn</b>');
  expect(told('Ana', 'Ana Reyes said that it stays as it is.')).toHaveLength(1);
  expect(told('Dana', 'Ana Reyes said that it stays as it is.')).toHaveLength(1);
  await hand('Book the flights to Bern');
  await stage.until('2026-03-13', '12:00', NEW_YORK);
  expect(told('Dana', 'This came')).toHaveLength(1);
  expect(told('Ana', 'This came')).toHaveLength(1);
  expect(modal('Ana')).toBe('');
});

test('nothing was sent that Slack would refuse', () => {
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
});

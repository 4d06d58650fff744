import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MANILA, NEW_YORK, openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
  await type('Dana', '/ea-charter');
  await click('Dana', 'Write one');
  await add({ What: 'Sort the inbox', 'How often and when': 'every weekday at 9:30' });
  await add({
    What: 'Plan the day',
    'How often and when': 'every weekday at 9:30',
    'On a holiday, on leave or on a day off': 'Do it on the working day before',
    Priority: 'High',
    'How long does it take?': '30 min',
  });
  await add({
    What: 'Approve expenses',
    'Who does it': 'Dana Whitfield (New York time)',
    'How often and when': 'every Tuesday at 10:00',
  });
  await submit('Dana');
  await stage.act('Dana', { do: 'close', all: true });
  await click('Ana', 'Sign');
});
afterAll(() => stage.close());

const type = (who: string, command: string) => stage.act(who, { do: 'command', command, in: PAIR });
const click = (who: string, label: string) => stage.act(who, { do: 'click', click: label });
const submit = (who: string, fill: Record<string, string | string[]> = {}) =>
  stage.act(who, { do: 'submit', fill });
const about = (who: string, text: string) =>
  stage
    .read(who, 'DM')
    .filter((one) => one.text.includes(text))
    .map((one) => one.text);

async function add(fill: Record<string, string>): Promise<void> {
  await click('Dana', 'Add a duty');
  await submit('Dana', { 'Who does it': 'Ana Reyes (Manila time)', ...fill });
}

test('duties of one time come in one message, as tasks that are accepted already', async () => {
  await stage.until('2026-03-03', '09:29', MANILA);
  expect(about('Ana', 'of your charter for')).toEqual([]);
  await stage.until('2026-03-03', '09:31', MANILA);
  const [message, ...more] = about('Ana', 'of your charter for');
  expect(more).toEqual([]);
  expect(message).toContain('2 duties of your charter for Tue 3 Mar 2026.');
  expect(message).toContain('Sort the inbox');
  expect(message).toContain('Plan the day');
  expect(message).toContain('no SOP');
  const tasks = await type('Ana', '/ea-tasks');
  expect(tasks.modal?.text).toContain('Sort the inbox');
  expect(tasks.modal?.text).toContain('Accepted');
  await stage.act('Ana', { do: 'close', all: true });
  expect(stage.read('Ana', PAIR).filter((one) => one.text.includes('Sort the inbox'))).toEqual([]);
});

test('a duty of the executive is asked on their own clock and marked as done with one press', async () => {
  await stage.until('2026-03-03', '09:59', NEW_YORK);
  expect(about('Dana', 'Approve expenses').filter((one) => one.startsWith('Your duty'))).toEqual(
    [],
  );
  await stage.until('2026-03-03', '10:01', NEW_YORK);
  expect(about('Dana', 'Your duty for Tue 3 Mar 2026')).toHaveLength(1);
  await click('Dana', 'Done');
  expect(about('Dana', 'Your duty for Tue 3 Mar 2026')[0]).toContain('Done Tue 3 Mar');
});

test('on leave a duty is left out, or comes on the working day before, as the charter says', async () => {
  await type('Ana', '/ea-away on 5 March');
  await submit('Ana');
  await stage.until('2026-03-04', '12:00', MANILA);
  expect(about('Ana', 'of your charter for Wed 4 Mar')).toHaveLength(1);
  await stage.until('2026-03-05', '12:00', MANILA);
  expect(about('Ana', 'of your charter for Thu 5 Mar')).toEqual([]);
});

test('what the charter no longer asks for comes no more', async () => {
  await type('Ana', '/ea-charter');
  await click('Ana', 'Propose a change');
  await click('Ana', 'Remove Sort the inbox');
  await submit('Ana');
  await stage.act('Ana', { do: 'close', all: true });
  await click('Dana', 'Sign');
  await stage.until('2026-03-06', '12:00', MANILA);
  const [message] = about('Ana', 'of your charter for Fri 6 Mar');
  expect(message).toContain('A duty of your charter');
  expect(message).not.toContain('Sort the inbox');
});

test('Slack had nothing to refuse, and no step failed', () => {
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
});

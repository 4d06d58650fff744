import type { Script } from '../script.ts';
import { checkIn, closeForm, labelOf, onCard, taskCard, taskNumber, type } from './deeds.ts';
import { ANA, DANA, LISBON, MANILA, NEW_YORK, type Week } from './people.ts';
import { playTable } from './table.ts';

export async function playFriday(script: Script, week: Week): Promise<void> {
  await playHoliday(script, week);
  await playMove(script);
  await playMorningOfDana(script, week);
}

async function playHoliday(script: Script, { friday }: Week): Promise<void> {
  const { until, tell, expect, read } = script;
  tell('Friday is a holiday where Ana lives, so she is not asked.');
  await until(friday, '17:00', MANILA);
  expect(
    'Ana was left alone on the holiday',
    !read(ANA, 'DM').some((one) => one.text.includes(`check-in with @Dana, ${labelOf(friday)}`)),
  );
  await until(friday, '09:00', NEW_YORK);
}

async function playMorningOfDana(script: Script, week: Week): Promise<void> {
  const { until, expect } = script;
  await until(week.friday, '09:03', NEW_YORK);
  await checkIn(script, DANA, { 'Top priorities today': 'Week review.' });
  await onCard(script, DANA, {
    words: 'checks the flights',
    title: 'Book the flights',
    press: 'Done',
  });
  expect(
    'the flights are done',
    taskCard(script, 'Book the flights')?.text.includes('marked it as done') === true,
  );
  await rate(script, taskNumber(script, 'Book the flights'));
  await playFigures(script);
  await playTable(script, week);
}

/** How long Ana was kept waiting, how clearly work is handed over, how the days overlap. */
async function playFigures(script: Script): Promise<void> {
  const { expect, read } = script;
  expect(
    'Dana hears of the hours too',
    read(DANA, 'DM').some((one) => one.text.includes('75 % of the hours of this month')),
  );
  const waiting = await type(script, DANA, '/ea-tasks waiting', 'looks what else waits for her');
  expect(
    'the list says how long Ana has been kept waiting',
    /1 task waits for an answer of Dana Whitfield: (7|8) h/.test(waiting.modal?.text ?? ''),
  );
  await closeForm(script, DANA);
  await onCard(script, DANA, {
    words: 'answers',
    title: 'find a room',
    press: 'Answer…',
    why: { 'Your answer': 'The bright one.' },
  });
  const workload = await type(script, DANA, '/ea-workload');
  expect(
    'Dana alone reads her score',
    /\d+ of 100, from \d tasks/.test(workload.modal?.text ?? ''),
  );
  await closeForm(script, DANA);
  const bridge = await type(script, DANA, '/ea-bridge', 'looks at when both of them work now');
  expect(
    'the week has a shared time now',
    bridge.modal?.text.includes('On a usual day: ') === true,
  );
  await closeForm(script, DANA);
}

async function rate(script: Script, number: string): Promise<void> {
  const { act, expect } = script;
  await type(script, DANA, `/ea-tasks ${number}`, 'opens the task');
  await act(DANA, 'rates it 4 of 5', { do: 'click', click: 'Rate 4 of 5' });
  await act(DANA, 'has a thought', { do: 'click', click: 'What would A+ look like?…' });
  const rated = await act(DANA, 'says what would be better', {
    do: 'submit',
    fill: {
      'How good is it?': '4 - Good',
      'What would A+ look like?': 'Seats beside each other, and the receipts at once.',
    },
  });
  await closeForm(script, DANA);
  expect('the rating was taken', Object.keys(rated.modal?.errors ?? {}).length === 0);
}

async function playMove(script: Script): Promise<void> {
  const { act, tell, expect, read } = script;
  tell('Ana lands: her laptop, and so Slack, now says Lisbon.');
  await act(ANA, 'changes zone', { do: 'profile', zone: LISBON });
  expect(
    'Tandem asks and moves nothing by itself',
    read(ANA, 'DM').some((one) => one.text.includes('Lisbon')),
  );
  await act(ANA, 'presses Move my working hours there', {
    do: 'click',
    click: 'Move my working hours there',
  });
}

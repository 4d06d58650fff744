import { DateTime } from 'luxon';
import type { Script } from '../script.ts';
import {
  checkIn,
  closeForm,
  isAround,
  labelOf,
  onCard,
  taskCard,
  taskNumber,
  type,
} from './deeds.ts';
import { ANA, DANA, LISBON, MANILA, NEW_YORK, type Week } from './people.ts';

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

async function playMorningOfDana(script: Script, { friday }: Week): Promise<void> {
  const { until, expect } = script;
  await until(friday, '09:03', NEW_YORK);
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
  await type(script, DANA, '/ea-tasks waiting', 'looks what else waits for her');
  await closeForm(script, DANA);
  await type(script, DANA, '/ea-bridge', 'looks at when both of them work now');
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

export async function playNextMonday(script: Script, { friday, nextMonday }: Week): Promise<void> {
  const { until, tell, expect, read, sandbox } = script;
  tell('A new week begins.');
  await until(nextMonday, '09:02', LISBON);
  const lisbon = DateTime.fromISO(`${nextMonday}T09:00`, { zone: LISBON });
  const prompt = read(ANA, 'DM').findLast((one) => one.text.includes('Time for your check-in'));
  expect('Ana is asked at 09:00 in Lisbon', isAround(prompt?.at, lisbon));
  expect(
    'the handoff of Dana says what happened while Ana was away',
    read(ANA, 'DM').some(
      (one) => one.text.startsWith('Handoff from @Dana') && one.text.includes('Week review.'),
    ),
  );
  await until(nextMonday, '09:02', NEW_YORK);
  const newYork = DateTime.fromISO(`${nextMonday}T09:00`, { zone: NEW_YORK });
  const asked = read(DANA, 'DM').findLast((one) => one.text.includes('Time for your check-in'));
  expect(
    'Dana is asked at 09:00 in New York, whatever the clocks did',
    isAround(asked?.at, newYork),
  );
  const before = DateTime.fromISO(`${friday}T12:00`, { zone: NEW_YORK });
  if (before.offset !== newYork.offset)
    expect(
      'Dana was warned before the clocks changed',
      read(DANA, 'DM').some((one) => one.text.includes('the clocks change')),
    );
  expect('nothing is left to do now', sandbox.now() >= newYork);
}

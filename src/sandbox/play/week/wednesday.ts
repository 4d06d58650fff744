import type { Script } from '../script.ts';
import { checkIn, closeForm, labelOf, onCard, taskCard, taskNumber, type } from './deeds.ts';
import { ANA, DANA, MANILA, NEW_YORK, type Week } from './people.ts';
import { countAnswers } from './tuesday.ts';

const FLIGHTS = 'Book the flights';

export async function playWednesday(script: Script, week: Week): Promise<void> {
  await playDayOfAna(script, week);
  await playMorningOfDana(script, week);
  await playWhatGivesWay(script);
  await playDefault(script, week);
}

async function playDayOfAna(script: Script, { wednesday }: Week): Promise<void> {
  const { act, until, tell, expect, read } = script;
  await until(wednesday, '09:02', MANILA);
  expect('Ana hears the decision when she starts work', countAnswers(script) === 2);
  await act(ANA, 'has booked the quiet one and presses Acted on it', {
    do: 'click',
    click: 'Acted on it',
  });
  await until(wednesday, '10:00', MANILA);
  await act(ANA, 'has booked the car and presses Done', {
    do: 'click',
    click: 'Done',
    in: { channel: '@Tandem', text: 'book the car' },
  });
  await onCard(script, ANA, {
    words: 'accepts the offsite, now that all is clear',
    title: 'find a room',
    press: 'Accept',
  });
  await onCard(script, ANA, {
    words: 'has found two rooms and needs Dana to choose',
    title: 'find a room',
    press: 'Wait for executive…',
    why: { 'What do you need from them?': 'The bright room, or the cheap one?' },
  });
  await onCard(script, ANA, { words: 'delivers the flights', title: FLIGHTS, press: 'Deliver' });
  await type(script, ANA, '/ea-tasks', 'looks at what she has');
  await closeForm(script, ANA);
  tell('Ana has a long day and does not check in.');
  await until(wednesday, '18:00', MANILA);
  const label = labelOf(wednesday);
  const asked = read(ANA, 'DM').filter(
    (one) => one.text.includes(label) && !one.text.includes('of your charter'),
  );
  expect('she was asked once and reminded twice, no more', asked.length === 3);
  expect(
    'she can still send it',
    asked.some((one) => one.text.includes('You can still send it')),
  );
}

async function playMorningOfDana(script: Script, { wednesday }: Week): Promise<void> {
  const { until, expect } = script;
  await until(wednesday, '09:02', NEW_YORK);
  await checkIn(script, DANA, { 'Top priorities today': 'Calls all day.' });
  await onCard(script, DANA, {
    words: 'misses something and reopens the flights',
    title: FLIGHTS,
    press: 'Reopen…',
    why: { 'What is missing?': 'The receipts' },
  });
  expect(
    'the card says what is missing',
    taskCard(script, FLIGHTS)?.text.includes('The receipts') === true,
  );
}

async function playWhatGivesWay(script: Script): Promise<void> {
  const { act, expect, read } = script;
  const question = () => read(DANA, 'DM').findLast((one) => one.text.includes('than fits'));
  expect('Dana is asked what gives way', question() !== undefined);
  const number = taskNumber(script, 'Tidy the photo archive');
  await act(DANA, 'moves the archive a week on', {
    do: 'click',
    click: `Move a week: task ${number}`,
  });
  expect('the message says so', question()?.text.includes('Moved a week on') === true);
  await act(DANA, 'looks whether the week fits now', { do: 'click', click: 'See the workload' });
  await closeForm(script, DANA);
}

async function playDefault(script: Script, { wednesday }: Week): Promise<void> {
  const { until, expect, read } = script;
  await until(wednesday, '13:01', NEW_YORK);
  expect(
    'what Ana wrote for that case holds',
    read(DANA, 'DM').some((one) => one.text.includes('There was no answer by the deadline')),
  );
}

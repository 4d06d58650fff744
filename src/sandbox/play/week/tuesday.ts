import type { Script } from '../script.ts';
import { checkIn, closeForm, countCheckIns, handOver, onCard, taskCard, type } from './deeds.ts';
import { ANA, CHANNEL, DANA, MANILA, NEW_YORK, type Week } from './people.ts';

const FLIGHTS = 'Book the flights';
const OFFSITE = 'find a room';

export async function playTuesday(script: Script, week: Week): Promise<void> {
  await playAccepting(script, week);
  await playQuestions(script, week);
  await playMorningOfDana(script, week);
  await playIdeas(script, week);
}

async function playAccepting(script: Script, { tuesday }: Week): Promise<void> {
  const { act, until, expect, read } = script;
  await until(tuesday, '09:01', MANILA);
  const told = read(ANA, 'DM').filter((one) => one.text.includes('handed over to you'));
  expect('Ana hears of all three tasks in one message', told.length === 1);
  await act(ANA, 'has written the seat down and presses Acted on it', {
    do: 'click',
    click: 'Acted on it',
  });
  await act(ANA, 'is on the phone and presses Snooze', { do: 'click', click: 'Snooze' });
  await act(ANA, 'chooses an hour', { do: 'submit', fill: { 'Ask me again': 'In 1 hour' } });
  await onCard(script, ANA, { words: 'accepts the flights', title: FLIGHTS, press: 'Accept' });
  await onCard(script, ANA, {
    words: 'asks about the offsite before she accepts',
    title: OFFSITE,
    press: 'Ask a question…',
    why: { 'What do you need to know?': 'For how many people?' },
  });
  await onCard(script, ANA, {
    words: 'presses Accept on the wrong card',
    title: 'Pay the invoice',
    press: 'Accept',
  });
  await onCard(script, ANA, { words: 'takes it back', title: 'Pay the invoice', press: 'Undo' });
  expect(
    'undone, it waits for Ana again',
    taskCard(script, 'Pay the invoice')?.text.includes('waits for Ana Reyes to accept') === true,
  );
  await until(tuesday, '10:02', MANILA);
  await checkIn(script, ANA, {
    'What got done?': 'London is booked.',
    'What is planned today?': 'Expenses for February.',
  });
  await type(script, ANA, '/ea-checkin', 'forgot something and opens it again');
  await act(ANA, 'adds it and saves', {
    do: 'submit',
    fill: { 'What is blocked?': 'The hotel needs a card. Please do not ping <!channel> for it.' },
  });
  const card = read(DANA, CHANNEL).find((one) => one.text.includes('London is booked.'));
  expect('the card was edited in place', card?.text.includes('edited') === true);
  expect('what Ana typed pings nobody', card?.text.includes('<!channel>') === true);
}

async function playQuestions(script: Script, { wednesday }: Week): Promise<void> {
  const { act, tell } = script;
  tell('Ana needs two decisions, and cannot finish the flights alone.');
  await type(script, ANA, '/ea-decide Which hotel in London?');
  await act(ANA, 'gives three options', {
    do: 'submit',
    fill: { Options: 'The river one\nThe quiet one\nThe one at the airport' },
  });
  await closeForm(script, ANA);
  await type(script, ANA, '/ea-decide Shall I keep the car for a second day?');
  await act(ANA, 'says what holds when nobody answers', {
    do: 'submit',
    fill: {
      'Answer needed by: day': wednesday,
      'Answer needed by: time': '13:00',
      'If nobody answers by then': 'No',
    },
  });
  await closeForm(script, ANA);
  await onCard(script, ANA, {
    words: 'waits for Dana with the flights',
    title: FLIGHTS,
    press: 'Wait for executive…',
    why: { 'What do you need from them?': 'The number of your new passport' },
  });
}

/** Messages that tell Ana what Dana decided. */
export function countAnswers({ read }: Script): number {
  return read(ANA, 'DM').filter((one) => one.text.includes('answered a question of yours')).length;
}

async function playMorningOfDana(script: Script, { tuesday }: Week): Promise<void> {
  const { act, until, expect, readHome } = script;
  await until(tuesday, '09:02', NEW_YORK);
  await act(DANA, 'opens Home to see what waits for her', { do: 'open_home' });
  expect('Home has the questions of Ana', readHome(DANA).includes('Which hotel in London?'));
  await act(DANA, 'goes back to her messages', { do: 'open', channel: '@Tandem' });
  await checkIn(script, DANA, { 'Top priorities today': 'Board deck.' });
  await act(DANA, 'decides with one tap', { do: 'click', click: '2. The quiet one' });
  expect('Ana is not disturbed at night', countAnswers(script) === 1);
  await onCard(script, DANA, {
    words: 'answers what Ana waits for',
    title: FLIGHTS,
    press: 'Answer…',
    why: { 'Your answer': 'It is in the vault, under travel.' },
  });
  await onCard(script, DANA, {
    words: 'answers the question about the offsite',
    title: OFFSITE,
    press: 'Answer…',
    why: { 'Your answer': 'Twelve, and one who joins by video.' },
  });
  await type(script, DANA, '/ea-away Thursday', 'plans a day off');
  await act(DANA, 'saves it', { do: 'submit', fill: { Reason: 'School play' } });
  expect('both checked in on Tuesday', countCheckIns(script) === 4);
}

async function playIdeas(script: Script, { friday }: Week): Promise<void> {
  script.tell('Dana has ideas, more than the week has hours.');
  for (const [title, priority, estimate] of [
    ['Prepare the data room', '2 - High', '7 h'],
    ['Tidy the photo archive', '4 - Low', '26 h'],
  ] as const) {
    await type(script, DANA, `/ea-delegate ${title}`);
    await handOver(script, 'wants it by Friday', {
      'Due on': friday,
      Priority: priority,
      Estimate: estimate,
    });
  }
}

import { DateTime } from 'luxon';
import { PAIR_CHANNEL, PEOPLE, ZONES } from './demo.ts';
import type { Script } from './script.ts';

const { executive: DANA, ea: ANA } = PEOPLE;
const { executive: NEW_YORK, ea: MANILA } = ZONES;
const LISBON = 'Europe/Lisbon';
const CHANNEL = `#${PAIR_CHANNEL}`;

/** Local dates of the played week, from its Monday; the last one is the Monday after. */
type Week = Record<
  'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'nextMonday',
  string
>;

/** One working week of a pair, from the set-up to the Monday after, with everything that Tandem does on the way. */
export async function playWeek(script: Script, on: string): Promise<void> {
  const monday = DateTime.fromISO(on).startOf('week');
  const day = (offset: number) => monday.plus({ days: offset }).toISODate() ?? on;
  const week: Week = {
    monday: day(0),
    tuesday: day(1),
    wednesday: day(2),
    thursday: day(3),
    friday: day(4),
    nextMonday: day(7),
  };
  await playSetUp(script);
  await playMonday(script, week);
  await playTuesday(script, week);
  await playWednesday(script, week);
  await playThursday(script, week);
  await playFriday(script, week);
  await playNextMonday(script, week);
}

async function playSetUp({ act, tell, read, expect }: Script): Promise<void> {
  tell('Dana has hired Ana through an agency. They set Tandem up.');
  await act(DANA, 'types /ea-setup', { do: 'command', command: '/ea-setup', in: CHANNEL });
  await act(DANA, 'says who is who and presses Next', {
    do: 'submit',
    fill: {
      'I am the': 'Executive',
      'The other person': ANA,
      'Your shared channel': CHANNEL,
      'The EA works': 'Through an agency',
      'Hours agreed per month': '80',
    },
  });
  await act(DANA, 'wants Ana to work until 18:00 and presses Propose', {
    do: 'submit',
    fill: { 'EA: work ends at': '18:00' },
  });
  await act(DANA, 'closes the form', { do: 'close', all: true });
  await act(ANA, 'would rather stop at 17:00', { do: 'click', click: 'Propose a change' });
  await act(ANA, 'changes it and presses Propose', {
    do: 'submit',
    fill: { 'EA: work ends at': '17:00' },
  });
  await act(ANA, 'closes the form', { do: 'close', all: true });
  await act(DANA, 'agrees', { do: 'click', click: 'Accept' });
  const agreement = read(ANA, CHANNEL).find((one) => one.text.includes('Working agreement'));
  expect('the second version is in force', agreement?.text.includes('Version 2.') === true);
}

async function playMonday(script: Script, { monday, friday }: Week): Promise<void> {
  const { act, until, tell, expect } = script;
  await until(monday, '09:00', MANILA);
  await checkIn(script, ANA, {
    'What got done?': 'Read the handover. Access to calendar and travel works.',
    'What is planned today?': 'Inbox rules, travel to London.',
    'Decisions needed from the executive': 'Aisle or window?',
  });
  tell('Ana adds the public holidays of the Philippines.');
  await act(ANA, 'types /ea-away holidays', {
    do: 'command',
    command: '/ea-away holidays',
    in: CHANNEL,
  });
  await act(ANA, 'chooses her country, and adds the fiesta of her town on Friday', {
    do: 'submit',
    fill: { Country: 'Philippines', 'Add a day off': friday, 'Its name': 'Town fiesta' },
  });
  await act(ANA, 'closes the form', { do: 'close', all: true });
  await until(monday, '09:02', NEW_YORK);
  await act(DANA, 'answers what Ana needs decided', { do: 'click', click: '1. Aisle' });
  await checkIn(script, DANA, {
    'Top priorities today': 'Investor update.',
    'Decisions made': 'Aisle, always.',
  });
  await act(DANA, 'types /ea-remind @Ana to book the car on Tuesday at 21:00', {
    do: 'command',
    command: '/ea-remind @Ana to book the car on Tuesday at 21:00',
    in: CHANNEL,
  });
  await act(DANA, 'reads how it was understood, in both zones, and saves', {
    do: 'submit',
    fill: { Options: ['Tell me when it is done'] },
  });
  await act(DANA, 'closes the form', { do: 'close', all: true });
  expect('both checked in on Monday', countCards(script) === 2);
}

async function playTuesday(script: Script, { tuesday }: Week): Promise<void> {
  const { act, until, expect, read } = script;
  await until(tuesday, '09:00', MANILA);
  await act(ANA, 'is on the phone and presses Snooze', { do: 'click', click: 'Snooze' });
  await act(ANA, 'chooses an hour', { do: 'submit', fill: { 'Ask me again': 'In 1 hour' } });
  await until(tuesday, '10:01', MANILA);
  await checkIn(script, ANA, {
    'What got done?': 'London is booked.',
    'What is planned today?': 'Expenses for February.',
  });
  await act(ANA, 'forgot something and opens it again', {
    do: 'command',
    command: '/ea-checkin',
    in: CHANNEL,
  });
  await act(ANA, 'adds it and saves', {
    do: 'submit',
    fill: { 'What is blocked?': 'The hotel needs a card. Please do not ping <!channel> for it.' },
  });
  const card = read(DANA, CHANNEL).find((one) => one.text.includes('London is booked.'));
  expect('the card was edited in place', card?.text.includes('edited') === true);
  expect('what Ana typed pings nobody', card?.text.includes('<!channel>') === true);
  await until(tuesday, '09:00', NEW_YORK);
  await checkIn(script, DANA, { 'Top priorities today': 'Board deck.' });
  await act(DANA, 'plans a day off: /ea-away Thursday', {
    do: 'command',
    command: '/ea-away Thursday',
    in: CHANNEL,
  });
  await act(DANA, 'saves it', { do: 'submit', fill: { Reason: 'School play' } });
  expect('both checked in on Tuesday', countCards(script) === 4);
}

async function playWednesday(script: Script, { wednesday }: Week): Promise<void> {
  const { act, until, tell, expect, read } = script;
  await until(wednesday, '10:00', MANILA);
  await act(ANA, 'has booked the car and presses Done', { do: 'click', click: 'Done' });
  tell('Ana has a long day and does not check in.');
  await until(wednesday, '18:00', MANILA);
  const label = DateTime.fromISO(wednesday).setLocale('en').toFormat('ccc d LLL yyyy');
  const asked = read(ANA, 'DM').filter((one) => one.text.includes(label));
  expect('she was asked once and reminded twice, no more', asked.length === 3);
  expect(
    'she can still send it',
    asked.some((one) => one.text.includes('You can still send it')),
  );
  await until(wednesday, '09:00', NEW_YORK);
  await checkIn(script, DANA, { 'Top priorities today': 'Calls all day.' });
}

async function playThursday(script: Script, { thursday, friday }: Week): Promise<void> {
  const { act, until, tell, expect, read } = script;
  tell('Thursday: Dana is away, so she is not asked.');
  await until(thursday, '09:00', MANILA);
  const before = read(DANA, 'DM').length;
  await act(ANA, 'has nothing new and presses Nothing changed', {
    do: 'click',
    click: 'Nothing changed',
  });
  await until(friday, '09:00', MANILA);
  const during = read(DANA, 'DM')
    .slice(before)
    .filter((one) => one.text.includes('Time for your check-in'));
  expect('Dana was left alone on her day off', during.length === 0);
}

async function playFriday(script: Script, { friday }: Week): Promise<void> {
  const { act, until, tell, expect, read } = script;
  tell('Friday is a holiday where Ana lives, so she is not asked.');
  await until(friday, '17:00', MANILA);
  const label = DateTime.fromISO(friday).setLocale('en').toFormat('ccc d LLL yyyy');
  expect(
    'Ana was left alone on the holiday',
    !read(ANA, 'DM').some((one) => one.text.includes(label)),
  );
  await until(friday, '09:00', NEW_YORK);
  await checkIn(script, DANA, { 'Top priorities today': 'Week review.' });
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

async function playNextMonday(script: Script, { nextMonday }: Week): Promise<void> {
  const { until, tell, expect, read, sandbox } = script;
  tell('A new week begins.');
  await until(nextMonday, '09:00', LISBON);
  const lisbon = DateTime.fromISO(`${nextMonday}T09:00`, { zone: LISBON });
  const prompt = read(ANA, 'DM').findLast((one) => one.text.includes('Time for your check-in'));
  expect('Ana is asked at 09:00 in Lisbon', isAround(prompt?.at, lisbon));
  await until(nextMonday, '09:00', NEW_YORK);
  const newYork = DateTime.fromISO(`${nextMonday}T09:00`, { zone: NEW_YORK });
  const asked = read(DANA, 'DM').findLast((one) => one.text.includes('Time for your check-in'));
  expect(
    'Dana is asked at 09:00 in New York, whatever the clocks did',
    isAround(asked?.at, newYork),
  );
  expect('nothing is left to do now', sandbox.now() >= newYork);
}

async function checkIn(
  script: Script,
  who: string,
  answers: Record<string, string>,
): Promise<void> {
  await script.act(who, 'presses Start check-in', { do: 'click', click: 'Start check-in' });
  await script.act(who, 'writes a check-in and presses Submit', { do: 'submit', fill: answers });
}

function countCards({ read }: Script): number {
  return read(DANA, CHANNEL).filter((one) => one.text.startsWith('Check-in by')).length;
}

/** Within the minute that Slack's own limits may cost. */
function isAround(at: string | undefined, expected: DateTime): boolean {
  if (at === undefined) return false;
  return Math.abs(DateTime.fromISO(at).diff(expected).as('seconds')) <= 60;
}

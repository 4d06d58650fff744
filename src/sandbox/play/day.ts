import { DateTime } from 'luxon';
import { PAIR_CHANNEL, PEOPLE, ZONES } from './demo.ts';
import type { Script } from './script.ts';

const { executive: DANA, ea: ANA } = PEOPLE;
const { executive: NEW_YORK, ea: MANILA } = ZONES;
const EVERY_DAY = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const CHANNEL = `#${PAIR_CHANNEL}`;

/** When the play begins: early on that day in Manila, the evening before in New York. */
export function startOfDay(on: string): DateTime {
  return DateTime.fromISO(`${on}T07:30`, { zone: MANILA });
}

/** One local day of both people: set-up, prompt, check-in, edit; then the executive's. */
export async function playDay(script: Script, on: string): Promise<void> {
  const { act, read, readHome, tell, until, expect } = script;
  const next = DateTime.fromISO(on).plus({ days: 1 }).toISODate() ?? on;

  tell('Dana sets Tandem up, for every day of the week.');
  await act(DANA, 'types /ea-setup and fills in who and where', {
    do: 'command',
    command: '/ea-setup',
    in: CHANNEL,
  });
  await act(DANA, 'presses Next', {
    do: 'submit',
    fill: { 'I am the': 'Executive', 'The other person': ANA, 'Your shared channel': CHANNEL },
  });
  await act(DANA, 'keeps nine to five for both, adds the weekend, presses Propose', {
    do: 'submit',
    fill: {
      'Executive: working days': EVERY_DAY,
      'Executive: check-in days': EVERY_DAY,
      'EA: working days': EVERY_DAY,
      'EA: check-in days': EVERY_DAY,
    },
  });
  await act(DANA, 'closes the form', { do: 'close', all: true });

  await until(on, '08:30', MANILA);
  await act(ANA, 'starts her day and opens Home', { do: 'open_home' });
  expect('Home says what waits for Ana', readHome(ANA).includes('Waiting for you (1)'));
  await act(ANA, 'presses Accept there', { do: 'click', click: 'Accept', in: { home: true } });
  expect('Home says when Ana is asked next', readHome(ANA).includes('Your next check-in with'));
  await act(ANA, 'goes back to her messages', { do: 'open', channel: '@Tandem' });
  expect(
    'the agreement stands in the channel',
    read(ANA, CHANNEL).some((one) => one.text.includes('Working agreement')),
  );

  await until(on, '09:00', MANILA);
  expect('Ana is asked once at 09:00 in Manila', countPrompts(script, ANA, at(on, MANILA)) === 1);
  await act(ANA, 'presses Start check-in', { do: 'click', click: 'Start check-in' });
  const empty = await act(ANA, 'presses Submit with nothing filled in', { do: 'submit' });
  expect('an empty check-in is not taken', Object.keys(empty.modal?.errors ?? {}).length > 0);
  await act(ANA, 'writes her check-in and presses Submit', {
    do: 'submit',
    fill: {
      'What got done?': 'Moved the board call to Thursday. Booked the flights <LHR → JFK>.',
      'What is planned today?': 'Expense report for February, travel folder.',
      'What is blocked?': 'The hotel needs a card. Please do not ping <!channel> for it :)',
      'Decisions needed from the executive': 'Aisle seat or window?',
      Workload: '3 - about right',
    },
  });
  const card = () => read(DANA, CHANNEL).find((one) => one.text.startsWith('Check-in by'));
  expect(
    'Dana can read it in the channel',
    card()?.text.includes('Aisle seat or window?') === true,
  );
  expect('what Ana typed pings nobody', card()?.text.includes('<!channel>') === true);
  expect('her workload stays between the two', card()?.text.includes('about right') === false);
  await act(ANA, 'opens it again with /ea-checkin', {
    do: 'command',
    command: '/ea-checkin',
    in: CHANNEL,
  });
  await act(ANA, 'adds a line and saves', {
    do: 'submit',
    fill: { 'What is planned today?': 'Expense report for February, travel folder, visa form.' },
  });
  expect('the card is the same one, marked as edited', card()?.text.includes('edited') === true);

  await planLeaveInHome(script, DateTime.fromISO(on).plus({ days: 7 }).toISODate() ?? on);

  await until(on, '09:02', NEW_YORK);
  expect(
    'Dana is asked once at 09:00 in New York',
    countPrompts(script, DANA, at(on, NEW_YORK)) === 1,
  );
  await act(DANA, 'answers what Ana needs decided', { do: 'click', click: '1. Aisle seat' });
  await act(DANA, 'presses Snooze', { do: 'click', click: 'Snooze' });
  await act(DANA, 'chooses 20 minutes', {
    do: 'submit',
    fill: { 'Ask me again': 'In 20 minutes' },
  });
  await until(on, '09:22', NEW_YORK);
  await act(DANA, 'presses Start check-in', { do: 'click', click: 'Start check-in' });
  await act(DANA, 'writes her check-in', {
    do: 'submit',
    fill: {
      'Top priorities today': 'Investor update, then the board deck.',
      'Schedule changes': 'Flying to London tonight.',
      'Decisions made': 'Aisle, always.',
    },
  });
  await act(ANA, 'reads the history', {
    do: 'command',
    command: '/ea-checkin history',
    in: CHANNEL,
  });
  await act(ANA, 'closes it', { do: 'close', all: true });

  await until(next, '09:02', MANILA);
  expect(
    'Ana is asked again the next morning at 09:00',
    countPrompts(script, ANA, at(next, MANILA)) === 1,
  );
  expect(
    'and hears what Dana decided',
    read(ANA, 'DM').some((one) => one.text.includes('answered a question of yours')),
  );
  await until(next, '09:00', NEW_YORK);
  expect(
    'Dana is asked again the next morning at 09:00',
    countPrompts(script, DANA, at(next, NEW_YORK)) === 1,
  );
  await act(DANA, 'presses Skip today', { do: 'click', click: 'Skip today' });
  await act(DANA, 'gives a reason', { do: 'submit', fill: { Reason: 'In the air all day' } });
}

async function planLeaveInHome({ act, readHome, expect }: Script, on: string): Promise<void> {
  await act(ANA, 'looks at Home again', { do: 'open_home' });
  await act(ANA, 'presses Plan leave', { do: 'click', click: 'Plan leave', in: { home: true } });
  await act(ANA, 'chooses a day of next week', {
    do: 'submit',
    fill: { 'First day': on, 'Last day': on },
  });
  expect('Home shows the day off', readHome(ANA).includes('Holiday or vacation'));
  await act(ANA, 'goes back to her messages', { do: 'open', channel: '@Tandem' });
}

function at(on: string, zone: string): DateTime {
  return DateTime.fromISO(`${on}T09:00`, { zone });
}

/** Prompts that reached a person in the ten minutes from `from`. */
function countPrompts(script: Script, who: string, from: DateTime): number {
  const times = script
    .read(who, 'DM')
    .filter((one) => one.plainText.includes('check-in') || one.text.includes('check-in'))
    .map((one) => DateTime.fromISO(one.at));
  return times.filter((time) => time >= from && time < from.plus({ minutes: 10 })).length;
}

import type { Script } from '../script.ts';
import {
  checkIn,
  closeForm,
  countCheckIns,
  deliverDuty,
  handOver,
  labelOf,
  taskCard,
  type,
} from './deeds.ts';
import { ANA, CHANNEL, DANA, MANILA, NEW_YORK, type Week } from './people.ts';

export async function playMonday(script: Script, week: Week): Promise<void> {
  await playMorningOfAna(script, week);
  await playMorningOfDana(script, week);
  await playHandingOver(script, week);
}

async function playMorningOfAna(script: Script, { monday, friday }: Week): Promise<void> {
  const { act, until, tell, expect, read } = script;
  await until(monday, '09:00', MANILA);
  await checkIn(script, ANA, {
    'What got done?': 'Read the handover. Access to calendar and travel works.',
    'What is planned today?': 'Inbox rules, travel to London.',
    'Decisions needed from the executive': 'Aisle or window?',
  });
  tell('Ana adds the public holidays of the Philippines.');
  await type(script, ANA, '/ea-away holidays');
  await act(ANA, 'chooses her country, and adds the fiesta of her town on Friday', {
    do: 'submit',
    fill: { Country: 'Philippines', 'Add a day off': friday, 'Its name': 'Town fiesta' },
  });
  await closeForm(script, ANA);
  await until(monday, '09:31', MANILA);
  const duty = read(ANA, 'DM').find((one) =>
    one.text.includes(`of your charter for ${labelOf(monday)}`),
  );
  expect('the duty of the charter is a task now', duty?.text.includes('Plan the travel') === true);
  await deliverDuty(script, { who: ANA, on: monday, words: 'has done the duty of the day' });
}

async function playMorningOfDana(script: Script, { monday }: Week): Promise<void> {
  const { act, until, expect } = script;
  await until(monday, '09:02', NEW_YORK);
  await act(DANA, 'answers what Ana needs decided', { do: 'click', click: '1. Aisle' });
  await checkIn(script, DANA, {
    'Top priorities today': 'Investor update.',
    'Decisions made': 'Aisle, always.',
  });
  await type(script, DANA, '/ea-remind @Ana to book the car on Tuesday at 21:00');
  await act(DANA, 'reads how it was understood, in both zones, and saves', {
    do: 'submit',
    fill: { Options: ['Tell me when it is done'] },
  });
  await closeForm(script, DANA);
  expect('both checked in on Monday', countCheckIns(script) === 2);
}

async function playHandingOver(script: Script, { thursday }: Week): Promise<void> {
  const { act, tell, expect } = script;
  tell('Dana hands work over: by a command, from a message, and against her own rule.');
  await type(script, DANA, '/ea-delegate Book the flights to London');
  await handOver(script, 'says when it is done and when it is due', {
    'When is it done?': 'Booked on the aisle, receipts in the folder',
    'Due on': thursday,
    'Due at': '16:00',
    'On whose clock?': 'Ana Reyes’s clock (Manila)',
    Priority: '2 - High',
    Estimate: '1h 30m',
  });
  const flights = taskCard(script, 'Book the flights');
  expect(
    'its card waits for Ana',
    flights?.text.includes('waits for Ana Reyes to accept') === true,
  );

  const said = 'Please find a room for the offsite';
  await act(DANA, `writes "${said}" in ${CHANNEL}`, { do: 'message', in: CHANNEL, text: said });
  await act(DANA, 'chooses Delegate this from the menu of that message', {
    do: 'shortcut',
    shortcut: 'Delegate this',
    on: { channel: CHANNEL, text: said },
  });
  await handOver(script, 'presses Hand over', {
    'How free is the EA?': 'Propose first, then do it',
    Category: 'Purchases',
    Estimate: '3 h',
  });
  const offsite = taskCard(script, said)?.text;
  expect('the card links to the message', offsite?.includes('Message') === true);
  expect('and says what may be spent', offsite?.includes('spends at most 200 USD') === true);

  await type(script, DANA, '/ea-delegate Pay the invoice of the caterer');
  const asked = await act(DANA, 'puts it under Finance', {
    do: 'submit',
    fill: { Category: 'Finance' },
  });
  expect(
    'Tandem asks for a second thought',
    asked.modal?.text.includes('Finance is in the zone “Never') === true,
  );
  await act(DANA, 'hands it over all the same, this once', { do: 'submit' });
  await closeForm(script, DANA);
  const invoice = taskCard(script, 'Pay the invoice');
  expect('the card shows its zone', invoice?.text.includes('Zone: Never') === true);
}

import type { Script } from '../script.ts';
import { closeForm, deliverDuty, onCard, taskNumber, type } from './deeds.ts';
import { ANA, DANA, MANILA, type Week } from './people.ts';

export async function playThursday(script: Script, week: Week): Promise<void> {
  const { thursday, friday } = week;
  const { until, tell, expect, read } = script;
  tell('Thursday: Dana is away, so she is not asked.');
  await until(thursday, '09:02', MANILA);
  const before = read(DANA, 'DM').length;
  await playMorningOfAna(script);
  await until(thursday, '11:01', MANILA);
  await playDuty(script, week);
  await until(thursday, '14:00', MANILA);
  await lookUpLimit(script);
  for (const press of ['Accept', 'Deliver'])
    await onCard(script, ANA, {
      words: press === 'Accept' ? 'accepts the data room' : 'delivers it the same day',
      title: 'Prepare the data room',
      press,
    });
  await logHours(script, week);
  await until(friday, '09:00', MANILA);
  const during = read(DANA, 'DM')
    .slice(before)
    .filter((one) => one.text.includes('Time for your check-in'));
  expect('Dana was left alone on her day off', during.length === 0);
}

async function playMorningOfAna(script: Script): Promise<void> {
  await script.act(ANA, 'has nothing new and presses Nothing changed', {
    do: 'click',
    click: 'Nothing changed',
  });
  await onCard(script, ANA, {
    words: 'adds the receipts and delivers the flights again',
    title: 'Book the flights',
    press: 'Deliver',
  });
}

/** It is Thursday for Dana too by now. */
async function lookUpLimit(script: Script): Promise<void> {
  const { expect } = script;
  const task = await type(
    script,
    ANA,
    `/ea-tasks ${taskNumber(script, 'find a room')}`,
    'looks what she may spend on the room',
  );
  expect(
    'the rule for the absence of Dana counts by itself',
    task.modal?.text.includes('spends at most 500 USD (while Dana Whitfield is away)') === true,
  );
  await closeForm(script, ANA);
}

async function playDuty(script: Script, { thursday }: Week): Promise<void> {
  const { expect, read } = script;
  expect(
    'the duty of the holiday comes on the working day before',
    read(ANA, 'DM').some((one) => one.text.includes('Expense report')),
  );
  await deliverDuty(script, { who: ANA, on: thursday, words: 'has written the report' });
}

/** Three quarters of the hours of the month. */
async function logHours(script: Script, { tuesday, thursday }: Week): Promise<void> {
  const { act, tell, expect, read } = script;
  tell('Ana writes down the time that she wants counted.');
  const shown = await type(script, ANA, '/ea-workload');
  expect('how clearly Dana hands over is not for Ana', !shown.modal?.text.includes('hand over'));
  for (const [title, time, on] of [
    ['Prepare the data room', '7 h', thursday],
    ['Book the flights', '8 h', tuesday],
  ] as const) {
    await act(ANA, `logs ${time}`, { do: 'click', click: 'Log time' });
    const number = taskNumber(script, title);
    const task = title === 'Book the flights' ? `${title} to London` : title;
    await act(ANA, 'says for what', {
      do: 'submit',
      fill: { Task: `#${number} ${task}`, 'How long?': time, 'On which day?': on },
    });
  }
  await closeForm(script, ANA);
  expect(
    'Ana hears that three quarters of the hours are used',
    read(ANA, 'DM').some((one) => one.text.includes('75 % of the hours of this month')),
  );
}

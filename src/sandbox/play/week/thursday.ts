import type { Script } from '../script.ts';
import { deliverDuty, onCard } from './deeds.ts';
import { ANA, DANA, MANILA, type Week } from './people.ts';

export async function playThursday(script: Script, { thursday, friday }: Week): Promise<void> {
  const { act, until, tell, expect, read } = script;
  tell('Thursday: Dana is away, so she is not asked.');
  await until(thursday, '09:02', MANILA);
  const before = read(DANA, 'DM').length;
  await act(ANA, 'has nothing new and presses Nothing changed', {
    do: 'click',
    click: 'Nothing changed',
  });
  await onCard(script, ANA, {
    words: 'adds the receipts and delivers the flights again',
    title: 'Book the flights',
    press: 'Deliver',
  });
  await until(thursday, '11:01', MANILA);
  expect(
    'the duty of the holiday comes on the working day before',
    read(ANA, 'DM').some((one) => one.text.includes('Expense report')),
  );
  await deliverDuty(script, { who: ANA, on: thursday, words: 'has written the report' });
  for (const press of ['Accept', 'Deliver'])
    await onCard(script, ANA, {
      words: press === 'Accept' ? 'accepts the data room' : 'delivers it the same day',
      title: 'Prepare the data room',
      press,
    });
  await until(friday, '09:00', MANILA);
  const during = read(DANA, 'DM')
    .slice(before)
    .filter((one) => one.text.includes('Time for your check-in'));
  expect('Dana was left alone on her day off', during.length === 0);
}

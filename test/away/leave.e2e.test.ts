import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MANILA, openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
});
afterAll(async () => {
  await stage.close();
});

const texts = (who: string) => stage.read(who, 'DM').map((one) => one.text);
const asked = (who: string) => texts(who).filter((one) => one.includes('Time for your check-in'));
const command = (who: string, words: string) =>
  stage.act(who, { do: 'command', command: `/ea-away ${words}`.trim(), in: PAIR });

test('/ea-away help says what can be done', async () => {
  await command('Ana', 'help');
  expect(stage.read('Ana', PAIR).at(-1)?.text).toContain('/ea-away 24 Dec to 2 Jan');
});

test('dates in words fill the form, and it says how they were read in both zones', async () => {
  const opened = await command('Ana', 'sick thursday afternoon to friday dentist');
  const text = opened.modal?.text ?? '';
  expect(text).toContain('as Thu 5 Mar 2026 (from midday) to Fri 6 Mar 2026');
  expect(text).toContain(
    'With Dana Whitfield in New York: from Thu 5 Mar, 13:00 GMT+8 (Manila) / 00:00 EST (New York)',
  );
  const inputs = JSON.stringify(opened.modal?.inputs);
  expect(inputs).toContain('Sick leave');
  expect(inputs).toContain('dentist');
});

test('what is not right is said at its field and nothing typed is lost', async () => {
  const reversed = await stage.act('Ana', { do: 'submit', fill: { 'Last day': '2026-03-04' } });
  expect(reversed.modal?.errors).toEqual({
    'Last day': 'The last day, Wed 4 Mar 2026, is before the first day, Thu 5 Mar 2026.',
  });
  const self = await stage.act('Ana', {
    do: 'submit',
    fill: { 'Last day': '2026-03-06', 'Who stands in for you': 'Ana' },
  });
  expect(self.modal?.errors).toEqual({
    'Who stands in for you': 'You cannot stand in for yourself. Choose somebody else.',
  });
  expect(JSON.stringify(self.modal?.inputs)).toContain('dentist');
});

test('saved leave is confirmed to the person and told once to the partner, each in both zones', async () => {
  await stage.act('Ana', {
    do: 'submit',
    fill: { 'Who stands in for you': 'Marta', Reason: 'Dentist <!channel>' },
  });
  expect(stage.person('Ana').modals).toEqual([]);
  const mine = texts('Ana').at(-1) ?? '';
  expect(mine).toContain('You will be away: Thu 5 Mar 2026 (from midday) to Fri 6 Mar 2026.');
  expect(mine).toContain('Stands in: @Marta');
  const theirs = texts('Dana').filter((one) => one.includes('will be away'));
  expect(theirs).toHaveLength(1);
  expect(theirs[0]).toContain('@Ana will be away');
  expect(theirs[0]).toContain('Reason: Dentist <!channel>');
  expect(theirs[0]).toContain('00:00 EST (New York) / 13:00 GMT+8 (Manila)');
});

test('nobody is asked on the days off, and the morning before counts as work', async () => {
  await stage.until('2026-03-05', '12:59', MANILA);
  expect(asked('Ana').at(-1)).toContain('Thu 5 Mar 2026');
  await stage.until('2026-03-06', '23:00', MANILA);
  expect(asked('Ana').filter((one) => one.includes('Fri 6 Mar'))).toEqual([]);
});

test('leave for today excuses what was asked already, and the prompt says so', async () => {
  await stage.until('2026-03-09', '09:00', MANILA);
  expect(asked('Ana').at(-1)).toContain('Mon 9 Mar 2026');
  await command('Ana', 'sick today');
  await stage.act('Ana', { do: 'submit' });
  expect(asked('Ana').filter((one) => one.includes('Mon 9 Mar'))).toEqual([]);
  expect(texts('Ana').find((one) => one.includes('Check-in for Mon 9 Mar 2026'))).toMatch(
    /excused|away/i,
  );
});

test('cancelling tells the partner in the same message, and the next check-in comes as usual', async () => {
  const opened = await command('Ana', '');
  expect(opened.modal?.title).toBe('Away');
  await stage.act('Ana', { do: 'click', click: 'Cancel leave', confirm: true });
  expect(stage.person('Ana').modals.at(-1)?.text).toContain('No leave planned.');
  await stage.act('Ana', { do: 'close', all: true });
  const told = texts('Dana').filter((one) => one.includes('Mon 9 Mar 2026'));
  expect(told).toEqual(['@Ana will not be away after all: the leave Mon 9 Mar 2026 is cancelled.']);
  await stage.until('2026-03-10', '09:00', MANILA);
  expect(asked('Ana').at(-1)).toContain('Tue 10 Mar 2026');
});

test('days that touch leave that is planned change that leave instead of doubling it', async () => {
  await command('Dana', '23 march to 25 march');
  await stage.act('Dana', { do: 'submit' });
  await command('Dana', '25 march to 27 march');
  const offered = await stage.act('Dana', { do: 'submit' });
  expect(offered.modal?.title).toBe('Change leave');
  expect(offered.modal?.text).toContain(
    'You already have leave in this time: Mon 23 Mar 2026 to Wed 25 Mar 2026',
  );
  await stage.act('Dana', { do: 'submit' });
  const told = texts('Ana').filter((one) => one.includes('@Dana will be away'));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('Wed 25 Mar 2026 to Fri 27 Mar 2026');
  expect(told[0]).toContain('changed');
});

test('leave entered the day after excuses what was missed, for both to see', async () => {
  await stage.until('2026-03-11', '08:00', MANILA);
  const notice = () =>
    texts('Dana').filter((one) => one.includes('check-in of @Ana for Tue 10 Mar'));
  expect(notice()).toEqual([expect.stringContaining('has not come yet')]);
  await command('Ana', 'sick today');
  await stage.act('Ana', { do: 'submit', fill: { 'First day': '2026-03-10' } });
  expect(stage.person('Ana').modals).toEqual([]);
  expect(notice()).toEqual([
    'The check-in of @Ana for Tue 10 Mar 2026 is excused: the day was off.',
  ]);
});

test('words that are no date open the form with a sentence', async () => {
  for (const [words, said] of [
    ['nonsense', 'I could not read “nonsense” as a date.'],
    ['31 feb', 'There is no 31 February 2026: that month has 28 days.'],
    ['yesterday', 'These days are over'],
    ['<!channel>', 'I could not read “<!channel>” as a date.'],
  ]) {
    const opened = await command('Dana', words ?? '');
    expect(opened.modal?.text).toContain(said);
    await stage.act('Dana', { do: 'close', all: true });
  }
});

test('somebody in no pair is told how to begin', async () => {
  await stage.act('Marta', { do: 'command', command: '/ea-away tomorrow' });
  const said = stage
    .person('Marta')
    .channels.flatMap((one) => one.messages)
    .at(-1);
  expect(said?.text).toContain('Type /ea-setup to begin');
});

test('a day that is misspelt is named and asked for; no other day takes its place', async () => {
  for (const typed of ['fryday', 'monday to wensday']) {
    const command = `/ea-away ${typed}`;
    const { modal } = await stage.act('Ana', { do: 'command', command, in: PAIR });
    expect(modal?.text).toMatch(
      /I did not understand “(fryday|wensday)”. Did you mean “(Friday|Wednesday)”/,
    );
    expect(modal?.inputs.find((one) => one.label === 'First day')?.value).toMatchObject({
      selected_date: null,
    });
    const { modal: still } = await stage.act('Ana', { do: 'submit' });
    expect(Object.keys(still?.errors ?? {})).toContain('First day');
    await stage.act('Ana', { do: 'close', all: true });
  }
});

test('Slack took everything that Tandem sent', () => {
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
});

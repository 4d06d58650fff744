import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MANILA, NEW_YORK, openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';

// One week of one pair, in order: Ana in Manila is asked at 09:00, Dana in New York hears of it in her own hours.
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
}, 60_000);
afterAll(() => stage.close());

const texts = (who: string) => stage.read(who, 'DM').map((one) => one.text);
const matching = (who: string, ...words: string[]) =>
  texts(who).filter((text) => words.every((one) => text.includes(one)));
const click = (who: string, label: string) => stage.act(who, { do: 'click', click: label });
const lastInChannel = (words: string) =>
  stage
    .read('Ana', PAIR)
    .map((one) => JSON.stringify(one))
    .findLast((one) => one.includes(words)) ?? '';

async function answer(who: string, done: string): Promise<void> {
  const fill = { 'What got done?': done, 'What is planned today?': 'Travel' };
  await stage.act(who, { do: 'submit', fill });
}

test('who does not answer is reminded at half and at four fifths of their working day, and then left alone', async () => {
  await stage.until('2026-03-03', '12:59', MANILA);
  expect(matching('Ana', 'Time for your check-in')).toHaveLength(1);
  expect(matching('Ana', 'still open')).toHaveLength(0);
  await stage.until('2026-03-03', '13:00', MANILA);
  expect(matching('Ana', 'still open')).toHaveLength(1);
  await stage.until('2026-03-03', '15:23', MANILA);
  expect(matching('Ana', 'still open')).toHaveLength(1);
  await stage.until('2026-03-03', '17:14', MANILA);
  expect(matching('Ana', 'still open')).toHaveLength(2);
  await stage.until('2026-03-03', '17:15', MANILA);
  expect(matching('Ana', 'The time for your check-in of Tue 3 Mar 2026 is over')).toHaveLength(1);
});

test('the other side hears of it once, in their own morning', async () => {
  await stage.until('2026-03-03', '08:59', NEW_YORK);
  expect(matching('Dana', 'has not come yet')).toHaveLength(0);
  await stage.until('2026-03-03', '09:01', NEW_YORK);
  expect(matching('Dana', 'has not come yet')).toHaveLength(1);
});

test('a late answer corrects that notice in place and takes the buttons off the reminders', async () => {
  await click('Ana', 'Check in now');
  await answer('Ana', 'Flights booked');
  await stage.until('2026-03-03', '09:05', NEW_YORK);
  expect(matching('Dana', 'has not come yet')).toHaveLength(0);
  expect(matching('Dana', 'Tue 3 Mar 2026', 'came late')).toHaveLength(1);
  expect(matching('Ana', 'Tue 3 Mar 2026', 'sent')).toHaveLength(1);
  expect(matching('Ana', 'Tue 3 Mar 2026', 'no longer needed')).toHaveLength(2);
});

test('nothing changed sends the last entry again in one click, marked as such', async () => {
  await stage.until('2026-03-04', '09:01', MANILA);
  await click('Ana', 'Nothing changed');
  expect(lastInChannel('Wed 4 Mar 2026')).toContain('Nothing changed since Tue 3 Mar 2026');
  expect(lastInChannel('Wed 4 Mar 2026')).toContain('Flights booked');
});

test('an edit takes the mark off', async () => {
  await click('Ana', 'Edit check-in');
  await answer('Ana', 'Hotel booked');
  expect(lastInChannel('Wed 4 Mar 2026')).toContain('Hotel booked');
  expect(lastInChannel('Wed 4 Mar 2026')).not.toContain('Nothing changed since');
});

test('who has answered is not reminded, and nobody is told', async () => {
  await stage.until('2026-03-04', '09:05', NEW_YORK);
  expect(matching('Ana', 'still open')).toHaveLength(0);
  expect(matching('Dana', 'Wed 4 Mar 2026', 'has not come yet')).toHaveLength(0);
});

test('a picked day without a time is refused at its field, and a picked time is kept', async () => {
  await stage.until('2026-03-05', '09:01', MANILA);
  await click('Ana', 'Snooze');
  const fill = { 'Ask me again': 'At the time below', Day: '2026-03-05' };
  const refused = await stage.act('Ana', { do: 'submit', fill });
  expect(refused.modal?.errors).toEqual({ 'Time in Manila': 'Choose a time for this day.' });
  const past = await stage.act('Ana', { do: 'submit', fill: { 'Time in Manila': '08:00' } });
  expect(Object.values(past.modal?.errors ?? {})).toEqual([
    'That time has passed. Choose a later one.',
  ]);
  await stage.act('Ana', { do: 'submit', fill: { 'Time in Manila': '11:40' } });
  await stage.until('2026-03-05', '11:39', MANILA);
  expect(matching('Ana', 'Time for your check-in', 'Thu 5 Mar 2026')).toHaveLength(0);
  await stage.until('2026-03-05', '11:40', MANILA);
  expect(matching('Ana', 'Time for your check-in', 'Thu 5 Mar 2026')).toHaveLength(1);
});

test('a snooze that would end after work waits for the next work start; the series goes on as planned', async () => {
  await stage.until('2026-03-05', '14:30', MANILA);
  await click('Ana', 'Snooze');
  await stage.act('Ana', { do: 'submit', fill: { 'Ask me again': 'In 3 hours' } });
  await stage.until('2026-03-06', '08:59', MANILA);
  expect(matching('Ana', 'Time for your check-in')).toHaveLength(0);
  await stage.until('2026-03-06', '09:01', MANILA);
  expect(matching('Ana', 'Time for your check-in', 'Thu 5 Mar 2026')).toHaveLength(1);
  expect(matching('Ana', 'Time for your check-in', 'Fri 6 Mar 2026')).toHaveLength(1);
});

test('a skipped check-in is neither asked again nor told to the other side', async () => {
  await click('Ana', 'Skip today');
  await stage.act('Ana', { do: 'submit', fill: { Reason: 'In the air' } });
  expect(matching('Ana', 'skipped. Reason: In the air')).toHaveLength(1);
  const skipped = matching('Ana', 'skipped')[0]?.includes('Fri 6') ? 'Fri 6 Mar' : 'Thu 5 Mar';
  await stage.until('2026-03-06', '09:05', NEW_YORK);
  expect(matching('Ana', 'still open', skipped)).toHaveLength(0);
  expect(matching('Dana', 'has not come yet', skipped)).toHaveLength(0);
});

test('settings show the next times on both clocks, and both see what was changed', async () => {
  await stage.act('Ana', { do: 'command', command: '/ea-checkin settings', in: PAIR });
  const opened = stage.person('Ana').modals.at(-1)?.text ?? '';
  expect(opened).toContain('every weekday at 09:00. The next ones:');
  expect(opened).toContain('Mon 9 Mar, 09:00 GMT+8 (Manila) / Sun 8 Mar, 21:00 EDT (New York)');
  const saved = await stage.act('Ana', {
    do: 'submit',
    fill: { 'How often': 'Every other week, on the days below', 'Days of the week': ['Tuesday'] },
  });
  expect(saved.modal?.text).toContain('every other Tuesday at 09:00');
  expect(saved.modal?.text).toContain('Tue 17 Mar, 09:00 GMT+8 (Manila)');
  expect(saved.modal?.text).toContain('Tue 31 Mar, 09:00 GMT+8 (Manila)');
  expect(lastInChannel('Check-ins of')).toContain('every other Tuesday at 09:00');
  await stage.act('Ana', { do: 'close', all: true });
});

test('a date that is none, a pause in the past and a pattern that never comes are refused at their fields', async () => {
  await stage.act('Ana', { do: 'command', command: '/ea-checkin settings', in: PAIR });
  const submit = async (fill: Record<string, string | string[]>) =>
    (await stage.act('Ana', { do: 'submit', fill })).modal?.errors;
  expect(await submit({ 'Dates to leave out': '2026-02-31' })).toEqual({
    'Dates to leave out': expect.stringContaining('There is no 31 February 2026'),
  });
  expect(await submit({ 'Dates to leave out': '', 'Pause until': '2026-03-01' })).toEqual({
    'Pause until': expect.stringContaining('has passed'),
  });
  const monthly = { 'How often': 'Every month, on the day below', 'Pause until': '2026-03-12' };
  expect(await submit({ ...monthly, 'Day of the month': '32' })).toEqual({
    'Day of the month': 'Write a day of the month, from 1 to 31.',
  });
  const saturdays = {
    'How often': 'Every week, on the days below',
    'Days of the week': ['Saturday'],
  };
  expect(await submit(saturdays)).toEqual({
    'How often': expect.stringContaining('you would never be asked'),
  });
});

test('a pause and skipping the next one hold until the day after them', async () => {
  await stage.act('Ana', {
    do: 'submit',
    fill: {
      'How often': 'As agreed: every weekday at 09:00',
      'Pause until': '2026-03-11',
      'Next time': ['Skip the next check-in'],
    },
  });
  await stage.until('2026-03-12', '08:59', MANILA);
  expect(matching('Ana', 'Time for your check-in')).toHaveLength(0);
  await stage.until('2026-03-12', '09:01', MANILA);
  expect(matching('Ana', 'Time for your check-in', 'Thu 12 Mar 2026')).toHaveLength(1);
});

test('Slack has refused nothing in all that time', () => {
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
});

test('who takes no direct messages any more is reminded in the channel, and only they can answer there', async () => {
  await stage.act('Ana', { do: 'open_home' });
  await stage.act('Ana', { do: 'profile', refusesApps: true });
  await stage.until('2026-03-12', '13:01', MANILA);
  const reminded = () => stage.read('Ana', PAIR).filter((one) => one.text.startsWith('For @Ana'));
  const says = (words: string) =>
    expect.objectContaining({
      text: expect.stringMatching(
        new RegExp(`^For @Ana, whose direct messages I cannot open:\n.*Thu 12 Mar 2026.*${words}`),
      ),
    });
  expect(reminded()).toEqual([says('is still open')]);
  const [{ ts } = { ts: '' }] = reminded();
  const refused = await stage.act('Dana', { do: 'click', click: 'Nothing changed', in: PAIR });
  expect(refused.messages.map((one) => one.text)).toContain(
    'Only Ana Reyes can change this check-in.',
  );
  await stage.act('Ana', { do: 'click', click: 'Nothing changed', in: PAIR });
  expect(reminded()).toEqual([says('no longer needed')]);
  expect(reminded()[0]?.ts).toBe(ts);
  expect(lastInChannel('Check-in by @Ana')).toContain('Thu 12 Mar 2026');
  expect(matching('Dana', 'does not let me send direct messages to @Ana')).toHaveLength(1);
  expect(stage.person('Ana').homes.at(-1)?.text).toContain('What I have for you appears in');
});

test('and is asked in direct messages again once Slack lets them through', async () => {
  await stage.act('Ana', { do: 'profile', refusesApps: false });
  await stage.until('2026-03-13', '09:01', MANILA);
  expect(matching('Ana', 'Time for your check-in', 'Fri 13 Mar 2026')).toHaveLength(1);
  expect(stage.person('Ana').homes.at(-1)?.text).not.toContain('What I have for you appears in');
  expect(new Set(stage.rejected())).toEqual(
    new Set(['chat.postMessage {"ok":false,"error":"cannot_dm_bot"}']),
  );
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MANILA, NEW_YORK, openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';

// Ana works in the evening of Manila, so that she shares an hour with Dana, two once New York is on summer time.
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ startAt: '2026-02-27T10:00' });
  await setUpPair(stage, {
    'EA: work starts at': '14:00',
    'EA: work ends at': '23:00',
    'EA: check-in time': '14:00',
  });
}, 60_000);
afterAll(() => stage.close());

const shown = (who: string, ...words: string[]) =>
  stage
    .read(who, 'DM')
    .map((one) => JSON.stringify(one))
    .filter((text) => words.every((one) => text.includes(one)));

test('shows what both share today, next and on a usual day, on both clocks', async () => {
  const opened = await stage.act('Ana', { do: 'command', command: '/ea-bridge', in: PAIR });
  const { text = '' } = opened.modal ?? {};
  expect(text).toContain('Today: Fri 27 Feb, 22:00 GMT+8 (Manila) / 09:00 EST (New York), for 1 h');
  expect(text).toContain('On a usual day: 1 h, 22:00 to 23:00 Manila / 09:00 to 10:00 New York');
  expect(text).toContain('Your overlap grows 1 h → 2 h on Mon 9 Mar 2026');
  await stage.act('Ana', { do: 'close', all: true });
});

test('with nothing to say, nothing is handed over', async () => {
  await stage.until('2026-02-27', '09:30', NEW_YORK);
  expect(shown('Dana', 'Handoff from')).toEqual([]);
});

test('hands over at the start of work what was done, what is planned and what waits, each once', async () => {
  for (const title of ['Find a room', 'Renew the passport', 'Order the cake']) {
    const command = `/ea-delegate ${title}`;
    await stage.act('Dana', { do: 'command', command, in: PAIR });
    await stage.act('Dana', { do: 'submit' });
    await stage.act('Dana', { do: 'close', all: true });
  }
  await stage.until('2026-03-02', '14:30', MANILA);
  await stage.act('Ana', { do: 'command', command: '/ea-tasks 2', in: PAIR });
  await stage.act('Ana', { do: 'click', click: 'Ask a question…' });
  await stage.act('Ana', { do: 'submit', fill: { 'What do you need to know?': 'Which embassy?' } });
  await stage.act('Ana', { do: 'close', all: true });
  await stage.act('Ana', { do: 'command', command: '/ea-checkin', in: PAIR });
  await stage.act('Ana', {
    do: 'submit',
    fill: {
      'What got done?': 'Moved the board call',
      'What is planned today?': 'The visa forms\nFind a room.',
      'What is blocked?': 'The printer',
      'Decisions needed from the executive': 'Book the car?',
    },
  });
  await stage.until('2026-03-02', '09:00', NEW_YORK);
  expect(shown('Dana', 'Handoff from')).toEqual([]);
  await stage.until('2026-03-02', '09:05', NEW_YORK);
  const [handoff, another] = shown('Dana', 'Handoff from');
  expect(another).toBeUndefined();
  for (const words of ['Moved the board call', 'The visa forms', 'Waits for you', 'Book the car?'])
    expect(handoff).toContain(words);
  expect(handoff).toContain('*Waits for you* (2)');
  expect(handoff).toContain('D1  Book the car?\\n• #2  Renew the passport: a question');
  expect(handoff).toMatch(/\*Waits for <@\w+>\* \(1\)/);
  expect(handoff).toContain('#3  Order the cake: to accept');
  // Once in its blocks, once in its text.
  expect(handoff?.split('Find a room')).toHaveLength(3);
  await stage.until('2026-03-02', '10:30', NEW_YORK);
  await stage.act('Dana', { do: 'click', click: 'Yes' });
  await stage.act('Dana', { do: 'command', command: '/ea-checkin', in: PAIR });
  await stage.act('Dana', { do: 'submit', fill: { 'Top priorities today': 'The board deck' } });
  await stage.until('2026-03-03', '14:05', MANILA);
  const [toAna] = shown('Ana', 'Handoff from');
  expect(toAna).toContain('The board deck');
  expect(toAna).toContain('Decided');
  expect(toAna).toContain('Book the car?: Yes');
  expect(toAna?.split('Book the car?')).toHaveLength(3);
});

test('warns both a week before the clocks change and on the last working day, once each', async () => {
  expect(shown('Dana', 'Within a week, the clocks change')).toHaveLength(1);
  await stage.until('2026-03-05', '20:00', NEW_YORK);
  expect(shown('Dana', 'Within a week, the clocks change')).toHaveLength(1);
  expect(shown('Dana', 'Before your next working day')).toHaveLength(0);
  await stage.until('2026-03-09', '10:00', NEW_YORK);
  for (const who of ['Dana', 'Ana']) {
    expect(shown(who, 'Within a week, the clocks change')).toHaveLength(1);
    const [last, more] = shown(who, 'Before your next working day', 'grows 1 h → 2 h');
    expect(last).toContain('Mon 9 Mar 2026');
    expect(more).toBeUndefined();
  }
});

test('Slack has refused nothing', () => {
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
});

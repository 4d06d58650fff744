import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MANILA, NEW_YORK, openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';

// Ana in Manila asks, Dana in New York answers: each of them in their own working hours.
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ startAt: '2026-03-03T10:00' });
  await setUpPair(stage);
}, 60_000);
afterAll(() => stage.close());

const shown = (who: string, ...words: string[]) =>
  stage
    .read(who, 'DM')
    .map((one) => ({ ...one, text: JSON.stringify(one) }))
    .filter(({ text }) => words.every((one) => text.includes(one)));
const last = (who: string, ...words: string[]) => shown(who, ...words).at(-1)?.text ?? '';
const click = (who: string, label: string) => stage.act(who, { do: 'click', click: label });
const command = (who: string, words: string) =>
  stage.act(who, { do: 'command', command: `/ea-decide ${words}`.trim(), in: PAIR });
const closeAll = (who: string) => stage.act(who, { do: 'close', all: true });
const whispers = (who: string) => stage.read(who, PAIR).map((one) => one.text);

test('a question says on both clocks when it is seen and until when it is answered', async () => {
  await command('Ana', 'Should I book the earlier flight?');
  const asked = await stage.act('Ana', { do: 'submit' });
  expect(asked.modal?.title).toBe('Asked');
  expect(asked.modal?.text).toContain(
    'sees it Tue 3 Mar, 22:01 GMT+8 (Manila) / 09:01 EST (New York)',
  );
  expect(asked.modal?.text).toContain('by Wed 4 Mar, 06:00 GMT+8 (Manila) / Tue 3 Mar, 17:00 EST');
  await closeAll('Ana');
});

test('it waits for the working hours of the executive', async () => {
  await stage.until('2026-03-03', '09:00', NEW_YORK);
  expect(shown('Dana', 'earlier flight')).toHaveLength(0);
  await stage.until('2026-03-03', '09:02', NEW_YORK);
  expect(shown('Dana', 'earlier flight')).toHaveLength(1);
});

test('one tap answers it, and pressing twice changes nothing', async () => {
  await Promise.all([click('Dana', 'Yes'), click('Dana', 'Yes').catch(() => null)]);
  expect(last('Dana', 'earlier flight')).toContain('You answered');
  expect(shown('Ana', 'answered a question of yours')).toHaveLength(0);
});

test('an answer can be changed, and the EA hears the last one when work starts', async () => {
  await click('Dana', 'Change answer');
  await click('Dana', 'No');
  expect(last('Dana', 'earlier flight')).toContain('*No*');
  await stage.until('2026-03-04', '09:00', MANILA);
  expect(shown('Ana', 'answered a question of yours')).toHaveLength(0);
  await stage.until('2026-03-04', '09:02', MANILA);
  expect(shown('Ana', 'answered a question of yours')).toHaveLength(1);
  expect(last('Ana', 'answered a question of yours')).toContain('*No*');
});

test('once it was acted on, it cannot be changed any more', async () => {
  await click('Ana', 'Acted on it');
  expect(last('Ana', 'earlier flight')).toContain('acted on it');
  expect(last('Dana', 'earlier flight')).not.toContain('Change answer');
});

test('both find it by its mark, which no task has', async () => {
  expect(last('Dana', 'earlier flight')).toContain('D1  Should I book the earlier flight?');
  for (const [who, typed] of [
    ['Dana', 'D1'],
    ['Ana', '1'],
  ] as const) {
    const opened = await command(who, typed);
    expect(opened.modal?.title).toBe('Decision D1');
    expect(opened.modal?.text).toContain('earlier flight');
    await click(who, 'All decisions');
    expect(stage.person(who).modals.at(-1)?.title).toBe('Decisions');
    await closeAll(who);
  }
  await command('Dana', 'd9');
  expect(whispers('Dana').at(-1)).toContain('There is no decision D9.');
});

test('Slack has refused nothing', () => {
  expect(whispers('Ana').filter((text) => text.includes('Something broke'))).toEqual([]);
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MANILA, NEW_YORK, openStage, PAIR, type Stage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await type('Dana', '/ea-setup');
  await submit('Dana', {
    'I am the': 'Executive',
    'The other person': 'Ana',
    'Your shared channel': PAIR,
    'Hours agreed per month': '20',
  });
  await submit('Dana');
  await close('Dana');
  await click('Ana', 'Accept');
});
afterAll(() => stage.close());

const type = (who: string, command: string) => stage.act(who, { do: 'command', command, in: PAIR });
const click = (who: string, label: string) => stage.act(who, { do: 'click', click: label });
const submit = (who: string, fill: Record<string, string | string[]> = {}) =>
  stage.act(who, { do: 'submit', fill });
const close = (who: string) => stage.act(who, { do: 'close', all: true });
const asked = () => stage.read('Dana', 'DM').filter((one) => one.text.includes('than fits'));

async function delegate(title: string, estimate: string, priority: string): Promise<void> {
  await type('Dana', `/ea-delegate ${title}`);
  const fill = { 'Due on': '2026-03-06', Priority: priority, Estimate: estimate };
  const shown = await submit('Dana', fill);
  if (shown.modal?.title !== 'Handed over') await submit('Dana');
  if (stage.person('Dana').modals.length > 0) await close('Dana');
}

test('shows an empty week with its figures, and to the executive alone how they hand over', async () => {
  const shown = await type('Dana', '/ea-workload');
  expect(shown.modal?.text).toContain('Green: it fits');
  expect(shown.modal?.text).toContain('0 min of work is due');
  expect(shown.modal?.text).toContain('Not enough data yet');
  expect(shown.modal?.text).toContain('Only you see this part.');
  await close('Dana');
  const seen = await type('Ana', '/ea-workload');
  expect(seen.modal?.text).not.toContain('Only you see this part.');
  await close('Ana');
});

test('above 100 % asks the executive once in their working hours, lowest priority first', async () => {
  await delegate('Write the report', '30 h', '2 - High');
  await delegate('Tidy the archive', '20 h', '4 - Low');
  const shown = await type('Ana', '/ea-workload');
  expect(shown.modal?.text).toContain('Red: more than fits');
  expect(shown.modal?.text).toContain('50 h of work is due');
  await close('Ana');
  await stage.until('2026-03-03', '08:59', NEW_YORK);
  expect(asked()).toEqual([]);
  await stage.until('2026-03-03', '09:05', NEW_YORK);
  const [message, ...more] = asked();
  expect(more).toEqual([]);
  const text = message?.text ?? '';
  expect(text.indexOf('Tidy the archive')).toBeLessThan(text.indexOf('Write the report'));
  await stage.until('2026-03-04', '09:05', NEW_YORK);
  expect(asked()).toHaveLength(1);
});

test('what the executive chooses happens, and the message says so in place', async () => {
  await click('Dana', 'Move a week: task 2');
  expect(asked()[0]?.text).toContain('Moved a week on');
  await click('Dana', 'Keep: task 1');
  expect(asked()[0]?.text).toContain('Stays as it is');
  const shown = await type('Dana', '/ea-workload');
  expect(shown.modal?.text).toContain('30 h of work is due');
  await close('Dana');
});

test('the EA logs time, takes it back, and the executive cannot log for them', async () => {
  await stage.until('2026-03-05', '10:00', MANILA);
  await type('Ana', '/ea-workload');
  await click('Ana', 'Log time');
  const refused = await submit('Ana', {
    Task: '#1 Write the report',
    'How long?': 'ages',
    'On which day?': '2026-03-05',
  });
  expect(JSON.stringify(refused)).toContain('Write it such as 45 min');
  const logged = await submit('Ana', { 'How long?': '8 h' });
  expect(logged.modal?.text).toContain('Logged: 8 h.');
  expect(logged.modal?.text).toContain('22 h of work is due');
  await click('Ana', 'Undo');
  expect(stage.person('Ana').modals.at(-1)?.text).toContain('30 h of work is due');
  for (const entries of ['1 entry', '2 entries']) {
    await click('Ana', 'Log time');
    const again = await submit('Ana', { Task: '#1 Write the report', 'How long?': '1 h' });
    expect(again.modal?.text).toContain(`from ${entries}.`);
  }
  await close('Ana');
  const shown = await type('Dana', '/ea-workload');
  expect(shown.modal?.text).not.toContain('Log time');
  await click('Dana', 'Let unused hours roll over');
  expect(stage.person('Dana').modals.at(-1)?.text).toContain('can be used in the next one');
  await close('Dana');
});

test('time is logged from the task itself, and both hear once of 75, 90 and 100 % of the month', async () => {
  const told = (who: string, part: string) =>
    stage.read(who, 'DM').filter((one) => one.text.includes(part)).length;
  for (const [hours, percent] of [
    ['13 h', '75 % of the hours of this month are used.'],
    ['3 h', '90 % of the hours of this month are used.'],
    ['2 h', 'The hours of this month are used up.'],
  ] as const) {
    await type('Ana', '/ea-tasks 1');
    await click('Ana', 'Log time');
    const logged = await submit('Ana', { 'How long?': hours });
    expect(logged.modal?.text).toContain(`Logged: ${hours}.`);
    await close('Ana');
    expect(told('Ana', percent)).toBe(1);
  }
  expect(told('Dana', 'hours of this month')).toBe(0);
  await stage.until('2026-03-06', '09:05', NEW_YORK);
  expect(told('Dana', 'The hours of this month are used up.')).toBe(1);
  await type('Dana', '/ea-tasks 1');
  expect(JSON.stringify(stage.person('Dana').modals.at(-1))).not.toContain('Log time');
  await close('Dana');
});

test('Home says to both whether the week fits, and opens the figures', async () => {
  for (const who of ['Dana', 'Ana']) {
    await stage.act(who, { do: 'open_home' });
    expect(stage.person(who).homes[0]?.text).toContain('Workload of Ana Reyes:');
    expect(stage.person(who).homes[0]?.text).toContain('20 h of 20 h logged in March 2026');
  }
});

test('Slack had nothing to refuse, and no step failed', () => {
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openStage, PAIR, type Stage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage.close());

const shown = () => stage.person('Dana').modals.at(-1);
const valueOf = (label: string) =>
  JSON.stringify(shown()?.inputs.find((control) => control.label === label)?.value);

test('going back from the hours keeps what was chosen in both steps', async () => {
  await stage.act('Dana', { do: 'command', command: '/ea-setup', in: PAIR });
  await stage.act('Dana', {
    do: 'submit',
    fill: {
      'I am the': 'Executive',
      'The other person': 'Ana',
      'Your shared channel': PAIR,
      'Hours agreed per month': '80',
    },
  });
  await stage.act('Dana', { do: 'fill', fill: { 'EA: check-in time': '10:30' } });
  await stage.act('Dana', { do: 'click', click: 'Back' });
  expect(shown()?.title).toBe('Set up Tandem');
  expect(valueOf('Hours agreed per month')).toContain('80');
  await stage.act('Dana', { do: 'submit', fill: { 'Hours agreed per month': '90' } });
  expect(shown()?.title).toBe('Working hours');
  expect(valueOf('EA: check-in time')).toContain('10:30');
  await stage.act('Dana', { do: 'submit' });
  await stage.act('Dana', { do: 'close', all: true });
  const proposal = stage.read('Ana', 'DM').map((one) => one.text);
  expect(proposal).toHaveLength(1);
  expect(proposal[0]).toContain('Check-in Mon to Fri at 10:30');
  expect(proposal[0]).toContain('90 hours a month');
  expect(stage.rejected()).toEqual([]);
});

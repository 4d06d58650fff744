import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openStage, proposePair, type Stage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const HOME = { home: true } as const;
const homeOf = (who: string) => stage.person(who).homes[0];
const textOf = (who: string) => homeOf(who)?.text ?? '';
const labelsOf = (who: string) => (homeOf(who)?.buttons ?? []).map((one) => one.label);
const publications = () =>
  stage.sandbox.record().filter(({ method }) => method === 'views.publish').length;

test('who opens Home first reads what Tandem is, and can set it up from there', async () => {
  await stage.act('Dana', { do: 'open_home' });
  expect(textOf('Dana')).toContain('Tandem helps an executive and their remote assistant');
  expect(textOf('Dana')).toContain('Times are in New York time.');
  expect(labelsOf('Dana')).toContain('Set up');
  const pressed = await stage.act('Dana', { do: 'click', click: 'Set up', in: HOME });
  expect(pressed.modal?.title).toBe('Set up Tandem');
  await stage.act('Dana', { do: 'close', all: true });
});

test('opening it again changes nothing and publishes nothing twice', async () => {
  const before = publications();
  await stage.act('Dana', { do: 'open_home' });
  await stage.act('Dana', { do: 'open_home' });
  expect(publications()).toBe(before);
});

test('nobody who has not opened Home is published to', async () => {
  await proposePair(stage);
  expect(homeOf('Ana')).toBeUndefined();
});

test('Slack took everything that Tandem sent', () => {
  expect(stage.rejected()).toEqual([]);
  expect(stage.sandbox.problems()).toEqual([]);
});

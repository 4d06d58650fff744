import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openStage, PAIR, type Stage, setUpPair } from '../support/stage.ts';

// One story: Dana wants Marta of the agency to look on, Ana has to agree, and later ends it.
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await setUpPair(stage);
}, 60_000);
afterAll(() => stage.close());

const matching = (who: string, words: string) =>
  stage.read(who, 'DM').filter((one) => one.text.includes(words));
const buttons = (who: string) =>
  stage.read(who, 'DM').flatMap((one) => one.controls.map(({ label }) => label));

async function openList(who: string): Promise<string> {
  await stage.act(who, { do: 'command', command: '/ea-setup', in: PAIR });
  const opened = await stage.act(who, { do: 'click', click: 'People who may look on' });
  return opened.modal?.text ?? '';
}

async function propose(who: string, person: string, as: string) {
  await openList(who);
  const fill = { 'Who else may look on?': person, As: as };
  const result = await stage.act(who, { do: 'submit', fill });
  await stage.act(who, { do: 'close', all: true });
  return result.modal;
}

test('whoever is proposed does not look on before the other one agrees', async () => {
  const shown = await propose('Dana', 'Marta', 'Agency manager');
  expect(shown?.text).toContain('the other one has not agreed yet');
  expect(matching('Ana', 'may look on as agency manager')).toHaveLength(1);
  expect(matching('Marta', 'You may look on')).toHaveLength(0);
  expect(buttons('Dana')).not.toContain('Agree');
  await stage.act('Ana', { do: 'click', click: 'Agree' });
  expect(matching('Marta', 'You may look on')).toHaveLength(1);
  expect(matching('Dana', 'Both of you agreed')).toHaveLength(1);
});

test('the manager is offered in Home what they may read, and nothing else', async () => {
  await stage.act('Marta', { do: 'open_home' });
  const home = stage.person('Marta').homes[0];
  expect(home?.text).toContain('Where you look on');
  const labels = (home?.buttons ?? []).map(({ label }) => label);
  expect(labels).toEqual(expect.arrayContaining(['Tasks', 'Workload', 'Charter', 'Zones']));
  for (const label of ['Hand over work', 'Check in', 'Decisions', 'Plan leave'])
    expect(labels).not.toContain(label);
  for (const label of ['Tasks', 'Workload', 'Zones']) {
    const shown = await stage.act('Marta', { do: 'click', click: label, in: { home: true } });
    expect(shown.modal?.title).toBe(label);
    await stage.act('Marta', { do: 'close', all: true });
  }
});

test('one of the two, somebody twice and a second manager are refused at the field', async () => {
  expect((await propose('Dana', 'Ana', 'Observer'))?.errors).toEqual({
    'Who else may look on?': 'This is one of the two of you. Choose somebody else.',
  });
  expect((await propose('Ana', 'Marta', 'Observer'))?.errors).toEqual({
    'Who else may look on?': 'Marta Nowak looks on already, or is proposed.',
  });
  expect((await propose('Ana', 'Marta', 'Agency manager'))?.errors).toEqual({
    As: 'You have an agency manager, or one is proposed. Remove that one first.',
  });
});

test('either of the two removes somebody at once, and all three are told', async () => {
  expect(await openList('Ana')).toContain('Marta Nowak, agency manager');
  await stage.act('Ana', { do: 'click', click: 'Remove' });
  await stage.act('Ana', { do: 'close', all: true });
  expect(matching('Marta', 'do not look on')).toHaveLength(1);
  expect(matching('Dana', 'does not look on as agency manager')).toHaveLength(1);
});

test('an onlooker stops by themselves', async () => {
  await propose('Ana', 'Marta', 'Observer');
  await stage.act('Dana', { do: 'click', click: 'Agree' });
  await stage.act('Marta', { do: 'click', click: 'Stop looking on' });
  expect(matching('Ana', 'does not look on as observer')).toHaveLength(1);
  expect(await openList('Dana')).toContain('Nobody looks on.');
});

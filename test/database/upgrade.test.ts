import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { embeddedPlace } from '../support/place.ts';
import { openStage, PAIR, type Stage } from '../support/stage.ts';
import { writeFirstOffice } from './first-office.ts';

let stage: Stage;

beforeAll(async () => {
  const place = await embeddedPlace();
  stage = await openStage({
    startAt: '2026-03-04T09:10',
    place,
    async prepare({ sandbox, demo }) {
      const [team] = sandbox.state({ team: demo.workspace.id }).teams;
      const idOf = (name: string) => team?.people.find((one) => one.name === name)?.id ?? '';
      const [anyone] = team?.people ?? [];
      await writeFirstOffice({
        dataDir: place.environment.DATA_DIR,
        ids: {
          TEAM: demo.workspace.id,
          DANA: idOf('Dana'),
          ANA: idOf('Ana'),
          MARTA: idOf('Marta'),
          BOT: demo.app.botUserId,
          CHANNEL: anyone?.channels.find((one) => one.name === PAIR)?.id ?? '',
        },
      });
    },
  });
});
afterAll(() => stage.close());

test('what the first version wrote still opens, and what was said in it is there', async () => {
  await stage.act('Dana', { do: 'command', command: '/ea-checkin history', in: PAIR });
  expect(stage.person('Dana').modals.at(-1)?.text).toContain('Moved the board call.');
  await stage.act('Dana', { do: 'close', all: true });
  const list = await stage.act('Dana', { do: 'command', command: '/ea-remind list', in: PAIR });
  expect(list.modal?.text).toContain('water the plants');
  await stage.act('Dana', { do: 'close', all: true });
});

test('a check-in can be made on it', async () => {
  await stage.act('Ana', { do: 'command', command: '/ea-checkin', in: PAIR });
  await stage.act('Ana', {
    do: 'submit',
    fill: { 'What got done?': 'Upgraded', 'What is planned today?': 'More of it' },
  });
  await stage.sandbox.settle();
  expect(stage.read('Dana', PAIR).at(-1)?.text).toContain('Upgraded');
});

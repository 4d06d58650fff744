import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { commandBody, FORM, sendSigned } from '../../support/signed-requests.ts';
import { MANILA, openStage, type Stage } from '../../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ receiver: 'signed HTTP' });
});
afterAll(() => stage.close());

async function type(trigger: string): Promise<void> {
  const { workspace, app } = stage.demo;
  const body = commandBody({
    command: '/ea',
    text: 'privacy',
    team: workspace.id,
    user: stage.person('Dana').id,
    trigger,
  });
  const { signingSecret } = app;
  await sendSigned({ port: stage.tandem.port, signingSecret }, { body, type: FORM });
  await stage.tandem.settle();
}

test('removed where one token is all, Tandem calls Slack no more, whatever still comes', async () => {
  const calls = () => stage.sandbox.record().length;
  const before = calls();
  await type('1.1.a');
  expect(calls()).toBeGreaterThan(before);
  await stage.act('Dana', { do: 'uninstall' });
  const after = calls();
  await type('1.1.b');
  await stage.until('2026-03-04', '12:00', MANILA);
  await type('1.1.c');
  expect(calls()).toBe(after);
});

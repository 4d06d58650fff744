import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type InstallStage, openInstallStage } from './stage.ts';

let stage: InstallStage;
beforeAll(async () => {
  stage = await openInstallStage();
});
afterAll(() => stage.close());

test('a token of which Slack does not say whose it is installs nothing, and installing again does', async () => {
  const { acme, sandbox } = stage;
  sandbox.fault({ method: 'auth.test', times: 1, reply: { error: 'account_inactive' } });
  const page = await stage.install(acme);
  expect(page).toMatchObject({
    status: 400,
    text: expect.stringContaining('Slack did not confirm the installation'),
  });
  const said = await sandbox.act({ team: acme.id, user: 'Dana', do: 'command', command: '/ea' });
  expect(said.messages).toEqual([]);
  expect(stage.log.join('')).toContain('Tandem is not installed in workspace');
});

test('two workspaces install Tandem by its page, with the same ids of people and channels, and see nothing of each other', async () => {
  const { acme, beta, sandbox } = stage;
  for (const workspace of [acme, beta]) {
    const page = await stage.install(workspace);
    expect(page.status).toBe(200);
    expect(page.text).toContain(`Tandem is now in ${workspace.name}.`);
  }
  expect(acme.users).toEqual(beta.users);
  await stage.setUpPair(acme);
  const inAcme = stage.read(acme, 'Ana', 'DM').length;
  expect(inAcme).toBeGreaterThan(0);
  expect(stage.read(beta, 'Ana', 'DM')).toEqual([]);
  expect(stage.read(beta, 'Dana', 'DM')).toEqual([]);
  expect(stage.read(beta, 'Dana', '#pair')).toEqual([]);

  await stage.setUpPair(beta);
  await stage.act(acme, 'Ana', { do: 'command', command: '/ea-checkin' });
  const fill = { 'What got done?': 'only for Acme', 'What is planned today?': 'acme plans' };
  await stage.act(acme, 'Ana', { do: 'submit', fill });
  expect(JSON.stringify(stage.read(acme, 'Dana', '#pair'))).toContain('only for Acme');
  expect(JSON.stringify(sandbox.state({ team: beta.id }))).not.toContain('only for Acme');
  await stage.act(beta, 'Dana', { do: 'command', command: '/ea-checkin history' });
  expect(JSON.stringify(sandbox.state({ team: beta.id }))).not.toContain('only for Acme');

  const teamsOfCalls = new Set(sandbox.record().map(({ team }) => team));
  expect([...teamsOfCalls].filter((team) => team !== null).toSorted()).toEqual(
    [acme.id, beta.id].toSorted(),
  );
  expect(sandbox.problems()).toEqual([]);
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { listFeatures } from '../../../src/app.ts';
import type { Database } from '../../../src/database/index.ts';
import { erasePerson } from '../../../src/privacy/index.ts';
import { createSecret } from '../../../src/secret.ts';
import type { OAuthClient, Redeemed } from '../../../src/slack/installations/exchange.ts';
import { completeInstall } from '../../../src/slack/installations/install.ts';
import { createInstallations } from '../../../src/slack/installations/installations.ts';
import { authorizeWith } from '../../../src/slack/installations/listeners.ts';
import { createVault } from '../../../src/slack/installations/vault.ts';
import { createStores } from '../../../src/stores.ts';
import { noteInAudit, readAudit } from '../../support/audit.ts';
import { createTestDatabase } from '../../support/databases.ts';
import { KEY } from './stage.ts';

const start = DateTime.fromISO('2026-03-03T09:00:00Z', { zone: 'utc' });
const log = pino({ level: 'silent' });
const vault = createVault([{ version: 1, key: createSecret(KEY) }]);
let database: Database;
let at: DateTime;
beforeEach(async () => {
  database = await createTestDatabase();
  at = start;
});
afterEach(() => database.close());

const now = () => at;

function grantOf(ownerId: string): Redeemed {
  return {
    ownerId,
    ownerName: ownerId,
    isOrganization: ownerId.startsWith('E'),
    appId: 'A1',
    botId: 'B1',
    botUserId: 'U0',
    scopes: ['chat:write'],
    botToken: `xoxb-of-${ownerId}`,
    refreshToken: null,
    expiresIn: null,
    installedBy: 'W1',
  };
}

async function installFor(ownerId: string, workspaces: string[] = []) {
  const oauth: OAuthClient = {
    redeem: () => Promise.resolve(grantOf(ownerId)),
    refresh: () => Promise.reject(new Error('not asked for')),
    listWorkspaces: () => Promise.resolve(workspaces.map((id) => ({ id, name: id }))),
  };
  const deps = { database, vault, oauth, note: noteInAudit, now, log };
  await completeInstall(deps, { code: 'c', redirectUri: 'r' });
  const source = { mode: 'oauth', vault, oauth, publicUrl: 'https://tandem.example' } as const;
  return createInstallations({ database, source, note: noteInAudit, now, log });
}

const from = (teamId: string, enterpriseId: string) =>
  ({ teamId, enterpriseId, isEnterpriseInstall: true }) as const;

describe('an organization that installs Tandem for all its workspaces', () => {
  test('serves each with its own rows, those too that it lets in later', async () => {
    const installations = await installFor('E1', ['T1', 'T2']);
    expect(await installations.find('T1')).toMatchObject({
      workspaceId: 'T1',
      botToken: 'xoxb-of-E1',
    });
    expect(await installations.find('T3')).toBeNull();
    expect(await authorizeWith(installations, from('T3', 'E1'))).toMatchObject({ teamId: 'T3' });
    expect(await installations.find('T3')).toMatchObject({ workspaceId: 'T3' });
  });

  test('its own id is never taken for a workspace, and another organization gets nothing', async () => {
    const installations = await installFor('E1', ['T1']);
    expect(await installations.find('E1')).toBeNull();
    await expect(authorizeWith(installations, from('E1', 'E1'))).rejects.toThrow('which workspace');
    await expect(authorizeWith(installations, from('T9', 'E2'))).rejects.toThrow('not installed');
    await expect(
      authorizeWith(installations, { ...from('T9', 'E1'), isEnterpriseInstall: false }),
    ).rejects.toThrow('not installed');
  });

  test('takes one workspace out: the others go on, a late event does not bring it back, and letting it in again does', async () => {
    const installations = await installFor('E1', ['T1', 'T2']);
    const change = { organizationId: 'E1', workspaceIds: ['T1'] };
    at = start.plus({ hours: 1 });
    await installations.changeAccess({ ...change, has: false, at });
    expect(await installations.find('T1')).toBeNull();
    expect(await installations.find('T2')).not.toBeNull();
    await expect(authorizeWith(installations, from('T1', 'E1'))).rejects.toThrow('not installed');
    await installations.changeAccess({ ...change, has: true, at: start.plus({ minutes: 59 }) });
    expect(await installations.find('T1')).toBeNull();
    at = start.plus({ hours: 2 });
    await installations.changeAccess({ ...change, has: true, at });
    expect(await installations.find('T1')).not.toBeNull();
    await installations.changeAccess({ ...change, has: false, at: start.plus({ hours: 1 }) });
    expect(await installations.find('T1')).not.toBeNull();
  });

  test('removes it everywhere at once; a word about an earlier installation changes nothing', async () => {
    const installations = await installFor('E1', ['T1', 'T2']);
    expect(await installations.remove({ ownerId: 'E1', at: start.minus({ days: 1 }) })).toEqual([]);
    expect(await installations.find('T1')).not.toBeNull();
    const removed = await installations.remove({ ownerId: 'E1', at });
    expect(removed.toSorted()).toEqual(['T1', 'T2']);
    expect(await installations.find('T2')).toBeNull();
    expect(await database.prisma.installation.count()).toBe(0);
  });

  test('whoever installed it can be erased in any of its workspaces, and whoever does it again takes their place', async () => {
    await installFor('E1', ['T1', 'T2']);
    const by = async () => (await database.prisma.installation.findFirstOrThrow()).installedBy;
    expect(await by()).toBe('W1');
    const stores = createStores({ db: database.prisma, enqueue: async () => {}, now });
    const kinds = listFeatures().flatMap((feature) => feature.records ?? []);
    const who = { workspaceId: 'T2', userId: 'W1', actorId: 'W1', kinds, now: now() };
    await erasePerson(stores, who);
    expect(await by()).toMatch(/^former-/);
    await installFor('E1', ['T1', 'T2']);
    expect(await by()).toBe('W1');
  });

  test('stands in the audit log of each workspace: who installed it, what came and went since, and who not is said', async () => {
    const installations = await installFor('E1', ['T1']);
    at = start.plus({ hours: 1 });
    const change = { organizationId: 'E1', workspaceIds: ['T1'], at };
    await installations.changeAccess({ ...change, has: false });
    at = start.plus({ hours: 2 });
    await installations.changeAccess({ ...change, has: true, at });
    await authorizeWith(installations, from('T2', 'E1'));
    await authorizeWith(installations, from('T2', 'E1'));
    await installFor('E1', ['T1', 'T2']);
    expect(await readAudit(database.prisma, 'T1')).toEqual([
      'W1 app.installed workspace',
      'slack app.uninstalled workspace',
      'slack app.reinstalled workspace',
      'W1 app.reinstalled workspace',
    ]);
    expect(await readAudit(database.prisma, 'T2')).toEqual([
      'slack app.installed workspace',
      'W1 app.reinstalled workspace',
    ]);
  });
});

test('a person hears which permission is missing and where it is given', async () => {
  const { grantAt } = await installFor('T1');
  expect(grantAt.installUrl).toBe('https://tandem.example/slack/install');
});

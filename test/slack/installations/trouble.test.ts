import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { WebAPIPlatformError } from '@slack/web-api';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { createSecret } from '../../../src/secret.ts';
import { createInstallations } from '../../../src/slack/installations/installations.ts';
import { findWrongKeys, markInstalled, saveGrant } from '../../../src/slack/installations/store.ts';
import { createVault } from '../../../src/slack/installations/vault.ts';
import { createTestDatabase } from '../../support/databases.ts';

const INSTALLED = DateTime.fromISO('2026-03-03T07:30Z');
const database = await createTestDatabase();
const { prisma } = database;
afterAll(() => database.close());

const vaultOf = (letter: string) =>
  createVault([{ version: 1, key: createSecret(Buffer.alloc(32, letter).toString('base64')) }]);
const vault = vaultOf('a');

beforeEach(async () => {
  const granted = {
    ownerId: 'T1',
    isOrganization: false,
    appId: 'A1',
    botId: 'B1',
    botUserId: 'U1',
    scopes: ['chat:write'],
    botToken: 'xoxe.xoxb-1',
    refreshToken: 'xoxe-1',
    expiresAt: INSTALLED.plus({ hours: 12 }),
    installedBy: 'U2',
  };
  const now = INSTALLED;
  await prisma.$transaction(async (tx) => {
    await saveGrant(tx, { granted, vault, now });
    const place = { workspaceId: 'T1', installationId: 'T1' };
    await markInstalled(tx, { ...place, name: 'Acme', botUserId: 'U1', now });
  });
});

/** A day later, while Slack answers with this word to whoever wants the next token. */
async function dayAfter(word: string): Promise<{ isInstalled: boolean }> {
  const refuse = () => Promise.reject(new WebAPIPlatformError({ ok: false, error: word }));
  const oauth = { redeem: refuse, refresh: refuse, listWorkspaces: refuse };
  const source = { mode: 'oauth', vault, oauth, publicUrl: 'https://example.com' } as const;
  const installations = createInstallations({
    database,
    source,
    now: () => INSTALLED.plus({ hours: 24 }),
    note: () => Promise.resolve(),
    log: pino({ level: 'silent' }),
  });
  await installations.find('T1').catch(() => null);
  return { isInstalled: (await prisma.installation.count()) > 0 };
}

describe('a workspace whose token has run out', () => {
  test.each(['internal_error', 'ratelimited', 'bad_client_secret', 'invalid_client_id'])(
    'stays installed when Slack gives no next one for a reason that passes: %s',
    async (word) => {
      expect(await dayAfter(word)).toEqual({ isInstalled: true });
    },
  );

  test.each(['invalid_refresh_token', 'token_revoked', 'account_inactive'])(
    'is removed when there will never be a next one: %s',
    async (word) => {
      expect(await dayAfter(word)).toEqual({ isInstalled: false });
    },
  );
});

describe('the keys at the start', () => {
  test('are wrong when they open none of the stored tokens', async () => {
    expect(await findWrongKeys(prisma, vaultOf('b'))).toEqual([1]);
  });

  test('are right when one token alone is damaged', async () => {
    const [row] = await prisma.installation.findMany();
    if (row) await prisma.installation.create({ data: { ...row, id: 'E1' } });
    expect(await findWrongKeys(prisma, vault)).toEqual([]);
  });
});

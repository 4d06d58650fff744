import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { runAdmin } from '../../src/admin/run.ts';
import { type Database, openDatabase } from '../../src/database/index.ts';
import { createSecret } from '../../src/secret.ts';
import { markInstalled, saveGrant } from '../../src/slack/installations/store.ts';
import { createVault } from '../../src/slack/installations/vault.ts';
import { readAudit } from '../support/audit.ts';
import { openPlace, type Place } from '../support/place.ts';

const now = () => DateTime.fromISO('2026-03-03T09:00:00Z', { zone: 'utc' });
const OLD = Buffer.alloc(32, 'o').toString('base64');
const NEW = Buffer.alloc(32, 'n').toString('base64');
const keys = [{ version: 1, key: createSecret(OLD) }];
const both = [...keys, { version: 2, key: createSecret(NEW) }];

let place: Place;
beforeEach(async () => {
  place = await openPlace();
  await withDatabase(async ({ prisma }) => {
    for (const id of ['T1', 'T2', 'T3'])
      await prisma.$transaction(async (tx) => {
        const granted = {
          ownerId: id,
          isOrganization: false,
          appId: 'A1',
          botId: 'B1',
          botUserId: 'U0',
          scopes: ['chat:write', 'commands'],
          botToken: `xoxb-of-${id}`,
          refreshToken: `xoxe-of-${id}`,
          expiresAt: null,
          installedBy: 'UDANA',
        };
        await saveGrant(tx, { granted, vault: createVault(keys), now: now() });
        const change = { name: `Company ${id}`, botUserId: 'U0', installationId: id, now: now() };
        await markInstalled(tx, { workspaceId: id, ...change });
      });
  });
});
afterEach(() => place.remove());

async function withDatabase<T>(use: (database: Database) => Promise<T>): Promise<T> {
  const { DATABASE_URL: url, DATA_DIR: dataDir = '' } = place.environment;
  const log = pino({ level: 'silent' });
  const database = await openDatabase({ url, dataDir, log, now });
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

async function run(args: string, encryptionKey?: string) {
  const out: string[] = [];
  const print = (line: string) => void out.push(line);
  const environment = { ...place.environment, ENCRYPTION_KEY: encryptionKey };
  const code = await runAdmin({ args: args.split(' '), environment, now, print, complain: print });
  return { code, out: out.join('\n') };
}

const open = (version: typeof keys, id: string) =>
  withDatabase(async ({ prisma }) => {
    const row = await prisma.installation.findUniqueOrThrow({ where: { id } });
    const vault = createVault(version);
    return [
      vault.open(row.botToken, { owner: id, column: 'botToken' }),
      vault.open(row.refreshToken ?? '', { owner: id, column: 'refreshToken' }),
    ];
  });

test('an operator sees where Tandem is, and never a token', async () => {
  const list = await run('installations list');
  expect(list).toMatchObject({ code: 0, out: expect.stringContaining('Company T2') });
  expect(list.out).toContain('Installed in 3 of 3 known workspaces.');
  const show = await run('installations show T2');
  expect(show).toMatchObject({ code: 0, out: expect.stringContaining('chat:write') });
  for (const { out } of [list, show]) expect(out).not.toMatch(/xox|botToken|v1\./);
  expect((await run('installations show T9')).code).toBe(1);
  expect((await run('installations forget T1')).code).toBe(2);
});

test('an operator can remove it from a workspace: the token is gone at once, and again does nothing', async () => {
  const removed = await run('installations remove T2');
  expect(removed.out).toContain('Its data is deleted on 2026-04-02.');
  expect((await run('installations list')).out).toContain('removed, deleted on 2026-04-02');
  expect(await withDatabase(({ prisma }) => prisma.installation.count())).toBe(2);
  expect((await run('installations remove T2')).code).toBe(1);
});

test('rotate-key puts every token under the newest key, goes on after one that cannot be read, and can be run again', async () => {
  expect((await run('rotate-key')).code).toBe(1);
  // Somebody swapped a token: it is named, and the others are done.
  await withDatabase(async ({ prisma }) => {
    const { botToken } = await prisma.installation.findUniqueOrThrow({ where: { id: 'T1' } });
    await prisma.installation.update({ where: { id: 'T2' }, data: { botToken } });
  });
  const first = await run('rotate-key', `v2:${NEW},v1:${OLD}`);
  expect(first.code).toBe(1);
  expect(first.out).toContain('2 installations were encrypted again with the key v2.');
  expect(first.out).toContain('T2: a stored token of T2 cannot be read');
  expect(await open(both.slice(1), 'T1')).toEqual(['xoxb-of-T1', 'xoxe-of-T1']);
  expect(await open(both.slice(1), 'T3')).toEqual(['xoxb-of-T3', 'xoxe-of-T3']);
  await run('installations remove T2');
  const second = await run('rotate-key', `v2:${NEW},v1:${OLD}`);
  expect(second).toMatchObject({ code: 0, out: expect.stringContaining('0 installations') });
  const audit = (id: string) => withDatabase(({ prisma }) => readAudit(prisma, id));
  expect(await audit('T1')).toEqual(['operator key.rotated workspace']);
  expect(await audit('T2')).toEqual(['operator app.uninstalled workspace']);
});

import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSecret } from '../../src/secret.ts';
import { createVault, type Vault } from '../../src/slack/installations/vault.ts';
import { runSql } from '../support/postgres.ts';
import { KEYS, type Office, openOffice } from './office.ts';
import { LONG } from './stage.ts';

// One story: what takes long and must not be half done is cut off in the middle, taken up again, and done once.

/** So often each is killed at the chosen moment, and then at random ones. */
const KILLS = LONG ? 6 : 1;
const LINES = LONG ? 10_000 : 1_000;
const TASKS = `${LINES.toLocaleString('en')} tasks`;
const INSTALLATIONS = LONG ? 4_000 : 150;
const TEST_MS = LONG ? 600_000 : 120_000;
const LOCKED = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;

let office: Office;
/** False where there is no PostgreSQL: that is said on stderr, and nothing is tried. */
let isThere = false;
beforeAll(async () => {
  const opened = await openOffice();
  if (!opened) return;
  office = opened;
  isThere = true;
}, TEST_MS);
afterAll(async () => {
  if (isThere) await office.close();
});

const audited = (action: string) =>
  office.count(`SELECT count(*)::int FROM audit_entries WHERE action = '${action}'`);
const imports = (state: string) =>
  office.until(`SELECT 1 FROM delegation_imports WHERE state = '${state}'`, `import ${state}`);
const aWhile = (most: number) => setTimeout(office.random.between(0, most));

async function chooseFile(title: string, lines: number): Promise<void> {
  const rows = Array.from({ length: lines }, (_, index) => `${title} ${index}`);
  const base64 = Buffer.from(['title', ...rows].join('\n')).toString('base64');
  await office.act('Dana', { do: 'command', command: '/ea-tasks import', in: '#pair' });
  await office.opened('Dana', 'Import tasks');
  const fill = { File: { file: { name: `${title}.csv`, base64 } } };
  await office.act('Dana', { do: 'submit', fill });
  await office.act('Dana', { do: 'close', all: true });
}

async function askForCopy(): Promise<void> {
  await office.act('Ana', { do: 'command', command: '/ea privacy', in: '#pair' });
  await office.click('Ana', 'Get a copy');
  await office.opened('Ana', 'Get a copy');
  await office.act('Ana', { do: 'submit' });
  await office.act('Ana', { do: 'close', all: true });
}

const copies = (state: string, count: number) =>
  office.until(
    `SELECT 1 WHERE (SELECT count(*) FROM exports WHERE state::text LIKE '${state}') >= ${count}`,
    `${count} copies are ${state}`,
  );

describe('kill -9 in the middle of', () => {
  test(
    'an installation stores nothing, and installing again is all it takes',
    async () => {
      if (!isThere) return;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const release = await office.hold('LOCK TABLE installations IN SHARE MODE');
        const { browser, back } = await office.beginInstall();
        const page = browser.open(back).then(
          ({ status }) => status,
          () => 'cut',
        );
        await office.until(LOCKED, 'the code is exchanged and the token is to be stored');
        if (kill > 0) await aWhile(50);
        const killed = office.killTandem(release);
        expect(await page).toBe('cut');
        await killed;
        expect(await office.rows('SELECT id FROM installations')).toEqual([]);
        expect(await audited('app.installed')).toBe(0);
        expect((await browser.open(back)).status).toBeGreaterThanOrEqual(400);
      }
      expect(await office.install()).toBe(200);
      // Whoever was not told that it is stored does it again.
      expect(await office.install()).toBe(200);
      expect(await office.rows('SELECT id FROM installations')).toHaveLength(1);
      expect([await audited('app.installed'), await audited('app.reinstalled')]).toEqual([1, 1]);
    },
    TEST_MS,
  );

  test(
    'an import writes all tasks once, and it can be undone',
    async () => {
      if (!isThere) return;
      await office.setUpPair();
      await chooseFile('Task', LINES);
      await imports('reading');
      if (LONG) await office.killTandem();
      await office.click('Dana', `Import ${TASKS}`);
      await imports('writing');
      for (let kill = 0; kill < KILLS; kill += 1) {
        await aWhile(kill === 0 ? 100 : 4_000);
        await office.killTandem();
        expect([0, LINES]).toContain(await office.count('SELECT count(*)::int FROM delegations'));
      }
      await imports('done');
      const [tasks] = await office.rows(
        'SELECT count(*)::int AS n, count(DISTINCT number)::int AS numbers, max(number)::int AS last FROM delegations',
      );
      expect(tasks).toEqual({ n: LINES, numbers: LINES, last: LINES });
      await office.click('Dana', 'Undo the import');
      await imports('undone');
      const left = 'SELECT count(*)::int FROM delegations WHERE "deletedAt" IS NULL';
      expect(await office.count(left)).toBe(0);
      await office.quiet();
      const said = office.texts('Ana', '#pair').filter((text) => text.includes(TASKS));
      expect(said).toHaveLength(1);
    },
    TEST_MS,
  );

  test(
    'a copy of records hands the files over once, and the log says so once',
    async () => {
      if (!isThere) return;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const method =
          kill % 2 === 0 ? 'files.completeUploadExternal' : 'files.getUploadURLExternal';
        office.sandbox.fault({ method, times: 1, reply: { delayMs: 1_500 } });
        const calls = () => office.sandbox.record().filter((one) => one.method === method).length;
        const before = calls();
        await askForCopy();
        await office.sandbox.until(() => calls() > before, 30_000);
        if (kill > 0) await aWhile(2_000);
        await office.killTandem();
        await copies('done', kill + 1);
        expect(await audited('export.delivered')).toBe(kill + 1);
      }
      await office.quiet();
      expect(await audited('export.requested')).toBe(KILLS);
      const said = office.texts('Ana', 'DM').filter((text) => text.includes('asked for is here'));
      expect(said).toHaveLength(KILLS);
      const [agreements] = [...Map.groupBy(office.files('Ana'), (name) => name).values()];
      expect(agreements).toHaveLength(KILLS);
    },
    TEST_MS,
  );

  test(
    'erasing a pair leaves it whole, and pressing again erases it',
    async () => {
      if (!isThere) return;
      await office.act('Dana', { do: 'command', command: '/ea privacy', in: '#pair' });
      await office.click('Dana', 'Erase…');
      await office.click('Dana', 'Erase this pair…');
      const before = await rowsOfPair();
      for (let kill = 0; kill < KILLS; kill += 1) {
        const release = await office.hold('SELECT 1 FROM members FOR UPDATE');
        await office.click('Ana', 'Erase it');
        await office.until(LOCKED, 'the pair is being erased');
        await office.killTandem(release);
        expect(await rowsOfPair()).toEqual(before);
        expect(await audited('pair.erased')).toBe(0);
      }
      await office.click('Ana', 'Erase it');
      await office.until('SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM pairs)', 'the pair is erased');
      expect(Object.values(await rowsOfPair()).filter((count) => count > 0)).toEqual([]);
      expect(await audited('pair.erased')).toBe(1);
    },
    TEST_MS,
  );

  test(
    'erasing a person leaves them whole, and pressing again erases them',
    async () => {
      if (!isThere) return;
      await office.setUpPair();
      await office.act('Ana', { do: 'command', command: '/ea privacy', in: '#pair' });
      await office.click('Ana', 'Erase…');
      await office.opened('Ana', 'Erase');
      const known = await office.rows('SELECT "userId" FROM members ORDER BY 1');
      for (let kill = 0; kill < KILLS; kill += 1) {
        const release = await office.hold('SELECT 1 FROM members FOR UPDATE');
        await office.click('Ana', 'Erase me');
        await office.until(LOCKED, 'Ana is being erased');
        await office.killTandem(release);
        expect(await office.rows('SELECT "userId" FROM members ORDER BY 1')).toEqual(known);
        expect(await audited('person.erased')).toBe(0);
      }
      await office.click('Ana', 'Erase me');
      await office.until(`SELECT 1 FROM audit_entries WHERE action = 'person.erased'`, 'erased');
      await office.quiet();
      expect(await audited('person.erased')).toBe(1);
      expect(await tablesThatName(office.ana)).toEqual([]);
      const told = office.texts('Dana', 'DM').filter((text) => text.includes('former colleague'));
      expect(told.length).toBeLessThanOrEqual(1);
    },
    TEST_MS,
  );
});

describe('while PostgreSQL is away for a moment', () => {
  test(
    'nothing is lost, nobody ends, and /readyz says it',
    async () => {
      if (!isThere) return;
      await office.act('Ana', { do: 'close', all: true });
      await office.rows('DELETE FROM delegation_imports');
      await office.setUpPair();
      await office.act('Ana', { do: 'command', command: '/ea-decide Shall we?', in: '#pair' });
      await office.opened('Ana', 'Ask for a decision');
      await office.act('Ana', { do: 'submit' });
      await office.act('Ana', { do: 'close', all: true });
      await chooseFile('Away', LINES);
      await office.click('Dana', `Import ${TASKS}`);
      await imports('writing');
      await askForCopy();
      await office.postgres.stop();
      await office.click('Dana', 'Yes');
      await office.sandbox.until(() => office.texts('Dana', 'DM').length > 0, 1_000);
      const away = await office.readiness();
      expect([away.status, away.text]).toEqual([503, expect.stringContaining('database')]);
      await office.postgres.start();
      for (let wait = 0; (await office.readiness()).status !== 200 && wait < 100; wait += 1)
        await setTimeout(100);
      expect((await office.readiness()).status).toBe(200);
      await office.forgetDead();
      await office.click('Dana', 'Yes');
      await imports('done');
      await copies('done', 1);
      await office.until(`SELECT 1 FROM decisions WHERE state = 'answered'`, 'answered');
      const [tasks] = await office.rows(
        'SELECT count(*)::int AS n, max(number)::int AS last FROM delegations',
      );
      expect(tasks).toEqual({ n: LINES, last: LINES });
      await office.quiet();
      expect(office.fleet.failures()).toBe(0);
    },
    TEST_MS,
  );
});

describe('kill -9 of an operator’s command in the middle of', () => {
  test(
    'a change of the key leaves every token readable, and the next run does the rest',
    async () => {
      if (!isThere) return;
      await office.fleet.stopAll();
      await plant(INSTALLATIONS);
      const keys = { ENCRYPTION_KEY: KEYS.both };
      for (let kill = 0; kill < KILLS; kill += 1) {
        const rotating = office.admin(['rotate-key'], keys);
        const share = Math.ceil(((kill + 1) * INSTALLATIONS) / (KILLS + 3));
        await office.until(
          `SELECT 1 WHERE (SELECT count(*) FROM installations WHERE "keyVersion" = 2) >= ${share}`,
          'some tokens are under the new key',
        );
        await rotating.kill();
      }
      expect(await readTokens(vaultOf(KEYS.second, KEYS.first))).toEqual({
        wrong: 0,
        under: [1, 2],
      });
      const { code, said } = await office.admin(['rotate-key'], keys).ended;
      expect([code, said]).toEqual([0, expect.stringContaining('All of them use it')]);
      expect(await readTokens(vaultOf(KEYS.second))).toEqual({ wrong: 0, under: [2] });
      expect(await audited('key.rotated')).toBe(1);
      const dump = JSON.stringify(await office.rows('SELECT * FROM installations'));
      expect(dump).not.toContain('xoxb-');
    },
    TEST_MS,
  );

  test(
    'a restore leaves nothing, and the next one brings everything',
    async () => {
      if (!isThere) return;
      const file = join(office.folder, 'all.backup');
      expect((await office.admin(['backup', file]).ended).code).toBe(0);
      for (let kill = 0; kill < KILLS; kill += 1) {
        const elsewhere = new URL(office.postgres.url);
        elsewhere.pathname = `/elsewhere_${kill}`;
        await office.rows(`CREATE DATABASE elsewhere_${kill}`);
        const there = { DATABASE_URL: elsewhere.href };
        const restoring = office.admin(['restore', file], there);
        if (kill % 2 === 0)
          await Promise.race([
            restoring.ended,
            office.until(
              `SELECT 1 FROM pg_stat_activity WHERE datname = 'elsewhere_${kill}' AND query ILIKE 'COPY%'`,
              'rows are copied',
            ),
          ]);
        else await aWhile(4_000);
        await restoring.kill();
        const { code, said } = await office.admin(['restore', file], there).ended;
        // The first one may have come to its end.
        if (code !== 0) expect(said).toContain('not empty');
        for (const table of ['delegations', 'audit_people', 'installations', 'deliveries']) {
          const all = `SELECT count(*)::int AS n FROM ${table}`;
          expect(await runSql(elsewhere.href, all)).toEqual(await office.rows(all));
        }
      }
    },
    TEST_MS,
  );
});

async function rowsOfPair(): Promise<Record<string, number>> {
  const [row] = await office.rows<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM pairs) AS pairs, (SELECT count(*)::int FROM members) AS members,
      (SELECT count(*)::int FROM agreements) AS agreements,
      (SELECT count(*)::int FROM delegations) AS delegations`,
  );
  return row ?? {};
}

/** Tables of ours with a row in which this word stands. */
async function tablesThatName(word: string): Promise<string[]> {
  const tables = await office.rows<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const count = await office.count(
        `SELECT count(*)::int FROM "${name}" t WHERE position('${word}' IN t::text) > 0`,
      );
      return count > 0 ? [name] : [];
    }),
  );
  return found.flat();
}

const vaultOf = (...keys: string[]): Vault =>
  createVault(
    keys
      .map((one) => ({ version: one === KEYS.first ? 1 : 2, key: createSecret(one) }))
      .toSorted((a, b) => b.version - a.version),
  );

/** Installations of organizations that nobody here belongs to. */
async function plant(count: number): Promise<void> {
  const vault = vaultOf(KEYS.first);
  const rows = Array.from({ length: count }, (_, index) => {
    const owner = `E${index}`;
    return [owner, vault.seal(`xoxb-${index}`, { owner, column: 'botToken' })];
  });
  await office.rows(
    `INSERT INTO installations (id, "isOrganization", "appId", "botId", "botUserId", scopes, "botToken", "keyVersion", "installedBy", "installedAt")
     SELECT r->>0, true, 'A1', 'B1', 'U1', '{}', r->>1, 1, 'U1', now()
     FROM jsonb_array_elements('${JSON.stringify(rows)}'::jsonb) r`,
  );
}

/** How many tokens cannot be read, and under which versions of the key they are stored. */
async function readTokens(vault: Vault): Promise<{ wrong: number; under: number[] }> {
  const rows = await office.rows<{ id: string; botToken: string; keyVersion: number }>(
    'SELECT id, "botToken", "keyVersion" FROM installations',
  );
  const wrong = rows.filter(({ id, botToken }) => {
    try {
      return !vault.open(botToken, { owner: id, column: 'botToken' }).startsWith('xoxb-');
    } catch {
      return true;
    }
  });
  const under = [...new Set(rows.map(({ keyVersion }) => keyVersion))].toSorted((a, b) => a - b);
  return { wrong: wrong.length, under };
}

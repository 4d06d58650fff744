import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { openDatabase } from '../../src/database/index.ts';
import { readMigrations } from '../../src/database/migrations.ts';
import { migrationOf } from '../support/migrations.ts';
import { createScratchDatabase, findPostgres, runSql } from '../support/postgres.ts';
import { runScript } from '../support/processes.ts';

const REPLICA = new URL('replica.process.ts', import.meta.url);
const server = await findPostgres();
const onPostgres = 'url' in server ? describe : describe.skip;
if ('missing' in server) process.stderr.write(`not run: ${server.missing}\n`);

onPostgres('on PostgreSQL', () => {
  test('four processes may start at once on an empty database', async () => {
    const { url, ...scratch } = await createScratchDatabase();
    const replicas = [1, 2, 3, 4].map(() => runScript(REPLICA, [url]));
    const said = await Promise.all(replicas.map((replica) => replica.line(() => true)));
    await Promise.all(replicas.map((replica) => replica.exited));
    expect(said).toEqual(['ready', 'ready', 'ready', 'ready']);

    const rows = await runSql(url, 'SELECT migration_name AS name FROM _prisma_migrations');
    const applied = new Set(rows.map((row) => row.name));
    const migrations = await readMigrations();
    expect(rows).toHaveLength(migrations.length);
    expect(migrations.every(({ name }) => applied.has(name))).toBe(true);
    await scratch.drop();
  });

  test('a migration that fails leaves the database as it was', async () => {
    const { url, ...scratch } = await createScratchDatabase();
    const script = 'CREATE TABLE half (id int); ALTER TABLE missing ADD COLUMN x int;';
    const opening = openDatabase({
      url,
      dataDir: '',
      log: pino({ level: 'silent' }),
      now: () => DateTime.now(),
      migrations: [migrationOf('20260101000000_broken', script)],
    });
    await expect(opening).rejects.toThrow(/20260101000000_broken failed.*missing/);
    const rows = await runSql(url, `SELECT to_regclass('half') AS half`);
    expect(rows).toEqual([{ half: null }]);
    await scratch.drop();
  });

  test('an address where nothing answers is named, without its password', async () => {
    const replica = runScript(REPLICA, ['postgresql://someone:hunter2@127.0.0.1:1/nowhere']);
    const sentence = await replica.line(() => true);
    await replica.exited;
    expect(sentence).toContain('127.0.0.1:1/nowhere (DATABASE_URL) cannot be opened');
    expect(sentence).toContain('ECONNREFUSED');
    expect(sentence).not.toContain('hunter2');
  });

  test('a password with a bad sign in it is not shown either', async () => {
    const replica = runScript(REPLICA, ['postgresql://someone:hunter2@127.0.0.1:99999/nowhere']);
    const sentence = await replica.line(() => true);
    await replica.exited;
    expect(sentence).not.toContain('hunter2');
  });
});

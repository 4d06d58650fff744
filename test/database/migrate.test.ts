import type { PGlite } from '@electric-sql/pglite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { migrate } from '../../src/database/migrate.ts';
import { type Migration, readMigrations } from '../../src/database/migrations.ts';
import { createPGliteAdapter } from '../../src/database/pglite-adapter.ts';
import { createPGlite } from '../../src/database/pglite-client.ts';
import { findSchemaChanges } from '../../src/database/schema-changes.ts';
import { openTemplate } from '../support/databases.ts';
import { migrationOf } from '../support/migrations.ts';

const first = migrationOf('20260101000000_first', 'CREATE TABLE a (id int PRIMARY KEY);');
const second = migrationOf('20260102000000_second', 'ALTER TABLE a ADD COLUMN name text;');
const broken = migrationOf(
  '20260103000000_broken',
  'CREATE TABLE b (id int); ALTER TABLE missing ADD COLUMN x int;',
);

describe('migrating', () => {
  let pglite: PGlite;
  const log = pino({ level: 'silent' });
  const apply = (...migrations: Migration[]) =>
    migrate({ factory: createPGliteAdapter(pglite), migrations, log });

  beforeEach(async () => {
    pglite = await createPGlite({ loadDataDir: await openTemplate() });
    await pglite.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  });
  afterEach(() => pglite.close());

  async function tables(): Promise<string[]> {
    const { rows } = await pglite.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    );
    return rows.map((row) => row.name);
  }

  test('applies what is new, in order, and does nothing the second time', async () => {
    expect(await apply(first)).toEqual([first.name]);
    expect(await apply(first, second)).toEqual([second.name]);
    expect(await apply(first, second)).toEqual([]);
    await pglite.query(`INSERT INTO a VALUES (1, 'x')`);
  });

  test('that fails keeps nothing of the failed migration, and says which it was and why', async () => {
    const failing = apply(first, broken);
    await expect(failing).rejects.toThrow(/20260103000000_broken failed/);
    await expect(failing).rejects.toThrow(/nothing of it was kept: No such table: missing$/);
    expect(await tables()).toEqual(['_prisma_migrations', 'a']);

    const mended = migrationOf(broken.name, 'CREATE TABLE b (id int);');
    expect(await apply(first, mended)).toEqual([broken.name]);
    expect(await tables()).toContain('b');
  });

  test('is refused when the database was migrated by newer code', async () => {
    await apply(first, second);
    await expect(apply(first)).rejects.toThrow(/newer version of Tandem.*20260102000000_second/);
  });

  test('is refused when an applied migration was changed', async () => {
    await apply(first);
    const changed = migrationOf(first.name, `${first.sql} -- changed`);
    await expect(apply(changed)).rejects.toThrow(/20260101000000_first was changed/);
  });
});

describe('the migrations', () => {
  test('lead to the schema: after a change of prisma/*.prisma run `npm run migration:new NAME`', async () => {
    expect(await findSchemaChanges(await readMigrations())).toBeNull();
  });

  test('differ from the schema when one is missing', async () => {
    const sql = await findSchemaChanges([]);
    expect(sql).toContain('CREATE TABLE "workspaces"');
  });

  test('may add by hand what Prisma cannot express', async () => {
    const byHand = migrationOf(
      '99990101000000_by_hand',
      `CREATE UNIQUE INDEX one_name ON workspaces (name) WHERE name <> '';
       ALTER TABLE workspaces ADD CONSTRAINT named CHECK (name <> 'nobody');`,
    );
    expect(await findSchemaChanges([...(await readMigrations()), byHand])).toBeNull();
  });
});

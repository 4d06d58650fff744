import { readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/index.ts';
import { type DataDirectory, makeDataDirectory } from './data-directory.ts';

let directory: DataDirectory;

let original: DataDirectory;

beforeAll(async () => {
  original = await makeDataDirectory('migrated');
  const database = await original.open();
  await addWorkspace(database, 'before');
  await database.close();
});
afterAll(() => original.remove());
beforeEach(async () => {
  directory = await makeDataDirectory(original);
});
afterEach(() => directory.remove());

async function addWorkspace(database: Database, id: string): Promise<void> {
  const row = { id, name: id, botUserId: 'U1', createdAt: new Date() };
  await database.prisma.workspace.create({ data: row });
}

async function readIds(database: Database): Promise<string[]> {
  const rows = await database.prisma.workspace.findMany({ orderBy: { id: 'asc' } });
  return rows.map((row) => row.id);
}

function inDatabase(...names: string[]): string {
  return join(directory.path, 'database', ...names);
}

async function snapshotNames(): Promise<string[]> {
  return (await readdir(join(directory.path, 'snapshots'))).toSorted();
}

const everyDamage: { damage: string; inflict: () => Promise<void> }[] = [
  { damage: 'its control file is gone', inflict: () => rm(inDatabase('global', 'pg_control')) },
  {
    damage: 'its control file is empty',
    inflict: () => truncate(inDatabase('global', 'pg_control')),
  },
  {
    damage: 'its control file is noise',
    inflict: () => writeFile(inDatabase('global', 'pg_control'), Buffer.alloc(8192, 7)),
  },
  { damage: 'its version file is gone', inflict: () => rm(inDatabase('PG_VERSION')) },
  {
    damage: 'its write-ahead log is gone',
    inflict: () => rm(inDatabase('pg_wal'), { recursive: true }),
  },
  { damage: 'its tables are gone', inflict: () => rm(inDatabase('base'), { recursive: true }) },
  {
    damage: 'its catalogue is noise',
    inflict: async () => {
      for (const name of await readdir(inDatabase('base', '5'))) {
        if (/^1259(_|$)/.test(name))
          await writeFile(inDatabase('base', '5', name), Buffer.alloc(16_384, 9));
      }
    },
  },
];

// The long form tries them all.
const damages = process.env.LONG
  ? everyDamage
  : everyDamage.filter(({ damage }) => /control file is gone|tables|catalogue/.test(damage));

describe('when the database cannot be opened', () => {
  test.each(damages)(
    'because $damage, the newest snapshot takes its place and says so',
    async ({ inflict }) => {
      await inflict();
      const database = await directory.open();
      expect(await readIds(database)).toEqual(['before']);
      await addWorkspace(database, 'after');
      await database.close();

      const told = directory.log.map((line) => line.msg);
      expect(told).toContain('the embedded database cannot be opened');
      expect(told).toContain('the embedded database was restored from a snapshot');
      const kept = (await readdir(directory.path)).filter((name) =>
        name.startsWith('database.broken-'),
      );
      expect(kept).toHaveLength(1);
    },
  );

  test('an unreadable snapshot is passed over for the one before it', async () => {
    const database = await directory.open();
    await addWorkspace(database, 'later');
    await database.close();
    const newest = (await snapshotNames()).at(-1) ?? '';
    await truncate(join(directory.path, 'snapshots', newest), 100_000);
    await rm(inDatabase('global', 'pg_control'));

    const restored = await directory.open();
    expect(await readIds(restored)).toEqual(['before']);
    await restored.close();
    expect(directory.log.map((line) => line.msg)).toContain(
      'a snapshot of the embedded database cannot be opened',
    );
  });

  test('and there is no snapshot, nothing is touched and the sentence says what to do', async () => {
    await rm(join(directory.path, 'snapshots'), { recursive: true });
    await rm(inDatabase('global', 'pg_control'));
    await expect(directory.open()).rejects.toThrow(
      /cannot be opened and there is no readable snapshot.*Restore a backup/,
    );
    expect(await readdir(directory.path)).toContain('database');
    expect(await readdir(inDatabase())).toContain('PG_VERSION');
  });
});

test('when the whole database directory is gone, the newest snapshot takes its place', async () => {
  await rm(inDatabase(), { recursive: true });
  const database = await directory.open();
  expect(await readIds(database)).toEqual(['before']);
  await database.close();
});

test('the last three snapshots are kept, and none is taken when nothing changed', async () => {
  const database = await directory.open();
  for (const id of ['a', 'b', 'c']) {
    await addWorkspace(database, id);
    await database.snapshot?.();
  }
  const names = await snapshotNames();
  expect(names).toHaveLength(3);
  await database.snapshot?.();
  expect(await snapshotNames()).toEqual(names);
  await database.close();
  expect(await snapshotNames()).toEqual(names);
});

test('rows written while a snapshot is taken are all there, and the snapshot is whole', async () => {
  const database = await directory.open();
  await addWorkspace(database, 'first');
  const snapshot = database.snapshot?.();
  const ids = Array.from({ length: 40 }, (_, index) => `during${index}`);
  await Promise.all(ids.map((id) => addWorkspace(database, id)));
  await snapshot;
  expect(await readIds(database)).toHaveLength(42);
  await database.close();
  await rm(join(directory.path, 'snapshots', (await snapshotNames()).at(-1) ?? ''));
  await rm(inDatabase('global', 'pg_control'));

  const restored = await directory.open();
  expect(await readIds(restored)).toContain('first');
  await restored.close();
});

test('nobody else may look into the data directory', async () => {
  const created = await makeDataDirectory('empty');
  await (await created.open()).close();
  const entries = await readdir(created.path, { recursive: true, withFileTypes: true });
  const directories = entries.filter((entry) => entry.isDirectory());
  const modes = await Promise.all(
    directories.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).mode),
  );
  expect((await stat(created.path)).mode & 0o077).toBe(0);
  expect(modes.filter((mode) => (mode & 0o077) !== 0)).toEqual([]);
  await created.remove();
});

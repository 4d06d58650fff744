import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { runAdmin } from '../../src/admin/run.ts';
import { type Database, openDatabase } from '../../src/database/index.ts';
import { createScratchDatabase, findPostgres } from '../support/postgres.ts';
import { SOME_IDS, writeFirstOffice } from './first-office.ts';

const now = () => DateTime.utc(2026, 3, 4, 2);
const log = pino({ level: 'silent' });

type Place = { environment: Record<string, string>; remove(): Promise<void> };

let folder: string;
let count = 0;
const places: Place[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-backup-'));
});
afterAll(async () => {
  for (const place of places) await place.remove();
  await rm(folder, { recursive: true, force: true });
});

function embedded(): Promise<Place> {
  count += 1;
  const environment = { DATA_DIR: join(folder, `office-${count}`) };
  return Promise.resolve({ environment, remove: () => Promise.resolve() });
}

async function postgres(): Promise<Place> {
  const { url, drop } = await createScratchDatabase();
  return { environment: { DATABASE_URL: url }, remove: drop };
}

async function place(create: () => Promise<Place>): Promise<Place> {
  const made = await create();
  places.push(made);
  return made;
}

async function inDatabase<T>(at: Place, use: (database: Database) => Promise<T>): Promise<T> {
  const { DATABASE_URL: url, DATA_DIR: dataDir = '' } = at.environment;
  const database = await openDatabase({ url, dataDir, log, now });
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

async function admin(at: Place, ...args: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const { environment } = at;
  const code = await runAdmin({ args, environment, now, print: say, complain: say });
  return { code, said: said.join('\n') };
}

/** Every row of the product, as text. */
async function dump(database: Database): Promise<Record<string, string[]>> {
  const { prisma } = database;
  const tables = await prisma.$queryRawUnsafe<{ name: string }[]>(
    `SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
  );
  const rows: Record<string, string[]> = {};
  for (const { name } of tables) {
    const found = await prisma.$queryRawUnsafe<{ row: string }[]>(
      `SELECT t::text AS row FROM "${name}" t ORDER BY 1`,
    );
    rows[name] = found.map(({ row }) => row);
  }
  return rows;
}

const server = await findPostgres();
if ('missing' in server) process.stderr.write(`not run on PostgreSQL: ${server.missing}\n`);
const kinds = { 'the embedded database': embedded, PostgreSQL: postgres };
type Way = [from: keyof typeof kinds, to: keyof typeof kinds];
const ways: Way[] =
  'url' in server
    ? [
        ['the embedded database', 'PostgreSQL'],
        ['PostgreSQL', 'the embedded database'],
        ['PostgreSQL', 'PostgreSQL'],
      ]
    : [['the embedded database', 'the embedded database']];

/** An office whose rows are all that matters: the queue has nothing of it. */
async function office(create: () => Promise<Place>): Promise<Place> {
  const at = await place(create);
  const { DATABASE_URL: url, DATA_DIR: dataDir = '' } = at.environment;
  await writeFirstOffice({ ...(url && { url }), dataDir, ids: SOME_IDS });
  return at;
}

describe.each(ways)('a backup of %s', (from, to) => {
  test(`brings every row back in ${to}`, async () => {
    const source = await office(kinds[from]);
    const target = await place(kinds[to]);
    const file = join(folder, `${from}-${to}.backup`.replaceAll(' ', '-'));
    const saved = await admin(source, 'backup', file);
    expect(saved).toEqual({ code: 0, said: expect.stringContaining('rows of') });
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(await admin(target, 'restore', file)).toEqual({
      code: 0,
      said: expect.stringContaining('Start Tandem'),
    });
    const before = await inDatabase(source, dump);
    expect(before['checkins']?.join()).toContain('naïve 日本 🎉');
    await inDatabase(target, async (database) => {
      const after = await dump(database);
      // Each database notes what was done with it, after the deed.
      expect(before['audit_entries']?.join()).toContain('operator,backup.saved');
      expect(after['audit_entries']?.join()).toContain('operator,backup.restored');
      const audit = { audit_entries: expect.anything() };
      expect(after).toEqual({ ...before, ...audit });
      const { prisma } = database;
      const newest = await prisma.delivery.aggregate({ _max: { seq: true } });
      const [next] = await prisma.$queryRaw<{ seq: bigint }[]>`
        SELECT nextval(pg_get_serial_sequence('deliveries', 'seq')) AS seq`;
      expect(next?.seq).toBeGreaterThan(newest._max.seq ?? 0n);
    });

    expect(await admin(target, 'restore', file)).toEqual({
      code: 1,
      said: expect.stringContaining('not empty'),
    });
    expect(await admin(source, 'backup', file)).toEqual({
      code: 1,
      said: expect.stringContaining('exists already'),
    });
  });
});

describe('a file that is no good', () => {
  let good: string;
  let target: Place;
  beforeAll(async () => {
    const create = 'url' in server ? postgres : embedded;
    const source = await office(create);
    good = join(folder, 'good.backup');
    await admin(source, 'backup', good);
    target = await place(create);
  });

  const spoil: [string, (content: Buffer) => Buffer, string][] = [
    ['of another program', () => Buffer.from('PGDMP and so on'), 'is no backup of Tandem'],
    ['packed by another program', () => gzipSync('{"format":"other"}\n'), 'is no backup of Tandem'],
    ['that is empty', () => Buffer.alloc(0), 'damaged or cut off'],
    ['cut in the middle', (all) => all.subarray(0, all.length / 2), 'damaged or cut off'],
    [
      'cut at the end of a piece',
      (all) => {
        const content = gunzipSync(all);
        return gzipSync(content.subarray(0, content.lastIndexOf('{"end"')));
      },
      'damaged or cut off',
    ],
    [
      'with one letter changed',
      (all) => {
        const content = gunzipSync(all);
        content.write('X', content.indexOf('Moved the board'));
        return gzipSync(content);
      },
      'damaged or cut off',
    ],
    [
      'of a newer version',
      (all) => gzipSync(gunzipSync(all).toString().replace('"checksum":"', '"checksum":"0')),
      'another version of Tandem',
    ],
  ];
  test.each(spoil)(
    '%s is refused in words, and nothing is written',
    async (name, change, words) => {
      const file = join(folder, `${name}.backup`);
      await writeFile(file, change(await readFile(good)));
      const { code, said } = await admin(target, 'restore', file);
      expect(code).toBe(1);
      expect(said).toContain(words);
      expect(said).not.toContain('Moved the board');
    },
  );

  test('the same file without a fault is then taken by the same database', async () => {
    expect((await admin(target, 'restore', good)).code).toBe(0);
  });

  test('that is not there, and one that cannot be written, are named', async () => {
    const missing = join(folder, 'nowhere', 'x.backup');
    expect((await admin(target, 'restore', missing)).said).toContain('cannot be read (ENOENT)');
    expect((await admin(target, 'backup', missing)).said).toContain('cannot be written (ENOENT)');
    await copyFile(good, join(folder, 'kept.backup'));
    const left = (await readdir(folder)).filter((name) => name.endsWith('.partial'));
    expect(left).toEqual([]);
  });
});

test('steps whose time had come when the backup was made are taken after it is restored', async () => {
  const create = 'url' in server ? postgres : embedded;
  const source = await office(create);
  const queued = await inDatabase(source, async ({ prisma }) => {
    await prisma.occurrence.updateMany({
      where: { nextStep: { not: null } },
      data: { nextStepAt: null },
    });
    return await prisma.occurrence.count({ where: { nextStep: { not: null } } });
  });
  expect(queued).toBeGreaterThan(0);
  const file = join(folder, 'queued.backup');
  await admin(source, 'backup', file);
  const target = await place(create);
  await admin(target, 'restore', file);
  const due = await inDatabase(target, ({ prisma }) =>
    prisma.occurrence.count({ where: { nextStepAt: { not: null } } }),
  );
  expect(due).toBe(queued);
});

test('help is there for all commands together and for each', async () => {
  const at = await embedded();
  const all = await admin(at, '--help');
  expect(all.code).toBe(0);
  for (const word of ['deliveries resend', 'backup FILE', 'restore FILE'])
    expect(all.said).toContain(word);
  const one = await admin(at, 'restore', '--help');
  expect(one.said).toContain('restore FILE');
  expect(one.said).not.toContain('deliveries');
  expect((await admin(at, 'backup')).code).toBe(2);
});

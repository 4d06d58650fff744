import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { access, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { type Database, openDatabase } from '../../src/database/index.ts';
import { migrate } from '../../src/database/migrate.ts';
import { readMigrations } from '../../src/database/migrations.ts';
import { createPGliteAdapter } from '../../src/database/pglite-adapter.ts';
import { createPGlite, servePGlite } from '../../src/database/pglite-client.ts';
import { createJobs } from '../../src/jobs/index.ts';
import { createScratchDatabase, findPostgres, runSql, type ScratchDatabase } from './postgres.ts';

const silent = pino({ level: 'silent' });

/**
 * A fresh, migrated database. Close it at the end of the test. It is on PostgreSQL where there is one, which is many
 * times faster; what must hold on both kinds asks for them.
 */
export async function createTestDatabase(): Promise<Database> {
  return 'url' in (await findPostgres()) ? createPostgresDatabase() : createEmbeddedDatabase();
}

/** A fresh, migrated database in memory. */
export async function createEmbeddedDatabase(): Promise<Database> {
  return servePGlite(await createPGlite({ loadDataDir: await openTemplate() }), async () => {});
}

/** A fresh, migrated database on a real server; dropped when it is closed. Needs `findPostgres` to find one. */
export async function createPostgresDatabase(): Promise<Database & { url: string }> {
  const scratch = await createMigratedDatabase();
  const database = await openDatabase({
    url: scratch.url,
    dataDir: '',
    log: silent,
    now: () => DateTime.now(),
  });
  return {
    ...database,
    url: scratch.url,
    async close() {
      await database.close();
      await scratch.drop();
    },
  };
}

export type DatabaseKind = { kind: string; create: () => Promise<Database> };

/** What a suite runs on that must hold on both kinds; says so when there is no PostgreSQL. */
export async function bothKinds(): Promise<DatabaseKind[]> {
  const kinds: DatabaseKind[] = [{ kind: 'the embedded database', create: createEmbeddedDatabase }];
  const server = await findPostgres();
  if ('url' in server) kinds.push({ kind: 'PostgreSQL', create: createPostgresDatabase });
  else process.stderr.write(`not run on PostgreSQL: ${server.missing}\n`);
  return kinds;
}

/** `bothKinds` in the long form; otherwise the one that production uses, for suites that say little about databases. */
export async function oneKind(): Promise<DatabaseKind[]> {
  const kinds = await bothKinds();
  return process.env.LONG ? kinds : kinds.slice(-1);
}

/** A new database on the server for tests, migrated and with its job queue: a copy of one that is made once. */
export async function createMigratedDatabase(): Promise<ScratchDatabase> {
  const server = await findPostgres();
  if ('missing' in server) throw new Error(server.missing);
  const template = `tandem_template_${await describeSchema()}`;
  const known = await runSql(server.url, `SELECT 1 FROM pg_database WHERE datname = '${template}'`);
  if (known.length === 0) {
    const { url } = await createScratchDatabase();
    const database = await openDatabase({
      url,
      dataDir: '',
      log: silent,
      now: () => DateTime.now(),
    });
    await installJobs(database);
    await database.close();
    const name = new URL(url).pathname.slice(1);
    // Somebody else on the same server may have been faster.
    await runSql(server.url, `ALTER DATABASE ${name} RENAME TO ${template}`).catch(() =>
      runSql(server.url, `DROP DATABASE ${name}`),
    );
  }
  return createScratchDatabase(template);
}

/** The files of a migrated database with its job queue, as PGlite loads them. */
export async function openTemplate(): Promise<Blob> {
  return openAsBlob(await makeTemplate(), { type: 'application/x-tar' });
}

/** Made once for one state of the migrations and dependencies. */
async function makeTemplate(): Promise<string> {
  const file = join(tmpdir(), `tandem-template-${userInfo().uid}-${await describeSchema()}.tar`);
  if (
    await access(file).then(
      () => true,
      () => false,
    )
  )
    return file;
  const pglite = await createPGlite();
  const migrations = await readMigrations();
  await migrate({ factory: createPGliteAdapter(pglite), migrations, log: silent });
  const database = servePGlite(pglite, async () => {});
  await installJobs(database);
  const dump = await pglite.dumpDataDir('none');
  await database.close();
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()), { mode: 0o600 });
  await rename(unfinished, file);
  return file;
}

/** Names what a template is made of: another name for other migrations or dependencies. */
async function describeSchema(): Promise<string> {
  const lockFile = fileURLToPath(new URL('../../package-lock.json', import.meta.url));
  const versions = await readFile(lockFile, 'utf8');
  return createHash('sha256')
    .update(JSON.stringify([await readMigrations(), versions]))
    .digest('hex')
    .slice(0, 16);
}

async function installJobs(database: Database): Promise<void> {
  const jobs = createJobs({ database, log: silent });
  await jobs.start({ handlers: [], sweeps: [], tick: 'manual' });
  await jobs.stop();
}

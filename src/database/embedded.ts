import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import { unpackDirectory } from './archive.ts';
import { DatabaseError } from './errors.ts';
import { exists, makePrivate, syncToDisk } from './files.ts';
import type { Database } from './index.ts';
import { lockDirectory } from './lock.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations.ts';
import { createPGliteAdapter } from './pglite-adapter.ts';
import { createPGlite } from './pglite-client.ts';
import { createSnapshots, type Snapshots } from './snapshots.ts';
import { serveWithUpkeep } from './upkeep.ts';

type EmbeddedOptions = {
  dataDir: string;
  migrations: Migration[];
  log: Logger;
  now: () => DateTime;
};

type Place = { dataDir: string; directory: string; snapshots: Snapshots };

/**
 * Opens and migrates the embedded database in `dataDir`, created when absent. Holds the directory's
 * lock until closed, and goes back to the newest snapshot when the database cannot be read.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Database> {
  const { dataDir, migrations, log } = options;
  await mkdir(dataDir, { recursive: true });
  await chmod(dataDir, 0o700);
  const lock = lockDirectory(dataDir);
  try {
    const place = {
      dataDir,
      directory: join(dataDir, 'database'),
      snapshots: createSnapshots(join(dataDir, 'snapshots')),
    };
    const pglite = await openOrRestore(place, options);
    try {
      await migrate({ factory: createPGliteAdapter(pglite), migrations, log });
      return await serveWithUpkeep({ pglite, ...place, log, release: lock.release });
    } catch (error) {
      await pglite.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openOrRestore(place: Place, options: EmbeddedOptions): Promise<PGlite> {
  const { directory, snapshots } = place;
  const { log, now } = options;
  const candidates = await snapshots.list();
  let brokenAs: string | undefined;
  if (await exists(directory)) {
    try {
      return await openCluster(directory);
    } catch (error) {
      if (candidates.length === 0) throw unreadable(place, error);
      brokenAs = `${directory}.broken-${now().toUTC().toFormat("yyyyMMdd'T'HHmmss'Z'")}`;
      await rename(directory, brokenAs);
      log.error({ err: error, keptAs: brokenAs }, 'the embedded database cannot be opened');
    }
  } else if (candidates.length === 0) return createCluster(place, options);
  for (const snapshot of candidates) {
    try {
      const pglite = await restore(snapshot, directory);
      log.warn(
        { snapshot, keptAs: brokenAs },
        'the embedded database was restored from a snapshot',
      );
      return pglite;
    } catch (error) {
      log.error({ err: error, snapshot }, 'a snapshot of the embedded database cannot be opened');
    }
  }
  if (brokenAs) await rename(brokenAs, directory);
  throw unreadable(place);
}

/** A new database appears under its name only when it is complete, so no kill leaves half of one. */
async function createCluster(place: Place, options: EmbeddedOptions): Promise<PGlite> {
  const partial = `${place.directory}.partial`;
  await rm(partial, { recursive: true, force: true });
  const pglite = await createPGlite({ dataDir: partial });
  try {
    await migrate({ factory: createPGliteAdapter(pglite), ...options });
  } finally {
    await pglite.close();
  }
  await makePrivate(partial);
  await rename(partial, place.directory);
  await syncToDisk(place.dataDir);
  return openCluster(place.directory);
}

async function restore(snapshot: string, directory: string): Promise<PGlite> {
  const partial = `${directory}.partial`;
  await rm(partial, { recursive: true, force: true });
  await unpackDirectory(snapshot, partial);
  await rename(partial, directory);
  try {
    return await openCluster(directory);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

async function openCluster(directory: string): Promise<PGlite> {
  // Without these PGlite would start a new database over the rests of the old one.
  for (const file of ['PG_VERSION', 'global/pg_control']) {
    if (!(await exists(join(directory, file)))) throw new Error(`${file} is missing`);
  }
  const pglite = await createPGlite({ dataDir: directory });
  await pglite.query('SELECT count(*) FROM pg_class');
  return pglite;
}

function unreadable(place: Place, cause?: unknown): DatabaseError {
  return new DatabaseError(
    `The database in ${place.directory} cannot be opened and there is no readable snapshot of it. Restore a backup of ${place.dataDir}, or move it away to begin anew.`,
    { cause },
  );
}

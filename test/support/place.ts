import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMigratedDatabase } from './databases.ts';
import { findPostgres } from './postgres.ts';

/** Where a database is kept that is opened and closed several times. */
export type Place = {
  environment: { DATA_DIR?: string; DATABASE_URL?: string };
  remove(): Promise<void>;
};

export async function embeddedPlace(): Promise<Place & { environment: { DATA_DIR: string } }> {
  const directory = await mkdtemp(join(tmpdir(), 'tandem-place-'));
  return {
    environment: { DATA_DIR: directory },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** A migrated database. */
export async function postgresPlace(): Promise<Place & { environment: { DATABASE_URL: string } }> {
  const { url, drop } = await createMigratedDatabase();
  return { environment: { DATABASE_URL: url }, remove: drop };
}

/** On PostgreSQL where there is one, and in the long form embedded: that takes several times as long. */
export async function openPlace(): Promise<Place> {
  const isQuick = !process.env.LONG && 'url' in (await findPostgres());
  return isQuick ? await postgresPlace() : await embeddedPlace();
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createScratchDatabase, findPostgres } from './postgres.ts';

/** Where a database is kept that is opened and closed several times. */
export type Place = { environment: Record<string, string>; remove(): Promise<void> };

export async function embeddedPlace(): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'tandem-place-'));
  return {
    environment: { DATA_DIR: directory },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

export async function postgresPlace(): Promise<Place> {
  const { url, drop } = await createScratchDatabase();
  return { environment: { DATABASE_URL: url }, remove: drop };
}

/** On PostgreSQL where there is one: opening takes long where the database is embedded. */
export async function openPlace(): Promise<Place> {
  return 'url' in (await findPostgres()) ? await postgresPlace() : await embeddedPlace();
}

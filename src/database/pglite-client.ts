import { setFlagsFromString } from 'node:v8';
import { PGlite } from '@electric-sql/pglite';
import { fromPglite } from 'pg-boss';
import { copyPGlite } from './copying.ts';
import { PrismaClient } from './generated/client.ts';
import type { Database } from './index.ts';
import { createPGliteAdapter } from './pglite-adapter.ts';

const COMPILER_FLAGS = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];
const SETTINGS = {
  timezone: 'UTC',
  shared_buffers: '16MB',
  min_wal_size: '32MB',
  max_wal_size: '64MB',
};

/** Starts PGlite on a directory, or in memory when there is none, from `loadDataDir` when given. */
export async function createPGlite(
  options: { dataDir?: string; loadDataDir?: Blob } = {},
): Promise<PGlite> {
  // The optimizing compiler takes 500 MB for some of PostgreSQL's functions and gains nothing here.
  for (const flag of COMPILER_FLAGS) setFlagsFromString(flag);
  return PGlite.create({
    ...options,
    startParams: [
      ...PGlite.defaultStartParams,
      ...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
  });
}

/** What the application sees of a migrated PGlite. `close` closes it, then calls `onClosed`. */
export function servePGlite(pglite: PGlite, onClosed: () => Promise<void>): Database {
  const prisma = new PrismaClient({
    adapter: createPGliteAdapter(pglite),
    // One connection: a transaction may have to wait for all those before it.
    transactionOptions: { maxWait: 20_000, timeout: 30_000 },
  });
  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    await prisma.$disconnect();
    await pglite.close();
    await onClosed();
  }
  return {
    kind: 'embedded',
    prisma,
    jobsConnection: { db: fromPglite(pglite), backend: 'pglite' },
    copying: copyPGlite(pglite),
    async isAlive() {
      return pglite.query('SELECT 1').then(
        () => true,
        () => false,
      );
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

import type { DateTime } from 'luxon';
import type { ConstructorOptions } from 'pg-boss';
import type { Logger } from 'pino';
import type { Copying } from './copying.ts';
import { openEmbedded } from './embedded.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { type Migration, readMigrations } from './migrations.ts';
import { openPostgres } from './postgres.ts';

/** What a store gets inside `prisma.$transaction`. */
export type Tx = Prisma.TransactionClient;

/**
 * An open, migrated database. The embedded one has a single connection: a statement outside an open
 * transaction waits for it to end, so inside a transaction everything goes through its `tx`.
 */
export type Database = {
  kind: 'postgres' | 'embedded';
  prisma: PrismaClient;
  /** How the job queue reaches the same database. */
  jobsConnection: Pick<
    ConstructorOptions,
    'db' | 'backend' | 'connectionString' | 'max' | 'application_name'
  >;
  /** For backups: whole tables in one transaction. */
  copying: Copying;
  isAlive(): Promise<boolean>;
  /** Embedded only: saves a snapshot now, unless nothing changed since the last one. */
  snapshot?(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens the PostgreSQL database at `url`, or without one the embedded database in `dataDir`, and
 * migrates it. Throws a `DatabaseError` with a sentence for the operator.
 */
export async function openDatabase(options: {
  url?: string | undefined;
  dataDir: string;
  log: Logger;
  now: () => DateTime;
  migrations?: Migration[];
}): Promise<Database> {
  const { url, ...rest } = options;
  const migrations = options.migrations ?? (await readMigrations());
  return url === undefined
    ? openEmbedded({ ...rest, migrations })
    : openPostgres({ url, log: options.log, migrations });
}

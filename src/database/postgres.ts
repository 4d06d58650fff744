import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import type { Logger } from 'pino';
import { copyPostgres } from './copying.ts';
import { DatabaseError } from './errors.ts';
import { PrismaClient } from './generated/client.ts';
import type { Database } from './index.ts';
import { migrate, readMigrationState } from './migrate.ts';
import type { Migration } from './migrations.ts';
import { runScript } from './script.ts';

const POOL_SIZE = 10;
const JOBS_POOL_SIZE = 4;
const CONNECT_TIMEOUT = 10_000;
const MIGRATION_LOCK = 'tandem.migrate';
const MIGRATION_LOCK_TIMEOUT = '120s';

/** Opens and migrates the PostgreSQL database at `url`. Any number of processes may do so at once. */
export async function openPostgres(options: {
  url: string;
  migrations: Migration[];
  log: Logger;
}): Promise<Database> {
  const { url, migrations, log } = options;
  const pool = createPool({ url, log, max: POOL_SIZE });
  try {
    const factory = new PrismaPg(pool);
    await connectOnce(pool, url);
    const { state } = await readMigrationState(factory, migrations);
    if (state === 'behind') await migrateAlone(options);
    const prisma = new PrismaClient({
      adapter: factory,
      transactionOptions: { maxWait: 20_000, timeout: 30_000 },
    });
    return {
      kind: 'postgres',
      prisma,
      jobsConnection: {
        connectionString: url,
        max: JOBS_POOL_SIZE,
        application_name: 'tandem-jobs',
      },
      copying: copyPostgres(pool),
      async isAlive() {
        return pool.query('SELECT 1').then(
          () => true,
          () => false,
        );
      },
      async close() {
        await prisma.$disconnect();
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function migrateAlone(options: {
  url: string;
  migrations: Migration[];
  log: Logger;
}): Promise<void> {
  const { url, migrations, log } = options;
  // One connection that stays: it holds the lock for as long as the migration runs.
  const pool = createPool({ url, log, max: 1, idleTimeoutMillis: 0 });
  try {
    await pool.query(`SET lock_timeout = '${MIGRATION_LOCK_TIMEOUT}'`);
    await pool.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [MIGRATION_LOCK]);
    await pool.query('SET lock_timeout = 0');
    await migrate({ factory: createMigrationAdapter(pool), migrations, log });
  } finally {
    await pool.end();
  }
}

function createMigrationAdapter(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const base = new PrismaPg(pool);
  return {
    provider: base.provider,
    adapterName: base.adapterName,
    connectToShadowDb: () => base.connectToShadowDb(),
    async connect() {
      const adapter = await base.connect();
      adapter.executeScript = (script) => runScript(() => pool.query(script));
      return adapter;
    },
  };
}

function createPool(options: {
  url: string;
  log: Logger;
  max: number;
  idleTimeoutMillis?: number;
}): pg.Pool {
  const { url, log, ...limits } = options;
  const config: pg.PoolConfig & { onConnect(client: pg.Client): Promise<void> } = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    application_name: 'tandem',
    // Prisma writes instants without a zone and reads them as UTC, so every session has to be in UTC.
    async onConnect(client) {
      await client.query("SET TIME ZONE 'UTC'");
    },
    ...limits,
  };
  const pool = new pg.Pool(config);
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection was lost'));
  return pool;
}

async function connectOnce(pool: pg.Pool, url: string): Promise<void> {
  try {
    await pool.query('SELECT 1');
  } catch (error) {
    const reason = describeConnectionError(error);
    throw new DatabaseError(
      `The database at ${withoutPassword(url)} (DATABASE_URL) cannot be opened: ${reason}.`,
      { cause: error },
    );
  }
}

function describeConnectionError(error: unknown): string {
  // A host with several addresses fails with one error for each, and an empty message.
  if (error instanceof AggregateError) return describeConnectionError(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'the given address';
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

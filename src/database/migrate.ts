import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { Logger } from 'pino';
import { DatabaseError, NewerDatabaseError } from './errors.ts';
import type { Migration } from './migrations.ts';
import { EVERYTHING, toMigrationList, withSchemaEngine } from './schema-engine.ts';

type AppliedMigration = { name: string; checksum: string; finished: boolean };
type MigrationState =
  | { state: 'current' }
  | { state: 'behind'; pending: string[]; interrupted: string[] };

/**
 * Brings the database to the newest migration and returns the names of those it applied. The caller
 * makes sure that nobody else migrates this database meanwhile.
 */
export async function migrate(target: {
  factory: SqlMigrationAwareDriverAdapterFactory;
  migrations: Migration[];
  log: Logger;
}): Promise<string[]> {
  const { factory, migrations, log } = target;
  const state = await readMigrationState(factory, migrations);
  if (state.state === 'current') return [];
  return withSchemaEngine(factory, async (engine) => {
    for (const migrationName of state.interrupted) {
      // A migration is one script, hence one transaction: what was interrupted left nothing behind.
      log.warn(
        { migration: migrationName },
        'a migration was interrupted earlier, applying it again',
      );
      await engine.markMigrationRolledBack({ migrationName });
    }
    try {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList: toMigrationList(migrations),
        filters: EVERYTHING,
      });
      log.info({ migrations: appliedMigrationNames }, 'database migrated');
      return appliedMigrationNames;
    } catch (error) {
      throw await describeFailure(factory, state.pending, error);
    }
  });
}

/** Compares by plain SQL what the database has with what the code has; throws when they contradict. */
export async function readMigrationState(
  factory: SqlMigrationAwareDriverAdapterFactory,
  migrations: Migration[],
): Promise<MigrationState> {
  const applied = await readHistory(await factory.connect());
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const finished = new Set<string>();
  const interrupted: string[] = [];
  for (const { name, checksum, finished: isFinished } of applied) {
    const migration = known.get(name);
    if (!migration) {
      throw new NewerDatabaseError(
        `The database was migrated by a newer version of Tandem: it has the migration ${name}, which this version does not know. Start that version, or restore a backup from before it.`,
      );
    }
    if (!isFinished) interrupted.push(name);
    else if (checksum !== migration.checksum) {
      throw new DatabaseError(
        `The migration ${name} was changed after it had been applied to this database. Restore the file as it was; changes belong in a new migration.`,
      );
    } else finished.add(name);
  }
  const pending = migrations.map(({ name }) => name).filter((name) => !finished.has(name));
  return pending.length === 0 ? { state: 'current' } : { state: 'behind', pending, interrupted };
}

async function readHistory(adapter: SqlDriverAdapter): Promise<AppliedMigration[]> {
  const rows = await select(adapter, "SELECT to_regclass('_prisma_migrations') IS NOT NULL");
  if (rows[0]?.[0] !== 'true') return [];
  const history = await select(
    adapter,
    `SELECT migration_name, checksum, finished_at IS NOT NULL FROM _prisma_migrations
      WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return history.map(([name = '', checksum = '', finished]) => ({
    name,
    checksum,
    finished: finished === 'true',
  }));
}

/** All values as text. */
async function select(adapter: SqlDriverAdapter, sql: string): Promise<string[][]> {
  const { rows } = await adapter.queryRaw({ sql, args: [], argTypes: [] });
  return rows.map((row) => row.map(String));
}

async function describeFailure(
  factory: SqlMigrationAwareDriverAdapterFactory,
  pending: string[],
  error: unknown,
): Promise<DatabaseError> {
  const adapter = await factory.connect();
  const failed = await select(
    adapter,
    `SELECT migration_name FROM _prisma_migrations
      WHERE finished_at IS NULL AND rolled_back_at IS NULL ORDER BY started_at DESC LIMIT 1`,
  ).catch(() => []);
  const name = failed[0]?.[0] ?? pending[0];
  return new DatabaseError(
    `The migration ${name} failed and nothing of it was kept: ${reasonOf(error)}`,
    { cause: error },
  );
}

/** What the database said, without the engine's own heading and trace. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [reason = ''] = message.split(/\n\s+0: /);
  return reason.replace('external connector error', '').trim();
}

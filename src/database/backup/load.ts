import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import { type CopySession, quote } from '../copying.ts';
import { DatabaseError, NewerDatabaseError } from '../errors.ts';
import { type Database, openDatabase } from '../index.ts';
import { type Migration, readMigrations } from '../migrations.ts';
import { type BackupReader, openBackup } from './file.ts';
import { advanceCounters, listTables } from './tables.ts';

type Target = {
  url: string | undefined;
  dataDir: string;
  log: Logger;
  now: () => DateTime;
};

const NOT_EMPTY =
  'The database is not empty, so nothing was restored. Name an empty one with DATABASE_URL or DATA_DIR; the one in use can stay as it is.';

/**
 * Brings a backup of either kind of database into an empty one of either kind: the file is read to its end first, then
 * all rows come in one transaction, then what is newer than the backup is migrated. Says how many rows there are.
 */
export async function loadBackup(o: Target & { path: string }): Promise<number> {
  await readThrough(o.path);
  const backup = await openBackup(o.path);
  const migrations = await migrationsOf(backup, o.path);
  const database = await openEmpty(o, migrations);
  let rows: number;
  try {
    rows = await database.copying((session) => fill(session, backup));
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(
      `The database did not take the rows of ${o.path}, so nothing was restored.`,
      { cause: error },
    );
  } finally {
    await database.close();
  }
  const migrated = await openDatabase(o);
  await migrated.close();
  return rows;
}

/** Rejects when anything in the file is missing or changed, before a database is touched. */
async function readThrough(path: string): Promise<void> {
  const { tables } = await openBackup(path);
  for await (const { content } of tables()) for await (const piece of content) void piece;
}

async function migrationsOf({ head }: BackupReader, path: string): Promise<Migration[]> {
  const known = await readMigrations();
  const isOurs = head.migrations.every(({ name, checksum }, index) => {
    const own = known[index];
    return own !== undefined && own.name === name && own.checksum === checksum;
  });
  if (isOurs) return known.slice(0, head.migrations.length);
  throw new DatabaseError(
    `${path} was made by another version of Tandem, which this one cannot read. Restore it with that version or a newer one. Nothing was changed.`,
  );
}

async function openEmpty(target: Target, migrations: Migration[]): Promise<Database> {
  try {
    return await openDatabase({ ...target, migrations });
  } catch (error) {
    // Nobody has migrated an empty database further than the backup.
    throw error instanceof NewerDatabaseError ? new DatabaseError(NOT_EMPTY) : error;
  }
}

async function fill(session: CopySession, backup: BackupReader): Promise<number> {
  const { head } = backup;
  const tables = await listTables(session);
  for (const { name } of tables) {
    await session.query(`LOCK TABLE ${quote(name)} IN ACCESS EXCLUSIVE MODE`);
    const rows = await session.query(`SELECT 1 FROM ${quote(name)} LIMIT 1`);
    if (rows.length > 0) throw new DatabaseError(NOT_EMPTY);
  }
  let total = 0;
  for await (const { name, content } of backup.tables()) {
    const table = head.tables.find((one) => one.name === name);
    if (table) await session.copyIn(table, content);
    const [counted] = await session.query(`SELECT count(*)::int AS rows FROM ${quote(name)}`);
    total += Number(counted?.['rows']);
  }
  await advanceCounters(session);
  await queueAgain(session);
  return total;
}

/** A step whose time has come is marked as queued, and the queue is not part of a backup: such a step is due once more. */
async function queueAgain(session: CopySession): Promise<void> {
  await session.query(
    `UPDATE occurrences SET "nextStepAt" = "changedAt"
     WHERE "nextStep" IS NOT NULL AND "nextStepAt" IS NULL`,
  );
}

import type { DateTime } from 'luxon';
import type { Database } from '../index.ts';
import { readMigrations } from '../migrations.ts';
import { type Totals, writeBackup } from './file.ts';
import { listTables } from './tables.ts';

/** Saves all rows, as they are at one moment, in a new file. Work that is queued is not saved: the rows say what is due. */
export async function saveBackup(o: {
  database: Database;
  path: string;
  now: DateTime;
}): Promise<Totals> {
  const known = await readMigrations();
  return await o.database.copying(async (session) => {
    const tables = await listTables(session);
    return await writeBackup({
      path: o.path,
      head: {
        createdAt: o.now.toUTC().toISO() ?? '',
        migrations: known.map(({ name, checksum }) => ({ name, checksum })),
        tables: tables.map(({ name, columns }) => ({ name, columns: [...columns] })),
      },
      read: (table) => session.copyOut(table),
    });
  });
}

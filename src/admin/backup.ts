import { pino } from 'pino';
import { readDatabaseConfig } from '../config.ts';
import { loadBackup } from '../database/backup/load.ts';
import { saveBackup } from '../database/backup/save.ts';
import { noteOperator } from './audit.ts';
import { type Command, onDatabase } from './command.ts';
import { UsageError } from './usage.ts';

/** Saves everything in one file. */
export const backup: Command = {
  subject: 'backup',
  options: {},
  usage: `npm run admin -- backup FILE

Saves everything, as it is at one moment, in a new file that its owner alone can read. PostgreSQL may be in use
meanwhile. Slack's tokens stay encrypted in it: keep ENCRYPTION_KEY too, but elsewhere.`,
  read(words) {
    const path = readPath(words);
    return onDatabase(async ({ database, now, print }) => {
      const totals = await saveBackup({ database, path, now });
      await noteOperator(database.prisma, { action: 'backup.saved', of: {}, now });
      const rows = Object.values(totals).reduce((sum, one) => sum + one.rows, 0);
      print(`Saved ${rows} rows of ${Object.keys(totals).length} tables in ${path}.`);
      return true;
    });
  },
};

/** Brings a saved file into an empty database. */
export const restore: Command = {
  subject: 'restore',
  options: {},
  usage: `npm run admin -- restore FILE

Brings a file of "backup" into an empty database of either kind: this is also how an embedded database moves to
PostgreSQL. All of it or nothing; what is newer than the file is migrated.`,
  read(words) {
    const path = readPath(words);
    return async (surroundings) => {
      const { environment, now, print } = surroundings;
      const { url, dataDir } = readDatabaseConfig(environment);
      const log = pino({ level: 'silent' });
      const rows = await loadBackup({ path, url: url?.reveal(), dataDir, log, now });
      print(`Restored ${rows} rows. Start Tandem to go on.`);
      return await onDatabase(async (on) => {
        await noteOperator(on.database.prisma, {
          action: 'backup.restored',
          of: {},
          now: on.now,
        });
        return true;
      })(surroundings);
    };
  },
};

function readPath([path, ...more]: readonly string[]): string {
  if (!path || more.length > 0) throw new UsageError('Name one file.');
  return path;
}

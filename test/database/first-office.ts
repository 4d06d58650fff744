import { readFile } from 'node:fs/promises';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { type Database, openDatabase } from '../../src/database/index.ts';
import { readMigrations } from '../../src/database/migrations.ts';

const FIXTURE = new URL('fixtures/first-office.sql', import.meta.url);

/** The ids of Slack that the rows name. */
export type Ids = Record<'TEAM' | 'DANA' | 'ANA' | 'MARTA' | 'BOT' | 'CHANNEL', string>;

export const SOME_IDS: Ids = {
  TEAM: 'T0000000001',
  DANA: 'U0000000001',
  ANA: 'U0000000002',
  MARTA: 'U0000000003',
  BOT: 'U0000000004',
  CHANNEL: 'C0000000005',
};

/**
 * What the first version of Tandem, with the first migration only, had written by Wed 4 March 2026, 09:00 in Manila: a
 * pair that set itself up, a check-in, a reminder every weekday, leave, and the messages about them.
 */
export async function writeFirstOffice(place: {
  url?: string;
  dataDir: string;
  ids: Ids;
}): Promise<void> {
  const migrations = await readMigrations();
  const database = await openDatabase({
    url: place.url,
    dataDir: place.dataDir,
    log: pino({ level: 'silent' }),
    now: () => DateTime.utc(2026, 3, 4, 1),
    migrations: migrations.slice(0, 1),
  });
  try {
    await insertFirstOffice(database, place.ids);
  } finally {
    await database.close();
  }
}

async function insertFirstOffice(database: Database, ids: Ids): Promise<void> {
  let sql = await readFile(FIXTURE, 'utf8');
  for (const [name, id] of Object.entries(ids)) sql = sql.replaceAll(`{${name}}`, id);
  for (const statement of sql.trim().split(/;\n(?=INSERT)/))
    await database.prisma.$executeRawUnsafe(statement.replace(/;$/, ''));
}

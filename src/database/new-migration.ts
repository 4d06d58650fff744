import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { MIGRATIONS_DIRECTORY, readMigrations } from './migrations.ts';
import { findSchemaChanges } from './schema-changes.ts';

const [name = ''] = process.argv.slice(2);

if (!/^[a-z0-9_]+$/.test(name)) {
  process.stderr.write('Usage: npm run migration:new NAME   (lower case letters, digits and _)\n');
  process.exitCode = 1;
} else {
  const migrations = await readMigrations();
  const sql = await findSchemaChanges(migrations);
  if (sql === null)
    process.stdout.write('The migrations already lead to the schema: nothing to do.\n');
  else {
    const file = await writeMigration(sql, migrations.at(-1)?.name);
    process.stdout.write(`Wrote ${file}. Read it before you commit it.\n`);
  }
}

async function writeMigration(sql: string, latest: string | undefined): Promise<string> {
  const stamp = DateTime.fromMillis(performance.timeOrigin, { zone: 'utc' }).toFormat(
    'yyyyMMddHHmmss',
  );
  if (latest !== undefined && latest.slice(0, stamp.length) >= stamp) {
    throw new Error(`The migration ${latest} is from the future: check this machine's clock.`);
  }
  const directory = join(MIGRATIONS_DIRECTORY, `${stamp}_${name}`);
  await mkdir(directory, { recursive: true });
  const file = join(directory, 'migration.sql');
  await writeFile(file, sql);
  return file;
}

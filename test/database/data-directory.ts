import { mkdtemp, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { copyTree } from '../../src/database/files.ts';
import { type Database, openDatabase } from '../../src/database/index.ts';
import type { Migration } from '../../src/database/migrations.ts';
import { createPGlite } from '../../src/database/pglite-client.ts';
import { openTemplate } from '../support/databases.ts';

/** Lines that were logged, as objects. */
export type LogLine = { level: number; msg: string; [field: string]: unknown };

export type DataDirectory = {
  path: string;
  log: LogLine[];
  /** Opens the database in it; what it logs is added to `log`. */
  open(options?: { migrations?: Migration[] }): Promise<Database>;
  remove(): Promise<void>;
};

/** A data directory of its own in the temporary folder: empty, with a migrated database, or a copy of a closed one. */
export async function makeDataDirectory(
  content: 'empty' | 'migrated' | DataDirectory,
): Promise<DataDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'tandem-data-'));
  if (content === 'migrated') {
    const dataDir = join(path, 'database');
    await (await createPGlite({ dataDir, loadDataDir: await openTemplate() })).close();
  } else if (content !== 'empty') {
    await rmdir(path);
    await copyTree(content.path, path);
  }
  const log: LogLine[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => log.push(JSON.parse(line)) });
  return {
    path,
    log,
    open: (options = {}) =>
      openDatabase({ dataDir: path, log: logger, now: () => DateTime.now(), ...options }),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

// Opens the PostgreSQL database of its first argument with the job queue on it, says so, and stops.
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { openDatabase } from '../../src/database/index.ts';
import { createJobs } from '../../src/jobs/index.ts';

const [url] = process.argv.slice(2);
const log = pino({ level: 'silent' });

try {
  const database = await openDatabase({ url, dataDir: '', log, now: () => DateTime.now() });
  const jobs = createJobs({ database, log });
  await jobs.start({ handlers: [], sweeps: [], tick: 'manual' });
  process.stdout.write('ready\n');
  await jobs.stop();
  await database.close();
} catch (error) {
  process.stdout.write(`refused: ${error instanceof Error ? error.message : String(error)}\n`);
}

import type { PGlite } from '@electric-sql/pglite';
import type { Logger } from 'pino';
import type { Database } from './index.ts';
import { servePGlite } from './pglite-client.ts';
import type { Snapshots } from './snapshots.ts';

const SNAPSHOT_INTERVAL = 15 * 60_000;
const VACUUM_INTERVAL = 60 * 60_000;

/**
 * Serves an open embedded database and does what a server would do in the background: snapshots and
 * checkpoints while it changes, vacuum, a last snapshot at the end. `release` is called once closed.
 */
export async function serveWithUpkeep(options: {
  pglite: PGlite;
  directory: string;
  snapshots: Snapshots;
  log: Logger;
  release: () => void;
}): Promise<Database> {
  const { pglite, directory, snapshots, log, release } = options;
  // A database without a snapshot gets its first one at once.
  let savedPosition = (await snapshots.list()).length > 0 ? await writePosition(pglite) : '';
  let lastPosition = savedPosition;
  let running: Promise<void> | undefined;

  async function takeSnapshot(): Promise<void> {
    if ((await writePosition(pglite)) === savedPosition) return;
    // Without it the write-ahead log would grow until the database is closed.
    await pglite.exec('CHECKPOINT');
    const position = await writePosition(pglite);
    await snapshots.takeOfRunning(directory, (copyFiles) => pglite.runExclusive(copyFiles));
    savedPosition = position;
  }
  function snapshot(): Promise<void> {
    running ??= takeSnapshot().finally(() => {
      running = undefined;
    });
    return running;
  }
  function inBackground(work: Promise<unknown>, failure: string): void {
    work.catch((error: unknown) => log.error({ err: error }, failure));
  }

  const timers = [
    setInterval(() => inBackground(snapshot(), 'taking a snapshot failed'), SNAPSHOT_INTERVAL),
    setInterval(
      () => inBackground(pglite.exec('VACUUM (ANALYZE)'), 'vacuuming failed'),
      VACUUM_INTERVAL,
    ),
  ];
  for (const timer of timers) timer.unref();
  if (savedPosition === '') inBackground(snapshot(), 'taking a snapshot failed');

  const database = servePGlite(pglite, async () => {
    if (lastPosition !== savedPosition) {
      await snapshots
        .takeOfStopped(directory)
        .catch((error: unknown) => log.error({ err: error }, 'taking a snapshot failed'));
    }
    release();
  });
  return {
    ...database,
    snapshot,
    async close() {
      for (const timer of timers) clearInterval(timer);
      await running?.catch(() => {});
      if (!pglite.closed) lastPosition = await writePosition(pglite);
      await database.close();
    },
  };
}

/** Where the write-ahead log ends: it moves with every change. */
async function writePosition(pglite: PGlite): Promise<string> {
  const { rows } = await pglite.query<{ position: string }>(
    'SELECT pg_current_wal_insert_lsn()::text AS position',
  );
  return rows[0]?.position ?? '';
}

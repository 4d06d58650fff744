import type { DateTime } from 'luxon';
import type { Database } from './index.ts';
import { readMigrations } from './migrations.ts';

/** How many messages there are in each state. Reads all of them, so it is not for each request. */
export async function countDeliveries({
  prisma,
}: Database): Promise<{ state: string; count: number }[]> {
  return await prisma.$queryRaw`
    SELECT state::text, count(*)::int AS count FROM deliveries GROUP BY state`;
}

/** By how many seconds the oldest work of each kind is overdue; 0 when none is. */
export async function measureOverdue(
  { prisma }: Database,
  now: DateTime,
): Promise<{ work: string; seconds: number }[]> {
  const rows = await prisma.$queryRaw<{ work: string; at: Date | null }[]>`
    SELECT 'deliveries' AS work, min("notBefore") AS at FROM deliveries
    UNION ALL SELECT 'routines', min("nextDueAt") FROM routines
      WHERE "workspaceId" NOT IN (SELECT id FROM workspaces WHERE "removedAt" IS NOT NULL)
    UNION ALL SELECT 'steps', min("nextStepAt") FROM occurrences
      WHERE "workspaceId" NOT IN (SELECT id FROM workspaces WHERE "removedAt" IS NOT NULL)`;
  return rows.map(({ work, at }) => ({
    work,
    seconds: at === null ? 0 : Math.max(0, (now.toMillis() - at.getTime()) / 1000),
  }));
}

/** Whether the database answers and has every migration that this version knows; a sentence for the operator when not. */
export function createDatabaseCheck(database: Database): () => Promise<string | null> {
  let known: string[] | undefined;
  return async () => {
    known ??= (await readMigrations()).map(({ name }) => name);
    try {
      const rows = await database.prisma.$queryRaw<{ name: string }[]>`
        SELECT migration_name AS name FROM _prisma_migrations
        WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
      const applied = new Set(rows.map(({ name }) => name));
      const missing = known.filter((name) => !applied.has(name));
      return missing.length === 0 ? null : `the database lacks the migration ${missing[0]}`;
    } catch {
      return 'the database does not answer';
    }
  };
}

import { pino } from 'pino';
import { listFeatures } from '../../app.ts';
import type { Stores } from '../../deps.ts';
import { createJobs } from '../../jobs/index.ts';
import { type RecordKind, unpostJob } from '../../privacy/index.ts';
import { sendJob } from '../../slack/deliveries/job.ts';
import { createStores } from '../../stores.ts';
import type { On } from '../command.ts';
import { UsageError } from '../usage.ts';

/** What all features say they record. */
export function listKinds(): RecordKind[] {
  return listFeatures().flatMap((feature) => feature.records ?? []);
}

/** The workspace that is meant: the one named, or the only one that there is. */
export async function findWorkspace({ database }: On, named: string | undefined): Promise<string> {
  const rows = await database.prisma.workspace.findMany({
    ...(named !== undefined && { where: { id: named } }),
    select: { id: true },
    take: 20,
  });
  const [only, ...more] = rows;
  if (!only)
    throw new UsageError(named ? `There is no workspace ${named}.` : 'There is no workspace.');
  if (more.length > 0)
    throw new UsageError(`Say which with --workspace: ${rows.map(({ id }) => id).join(', ')}.`);
  return only.id;
}

/** Reads and writes outside of any transaction, and queues nothing. */
export function readingStores({ database, now }: On): Stores {
  return createStores({ db: database.prisma, now: () => now, enqueue: async () => {} });
}

/** One transaction whose messages and jobs are sent once Tandem runs. */
export async function changeWith<T>(on: On, work: (stores: Stores) => Promise<T>): Promise<T> {
  const { database, now } = on;
  const jobs = createJobs({ database, log: pino({ level: 'silent' }) });
  await jobs.start({ handlers: [], sweeps: [], tick: 'manual', others: [sendJob, unpostJob] });
  try {
    return await database.prisma.$transaction((db) =>
      work(createStores({ db, now: () => now, enqueue: jobs.enqueue })),
    );
  } finally {
    await jobs.stop();
  }
}

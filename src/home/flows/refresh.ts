import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import type { Deps } from '../../deps.ts';
import type { Enqueue } from '../../jobs/index.ts';
import type { HomeKey } from '../domain/person.ts';
import { publishJob } from '../queues.ts';
import type { Concerned, HomeStore } from '../store.ts';

/** Has Home published anew for these people and those whom they work with, as far as they have opened it once. */
export async function refresh(deps: Deps, concerned: Concerned): Promise<void> {
  const planned = await deps.home.note(concerned, deps.now());
  for (const { workspaceId, seconds } of planned) await signal(deps, workspaceId, seconds);
}

/** Wakes a process at that time; without it the next minute's look finds what is due. */
export async function signal(
  deps: Pick<Deps, 'jobs' | 'database'>,
  workspaceId: string,
  seconds: number,
): Promise<void> {
  const startAfter = Math.max(0, seconds);
  await deps.jobs.enqueue(deps.database.prisma, publishJob, [{ workspaceId }], { startAfter });
}

/** Somebody opened Home. It is published at once, and kept up to date from then on. */
export async function openHome(deps: Deps, key: HomeKey, viewHash: string | null): Promise<void> {
  await deps.home.noteOpened(key, { viewHash, now: deps.now() });
  await signal(deps, key.workspaceId, 0);
}

/** Shows another page of a long list. */
export async function turnPage(
  deps: Deps,
  key: HomeKey,
  page: { place: string; offset: number },
): Promise<void> {
  await deps.home.turnTo(key, page);
  await refresh(deps, { people: [key] });
}

/** What was sent, in the transaction in which that is written down. */
export type Recorded = {
  tx: Tx;
  enqueue: Enqueue;
  now: DateTime;
  deliveries: readonly { workspaceId: string; pairId: string | null; recipient: string }[];
};

/** Messages that went out change what waits for those who are concerned. */
export async function showRecorded(store: HomeStore, o: Recorded): Promise<void> {
  const planned = await store.note(
    {
      people: o.deliveries.map(({ workspaceId, recipient: userId }) => ({ workspaceId, userId })),
      pairs: o.deliveries.flatMap(({ workspaceId, pairId }) =>
        pairId ? [{ workspaceId, pairId }] : [],
      ),
    },
    o.now,
  );
  for (const { workspaceId, seconds } of planned) {
    const startAfter = Math.max(0, seconds);
    await o.enqueue(o.tx, publishJob, [{ workspaceId }], { startAfter });
  }
}

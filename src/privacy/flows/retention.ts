import type { WebClient } from '@slack/web-api';
import type { DateTime } from 'luxon';
import { authorizeAdmin } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import type { Caller } from '../../slack/caller.ts';
import { isChangeable, type RecordKind } from '../domain/records.ts';
import type { Periods } from '../views/retention.ts';

/** Rows of one table that one transaction deletes. */
const BATCH = 500;

/** Rows of one workspace in one run; what is left goes on a minute later, so that others get their turn. */
const ROWS_PER_RUN = 10_000;

const WORKSPACES_AT_ONCE = 5;

/** The kinds whose time admins may choose, with the days that hold now. */
export async function preparePeriods(
  stores: Stores,
  o: { caller: Caller; client: WebClient; kinds: readonly RecordKind[] },
): Promise<{ kind: RecordKind; days: number | null }[]> {
  await authorizeAdmin(o.client, o.caller, { to: 'retention.change' });
  const chosen = await stores.privacy.findPeriods(o.caller.workspaceId);
  return o.kinds.filter(isChangeable).map((kind) => ({ kind, days: daysOf(kind, chosen) }));
}

function daysOf(kind: RecordKind, chosen: ReadonlyMap<string, number | null>): number | null {
  const days = chosen.get(kind.kind);
  return days === undefined ? kind.kept.days : days;
}

/** Keeps what differs from before, and notes each change in the audit log. */
export async function savePeriods(
  deps: Deps,
  o: { caller: Caller; client: WebClient; kinds: readonly RecordKind[]; periods: Periods },
): Promise<string[]> {
  await authorizeAdmin(o.client, o.caller, { to: 'retention.change' });
  const { workspaceId, userId: actorId } = o.caller;
  return await deps.transact((stores) =>
    changePeriods(stores, { ...o, workspaceId, actorId, now: deps.now() }),
  );
}

/** The kinds that now are kept for other days than before. */
export async function changePeriods(
  stores: Pick<Stores, 'privacy' | 'audit'>,
  o: {
    workspaceId: string;
    actorId: string;
    kinds: readonly RecordKind[];
    periods: Periods;
    now: DateTime;
  },
): Promise<string[]> {
  const { workspaceId, actorId, now: at } = o;
  const chosen = await stores.privacy.findPeriods(workspaceId);
  const changed: string[] = [];
  for (const kind of o.kinds.filter(isChangeable)) {
    const days = o.periods[kind.kind];
    if (days === undefined || days === daysOf(kind, chosen)) continue;
    await stores.privacy.choosePeriod({ workspaceId, kind: kind.kind, days });
    const subject = { kind: 'setting', id: kind.kind } as const;
    await stores.audit.record({ workspaceId, actorId, action: 'retention.changed', subject, at });
    changed.push(kind.kind);
  }
  return changed;
}

/** Once a night for each workspace, deletes what is older than it is kept, in small steps. */
export async function sweepRetention(
  deps: Pick<Deps, 'now' | 'transact' | 'privacy'>,
  kinds: readonly RecordKind[],
): Promise<void> {
  const now = deps.now();
  const leaseUntil = now.plus({ minutes: 10 });
  const claimed = await deps.transact((stores) =>
    stores.privacy.claimRuns({ now, leaseUntil, limit: WORKSPACES_AT_ONCE }),
  );
  for (const workspaceId of claimed) {
    const isDone = await sweepWorkspace(deps, { workspaceId, kinds, now });
    const nextAt = isDone ? nextNight(now) : now.plus({ minutes: 1 });
    await deps.privacy.planRun(workspaceId, nextAt);
  }
}

/** False when there is more to delete than one run takes. */
async function sweepWorkspace(
  deps: Pick<Deps, 'transact' | 'privacy'>,
  o: { workspaceId: string; kinds: readonly RecordKind[]; now: DateTime },
): Promise<boolean> {
  const { workspaceId } = o;
  const chosen = await deps.privacy.findPeriods(workspaceId);
  let rows = 0;
  for (const kind of o.kinds) {
    const days = daysOf(kind, chosen);
    if (days === null) continue;
    const before = o.now.toUTC().minus({ days });
    for (const table of kind.tables.filter(({ ages }) => ages)) {
      for (;;) {
        if (rows >= ROWS_PER_RUN) return false;
        const count = await deps.transact((stores) =>
          stores.privacy.expire(table, { workspaceId, before, size: BATCH }),
        );
        rows += count;
        if (count < BATCH) break;
      }
    }
  }
  await deps.privacy.dropStrangers(workspaceId);
  return true;
}

/** Three in the morning in UTC. */
function nextNight(now: DateTime): DateTime {
  const night = now.toUTC().startOf('day').plus({ hours: 3 });
  return night > now ? night : night.plus({ days: 1 });
}

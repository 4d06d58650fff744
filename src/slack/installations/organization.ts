import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import type { NoteChange } from './domain.ts';
import { markInstalled } from './store.ts';

/**
 * Notes a workspace that is seen for the first time, where its organization has the app. One that is known stays as it
 * is: an event that comes late must not bring back what was removed.
 */
export async function admitWorkspace(
  tx: Tx,
  o: { workspaceId: string; organizationId: string; now: DateTime; note: NoteChange },
): Promise<void> {
  const { workspaceId: id, organizationId, now } = o;
  const owner = await findOrganization(tx, organizationId);
  if (!owner) return;
  const at = now.toJSDate();
  const { botUserId } = owner;
  const { count } = await tx.workspace.createMany({
    data: {
      id,
      name: id,
      botUserId,
      installationId: organizationId,
      createdAt: at,
      installedAt: at,
    },
    skipDuplicates: true,
  });
  if (count > 0) await o.note(tx, { workspaceId: id, what: 'installed', by: 'slack', at: now });
}

/** An organization that has the app let it into these workspaces. A removal after `at` stays. */
export async function letIn(
  tx: Tx,
  o: {
    ownerId: string;
    workspaceIds: readonly string[];
    at: DateTime;
    now: DateTime;
    note: NoteChange;
  },
): Promise<void> {
  const owner = await findOrganization(tx, o.ownerId);
  if (!owner) return;
  const { botUserId } = owner;
  const known = await tx.workspace.findMany({
    where: { id: { in: [...o.workspaceIds] } },
    select: { id: true, removedAt: true, installationId: true },
  });
  for (const workspaceId of o.workspaceIds) {
    const row = known.find(({ id }) => id === workspaceId);
    if (row?.removedAt && toInstant(row.removedAt) > o.at) continue;
    if (row && !row.removedAt && row.installationId !== null) continue;
    const change = { workspaceId, name: null, botUserId, installationId: o.ownerId, now: o.now };
    const was = await markInstalled(tx, change);
    const what = was === 'new' ? 'installed' : 'reinstalled';
    await o.note(tx, { workspaceId, what, by: 'slack', at: o.now });
  }
}

async function findOrganization(tx: Tx, id: string): Promise<{ botUserId: string } | null> {
  return await tx.installation.findFirst({
    where: { id, isOrganization: true },
    select: { botUserId: true },
  });
}

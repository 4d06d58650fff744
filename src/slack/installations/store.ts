import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import { GRACE_DAYS, type Installation, type NoteChange } from './domain.ts';
import { takeUpDeliveries } from './removal.ts';
import { type Vault, VaultError } from './vault.ts';

/** What Slack gave at an installation, for a workspace or for a whole organization. */
export type Granted = {
  /** T… of the workspace, E… of the organization. */
  ownerId: string;
  isOrganization: boolean;
  appId: string;
  botId: string;
  botUserId: string;
  scopes: string[];
  botToken: string;
  refreshToken: string | null;
  expiresAt: DateTime | null;
  installedBy: string;
};

/** A workspace in which the app is installed. */
export type ActiveRow = {
  workspaceId: string;
  workspaceName: string;
  botUserId: string;
  /** Null where the token stands in the environment. */
  grant: {
    ownerId: string;
    botId: string;
    botUserId: string;
    scopes: string[];
    botToken: string;
    expiresAt: Date | null;
  } | null;
};

/** The workspaces among `ids` in which the app is installed, in one statement. */
export async function readActive(db: Tx, ids: readonly string[]): Promise<ActiveRow[]> {
  const rows = await db.$queryRaw<
    (Omit<ActiveRow, 'grant'> & { grant: string | null; expiresAt: Date | null })[]
  >`
    SELECT w.id AS "workspaceId", w.name AS "workspaceName", w."botUserId", i."expiresAt",
      CASE WHEN i.id IS NOT NULL THEN json_build_object('ownerId', i.id, 'botId', i."botId",
        'botUserId', i."botUserId", 'scopes', i.scopes, 'botToken', i."botToken")::text END AS "grant"
    FROM workspaces w LEFT JOIN installations i ON i.id = w."installationId"
    WHERE w.id = ANY(${ids}) AND w."removedAt" IS NULL`;
  return rows.map(({ grant, expiresAt, ...row }) => ({
    ...row,
    grant: grant === null ? null : { ...JSON.parse(grant), expiresAt },
  }));
}

export function toInstallation(
  row: Pick<ActiveRow, 'workspaceId' | 'workspaceName'>,
  grant: NonNullable<ActiveRow['grant']>,
  vault: Vault,
): Installation {
  const { ownerId, botId, botUserId, scopes } = grant;
  const { workspaceId, workspaceName } = row;
  const botToken = vault.open(grant.botToken, { owner: ownerId, column: 'botToken' });
  return { workspaceId, workspaceName, botId, botUserId, scopes, botToken };
}

/** Stores a grant in place of an earlier one of the same owner. Everything the workspaces hold stays. */
export async function saveGrant(
  tx: Tx,
  o: { granted: Granted; vault: Vault; now: DateTime },
): Promise<void> {
  const { ownerId: id, botToken, refreshToken, expiresAt, ...rest } = o.granted;
  const row = {
    ...rest,
    ...sealTokens(o.vault, { id, botToken, refreshToken }),
    expiresAt: expiresAt?.toJSDate() ?? null,
    refreshClaimedUntil: null,
    installedAt: o.now.toJSDate(),
  };
  await tx.installation.upsert({ where: { id }, create: { id, ...row }, update: row });
}

export function sealTokens(
  vault: Vault,
  o: { id: string; botToken: string; refreshToken: string | null },
) {
  const { id: owner, botToken, refreshToken } = o;
  return {
    botToken: vault.seal(botToken, { owner, column: 'botToken' }),
    refreshToken:
      refreshToken === null ? null : vault.seal(refreshToken, { owner, column: 'refreshToken' }),
    keyVersion: vault.newest,
  };
}

/**
 * Says that the app is installed there, which ends the time until the data is deleted, and sends what the removal kept
 * back and still says something. Answers what it was before.
 */
export async function markInstalled(
  tx: Tx,
  o: {
    workspaceId: string;
    name: string | null;
    botUserId: string;
    installationId: string | null;
    now: DateTime;
  },
): Promise<'new' | 'removed' | 'there'> {
  const at = o.now.toJSDate();
  const { botUserId, installationId, workspaceId: id } = o;
  const before = await tx.workspace.findUnique({ where: { id }, select: { removedAt: true } });
  const known = { botUserId, installationId, removedAt: null, deleteDataAt: null };
  await tx.workspace.upsert({
    where: { id },
    create: { id, name: o.name ?? id, createdAt: at, installedAt: at, ...known },
    update: { ...(o.name !== null && { name: o.name }), installedAt: at, ...known },
  });
  if (!before) return 'new';
  if (!before.removedAt) return 'there';
  await takeUpDeliveries(tx, { workspaceId: id, now: o.now });
  return 'removed';
}

export type Removal = {
  /** The workspaces that it concerned and that were not removed before. */
  workspaceIds: string[];
  deleteDataAt: DateTime;
};

/** When it happened, when it is noted, by whom it was done. */
type RemovedBy = { at: DateTime; now: DateTime; by: string; note: NoteChange };

/**
 * Ends what an owner installed at `at`: the token's row is deleted, its workspaces are marked. Null, and nothing is
 * done, when the app was installed again since. Doing it twice changes nothing.
 */
export async function removeOwner(
  tx: Tx,
  o: { ownerId: string } & RemovedBy,
): Promise<Removal | null> {
  const { ownerId } = o;
  await tx.$queryRaw`SELECT 1 FROM installations WHERE id = ${ownerId} FOR UPDATE`;
  const [owner, workspace] = await Promise.all([
    tx.installation.findUnique({ where: { id: ownerId }, select: { installedAt: true } }),
    tx.workspace.findUnique({
      where: { id: ownerId },
      select: { installedAt: true, installationId: true },
    }),
  ]);
  const ofOther = workspace?.installationId && workspace.installationId !== ownerId;
  const installedAt = owner?.installedAt ?? (ofOther ? null : workspace?.installedAt);
  if (installedAt && isOutdated(o.at, toInstant(installedAt))) return null;
  const removal = await markRemoved(tx, {
    ...o,
    where: ofOther
      ? { installationId: ownerId }
      : { OR: [{ installationId: ownerId }, { id: ownerId }] },
  });
  await tx.installation.deleteMany({ where: { id: ownerId } });
  return removal;
}

/** An organization took some of its workspaces out. Nothing is done for one that was let in again since. */
export async function removeFromOwner(
  tx: Tx,
  o: { ownerId: string; workspaceIds: readonly string[] } & RemovedBy,
): Promise<Removal> {
  const rows = await tx.workspace.findMany({
    where: { id: { in: [...o.workspaceIds] }, installationId: o.ownerId },
    select: { id: true, installedAt: true },
  });
  const ids = rows
    .filter(({ installedAt }) => !installedAt || !isOutdated(o.at, toInstant(installedAt)))
    .map(({ id }) => id);
  return await markRemoved(tx, { ...o, where: { id: { in: ids } } });
}

async function markRemoved(tx: Tx, o: { where: object } & RemovedBy): Promise<Removal> {
  const deleteDataAt = o.now.plus({ days: GRACE_DAYS });
  const rows = await tx.workspace.updateManyAndReturn({
    where: { ...o.where, removedAt: null },
    data: {
      removedAt: (o.at < o.now ? o.at : o.now).toJSDate(),
      deleteDataAt: deleteDataAt.toJSDate(),
      installationId: null,
    },
    select: { id: true },
  });
  for (const { id } of rows)
    await o.note(tx, { workspaceId: id, what: 'removed', by: o.by, at: o.now });
  return { workspaceIds: rows.map(({ id }) => id), deleteDataAt };
}

/** Slack's times of events are whole seconds on another clock. */
const CLOCKS_APART_SECONDS = 5;

function isOutdated(at: DateTime, installedAt: DateTime): boolean {
  return at.plus({ seconds: CLOCKS_APART_SECONDS }) < installedAt;
}

/** The keys that stored tokens are encrypted with, and how many installations with each. */
export async function readKeyVersions(db: Tx): Promise<{ version: number; count: number }[]> {
  const rows = await db.installation.groupBy({ by: ['keyVersion'], _count: true });
  return rows.map(({ keyVersion, _count }) => ({ version: keyVersion, count: _count }));
}

/** So many tokens are tried: a damaged one says nothing about the key. */
const TRIED = 20;

/** The versions of keys that open none of the tokens stored under them. */
export async function findWrongKeys(db: Tx, vault: Vault): Promise<number[]> {
  const wrong: number[] = [];
  for (const { version } of await readKeyVersions(db)) {
    const rows = await db.installation.findMany({
      where: { keyVersion: version },
      select: { id: true, botToken: true },
      take: TRIED,
    });
    if (rows.length > 0 && !rows.some((row) => opens(vault, row))) wrong.push(version);
  }
  return wrong;
}

function opens(vault: Vault, { id, botToken }: { id: string; botToken: string }): boolean {
  try {
    vault.open(botToken, { owner: id, column: 'botToken' });
    return true;
  } catch (error) {
    if (error instanceof VaultError) return false;
    throw error;
  }
}

import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import type { Database } from '../../database/index.ts';
import { slackErrorOf } from '../errors.ts';
import type { NoteChange } from './domain.ts';
import { GrantError, type OAuthClient, type Redeemed } from './exchange.ts';
import { markInstalled, saveGrant } from './store.ts';
import type { Vault } from './vault.ts';

export type InstallDeps = {
  database: Pick<Database, 'prisma'>;
  vault: Vault;
  oauth: OAuthClient;
  note: NoteChange;
  now: () => DateTime;
  log: Logger;
};

export type InstallOutcome =
  | { ok: true; ownerId: string; name: string; appId: string; workspaceId: string | null }
  | { ok: false; problem: 'refused' | 'unreachable' };

/** Trades a code for a token and stores it. A workspace that had the app before keeps all that it had. */
export async function completeInstall(
  deps: InstallDeps,
  o: { code: string; redirectUri: string },
): Promise<InstallOutcome> {
  const { log } = deps;
  let redeemed: Redeemed;
  try {
    redeemed = await deps.oauth.redeem(o);
  } catch (error) {
    const word = slackErrorOf(error);
    const isRefused = word !== null || error instanceof GrantError;
    log.warn({ err: error, word }, 'an installation was not confirmed');
    return { ok: false, problem: isRefused ? 'refused' : 'unreachable' };
  }
  await store(deps, redeemed);
  const { ownerId, ownerName: name, appId, isOrganization, scopes } = redeemed;
  log.info({ owner: ownerId, by: redeemed.installedBy, scopes }, 'Tandem was installed');
  return { ok: true, ownerId, name, appId, workspaceId: isOrganization ? null : ownerId };
}

async function store(deps: InstallDeps, redeemed: Redeemed): Promise<void> {
  const { ownerName, expiresIn, ...granted } = redeemed;
  const { ownerId, botUserId, isOrganization } = granted;
  const workspaces = isOrganization
    ? await deps.oauth.listWorkspaces(granted.botToken).catch((error: unknown) => {
        deps.log.warn(
          { err: error, owner: ownerId },
          'its workspaces are noted when they are seen',
        );
        return [];
      })
    : [{ id: ownerId, name: ownerName }];
  const now = deps.now();
  const expiresAt = expiresIn === null ? null : now.plus({ seconds: expiresIn });
  await deps.database.prisma.$transaction(async (tx) => {
    await saveGrant(tx, { granted: { ...granted, expiresAt }, vault: deps.vault, now });
    // The organization's token takes the place of those of its workspaces.
    const own = workspaces.map(({ id }) => id).filter((id) => id !== ownerId);
    await tx.installation.deleteMany({ where: { id: { in: own } } });
    for (const { id: workspaceId, name } of workspaces) {
      const change = { workspaceId, name, botUserId, installationId: ownerId, now };
      const was = await markInstalled(tx, change);
      const what = was === 'new' ? 'installed' : 'reinstalled';
      await deps.note(tx, { workspaceId, what, by: granted.installedBy, at: now });
    }
  });
}

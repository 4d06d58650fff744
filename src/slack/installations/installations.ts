import { setTimeout } from 'node:timers/promises';
import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import type { Database } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import { type Installation, type Installations, isWorkspaceId, type NoteChange } from './domain.ts';
import type { OAuthClient } from './exchange.ts';
import { createLookup } from './lookup.ts';
import { admitWorkspace, letIn } from './organization.ts';
import { REFRESH_BEFORE_HOURS, refreshToken } from './refresh.ts';
import { endWork } from './removal.ts';
import {
  type ActiveRow,
  readActive,
  removeFromOwner,
  removeOwner,
  toInstallation,
} from './store.ts';
import type { Vault } from './vault.ts';

/** Where tokens come from: one that the environment holds, or those that were stored at each installation. */
export type TokenSource =
  | { mode: 'token'; installation: Installation }
  | { mode: 'oauth'; vault: Vault; oauth: OAuthClient; publicUrl: string };

export type InstallationDeps = {
  database: Pick<Database, 'prisma'>;
  source: TokenSource;
  note: NoteChange;
  now: () => DateTime;
  log: Logger;
};

/**
 * The app by workspace. Every `find` looks at the rows: a token that some replica kept would outlive an uninstall that
 * another one was told of. Those asked for together are read together, so a burst of messages costs one statement.
 */
export function createInstallations(deps: InstallationDeps): Installations {
  const { source, note, now, log } = deps;
  const { prisma } = deps.database;
  const look = createLookup(async (ids) => {
    const rows = await readActive(prisma, ids);
    return new Map(rows.map((row) => [row.workspaceId, row]));
  });

  async function find(workspaceId: string): Promise<Installation | null> {
    const row = await look(workspaceId);
    if (row === null) return null;
    if (source.mode === 'token')
      return workspaceId === source.installation.workspaceId ? source.installation : null;
    return row.grant && (await withFreshToken(row, row.grant));
  }

  async function withFreshToken(
    row: ActiveRow,
    grant: NonNullable<ActiveRow['grant']>,
  ): Promise<Installation | null> {
    if (source.mode !== 'oauth') return null;
    const { vault, oauth } = source;
    const { expiresAt } = grant;
    if (expiresAt === null || toInstant(expiresAt) > now().plus({ hours: REFRESH_BEFORE_HOURS }))
      return toInstallation(row, grant, vault);
    const { ownerId } = grant;
    const isOver = () => toInstant(expiresAt) <= now();
    const outcome = await refreshToken({ db: prisma, vault, oauth, log }, { ownerId, now: now() });
    if (outcome === 'refused' && isOver()) {
      await remove({ ownerId, at: now() });
      return null;
    }
    if (outcome !== 'fresh' && !isOver()) return toInstallation(row, grant, vault);
    if (outcome === 'busy') await setTimeout(WAIT_FOR_OTHERS_MS);
    const again = await look(row.workspaceId);
    if (!again?.grant) return null;
    if (again.grant.expiresAt && toInstant(again.grant.expiresAt) <= now())
      throw new Error('the token has run out and the next one is not there yet');
    return toInstallation(again, again.grant, vault);
  }

  async function remove(o: { ownerId: string; at: DateTime }): Promise<string[]> {
    const removal = await prisma.$transaction((tx) =>
      removeOwner(tx, { ...o, now: now(), by: 'slack', note }),
    );
    if (removal === null) return [];
    await endWork({ db: prisma, log }, removal);
    return removal.workspaceIds;
  }

  return {
    find,
    remove,
    admit: (o) => prisma.$transaction((tx) => admitWorkspace(tx, { ...o, now: now(), note })),
    async changeAccess({ organizationId: ownerId, workspaceIds, has, at }) {
      const change = { ownerId, workspaceIds: workspaceIds.filter(isWorkspaceId), at, now: now() };
      if (has) return await prisma.$transaction((tx) => letIn(tx, { ...change, note }));
      const removal = await prisma.$transaction((tx) =>
        removeFromOwner(tx, { ...change, by: 'slack', note }),
      );
      await endWork({ db: prisma, log }, removal);
    },
    async refuse({ workspaceId, botToken, word }) {
      const current = await find(workspaceId);
      // A newer token may be there: what Slack said was about the old one.
      if (current?.botToken !== botToken) return current !== null;
      const row = await look(workspaceId);
      if (!row) return false;
      const { grant } = row;
      // By Slack's clock it has run out, and ours may be slow: only a refused next token is the end.
      if (word === EXPIRED && source.mode === 'oauth' && grant?.expiresAt) {
        const { vault, oauth } = source;
        const { ownerId, botToken: expired } = grant;
        log.warn({ workspaceId }, 'by the clock of Slack the token has run out: is ours right?');
        const of = { ownerId, now: now(), expired };
        if ((await refreshToken({ db: prisma, vault, oauth, log }, of)) !== 'refused') return true;
      }
      log.error({ workspaceId, word }, 'Slack does not take the token of this workspace any more');
      await remove({ ownerId: grant?.ownerId ?? workspaceId, at: now() });
      return false;
    },
    grantAt: { installUrl: source.mode === 'oauth' ? installUrlOf(source.publicUrl) : null },
  };
}

const WAIT_FOR_OTHERS_MS = 500;
/** Slack's word for a token whose twelve hours are over. */
const EXPIRED = 'token_expired';

export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';

export function installUrlOf(publicUrl: string): string {
  return `${publicUrl}${INSTALL_PATH}`;
}

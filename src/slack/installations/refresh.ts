import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import { slackErrorOf } from '../errors.ts';
import { isDeadToken } from './domain.ts';
import type { OAuthClient } from './exchange.ts';
import { sealTokens } from './store.ts';
import type { Vault } from './vault.ts';

/** A token is replaced when it has less than this left. */
export const REFRESH_BEFORE_HOURS = 2;
/** Longer than the call may take. */
const CLAIM_SECONDS = 20;
/** Slack's word for a refresh token that will never work. Any other may pass: Slack's trouble, or a wrong SLACK_CLIENT_SECRET. */
const SPENT = 'invalid_refresh_token';

type RefreshDeps = { db: Tx; vault: Vault; oauth: OAuthClient; log: Logger };

/**
 * Fetches the next token of an owner, once among all replicas: whoever claims the row calls Slack, for a refresh token
 * works once. The others go on with the token that they have, which is still good. 'refused' when Slack never gives one
 * again. `expired` is the stored token that Slack takes no more, whatever our clock says: it is replaced if it is still
 * the stored one.
 */
export async function refreshToken(
  deps: RefreshDeps,
  o: { ownerId: string; now: DateTime; expired?: string },
): Promise<'fresh' | 'busy' | 'refused'> {
  const { db, vault, log } = deps;
  const { ownerId, now } = o;
  const claimed = await claim(db, o);
  if (!claimed) return 'busy';
  const spent = vault.open(claimed.refreshToken, { owner: ownerId, column: 'refreshToken' });
  try {
    const next = await deps.oauth.refresh(spent);
    const sealed = sealTokens(vault, { id: ownerId, ...next });
    const { count } = await db.installation.updateMany({
      where: { id: ownerId, installedAt: claimed.installedAt },
      data: {
        ...sealed,
        expiresAt:
          next.expiresIn === null ? null : now.plus({ seconds: next.expiresIn }).toJSDate(),
        refreshClaimedUntil: null,
      },
    });
    // Removed or installed again meanwhile: what was fetched is dropped.
    return count > 0 ? 'fresh' : 'busy';
  } catch (error) {
    const word = slackErrorOf(error);
    log.error({ owner: ownerId, word, err: error }, 'a new token could not be fetched');
    return isDeadToken(word) || word === SPENT ? 'refused' : 'busy';
  }
}

/** `installedAt` tells one installation from the next of the same owner. */
type Claimed = { refreshToken: string; installedAt: Date };

async function claim(
  db: Tx,
  o: { ownerId: string; now: DateTime; expired?: string },
): Promise<Claimed | null> {
  const before = o.now.plus({ hours: REFRESH_BEFORE_HOURS }).toJSDate();
  const rows = await db.$queryRaw<Claimed[]>`
    UPDATE installations SET "refreshClaimedUntil" = clock_timestamp() + ${CLAIM_SECONDS} * interval '1 second'
    WHERE id = ${o.ownerId} AND "refreshToken" IS NOT NULL AND ("expiresAt" < ${before} OR "botToken" = ${o.expired ?? null})
      AND ("refreshClaimedUntil" IS NULL OR "refreshClaimedUntil" < clock_timestamp())
    RETURNING "refreshToken", "installedAt"`;
  return rows[0] ?? null;
}

/** When a token is next to be replaced after `now`, or null. */
export async function nextRefreshAt(db: Tx, now: DateTime): Promise<DateTime | null> {
  const before = now.plus({ hours: REFRESH_BEFORE_HOURS }).toJSDate();
  const row = await db.installation.findFirst({
    where: { refreshToken: { not: null }, expiresAt: { gt: before } },
    orderBy: { expiresAt: 'asc' },
    select: { expiresAt: true },
  });
  return row?.expiresAt
    ? toInstant(row.expiresAt).minus({ hours: REFRESH_BEFORE_HOURS }).plus({ seconds: 1 })
    : null;
}

/** One workspace of each owner whose token has to be replaced by now. */
export async function findExpiring(db: Tx, now: DateTime): Promise<string[]> {
  const before = now.plus({ hours: REFRESH_BEFORE_HOURS }).toJSDate();
  const rows = await db.installation.findMany({
    where: { refreshToken: { not: null }, expiresAt: { lt: before } },
    select: { workspaces: { where: { removedAt: null }, take: 1, select: { id: true } } },
  });
  return rows.flatMap(({ workspaces }) => workspaces.map(({ id }) => id));
}

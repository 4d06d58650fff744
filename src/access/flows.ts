import type { WebClient } from '@slack/web-api';
import type { Stores } from '../deps.ts';
import { UserFacingError } from '../errors.ts';
import type { Pair } from '../pairs/index.ts';
import type { Caller } from '../slack/caller.ts';
import { fetchPerson } from '../slack/people.ts';
import {
  type Action,
  explainNotOwn,
  explainRefusal,
  mayDo,
  type OwnAction,
  type PairRole,
  permissionOf,
  type RoleFor,
} from './domain.ts';

/** What is said of a pair that is not there, has ended, or is not the caller's: nobody learns which. */
export const NO_SUCH_PAIR = 'This pair is not there any more, or you are not part of it.';

/** What is said to somebody who is in no pair, or in none in which they may do it. */
export const NOT_SET_UP =
  'You are not set up with anyone at the moment. Type /ea-setup to begin: it takes two minutes. If you look on two others, what you may open is on my Home tab.';

type Asked<A extends Action> = {
  pairId: string;
  to: A;
  /** That the caller is an admin of the workspace, found out before with `isAdmin`. */
  isAdmin?: boolean;
} & (A extends OwnAction ? { ownerId: string | null } : unknown);

/**
 * The pair, and what the caller is to it, once they may do this. Rejects with a sentence that names who can; a pair
 * of others, or one that has ended, is said not to be there.
 */
export async function authorize<A extends Action>(
  stores: Pick<Stores, 'pairs' | 'onlookers'>,
  caller: Caller,
  asked: Asked<A>,
): Promise<{ pair: Pair; role: RoleFor<A> }> {
  const { pairId, to } = asked;
  const pair = await stores.pairs.find(caller.workspaceId, pairId);
  if (!pair || (pair.endedAt && !permissionOf(to).afterEnd))
    throw new UserFacingError(NO_SUCH_PAIR);
  const inPair = await findRole(stores, pair, caller.userId);
  const roles = [inPair, asked.isAdmin ? ('admin' as const) : null].filter((one) => one !== null);
  if (roles.length === 0) throw new UserFacingError(NO_SUCH_PAIR);
  const role = roles.find((one) => mayDo(one, to));
  const ownerId = 'ownerId' in asked ? asked.ownerId : caller.userId;
  const owner = [pair.executive, pair.ea].find((one) => one.userId === ownerId);
  if (ownerId !== caller.userId && (role || owner))
    throw new UserFacingError(explainNotOwn(to as Action & OwnAction, owner?.name ?? null));
  if (!role) throw new UserFacingError(explainRefusal(to, pair));
  return { pair, role };
}

/** What somebody is to a pair now, null for a stranger. */
export async function findRole(
  stores: Pick<Stores, 'onlookers'>,
  pair: Pick<Pair, 'workspaceId' | 'id' | 'executive' | 'ea'>,
  userId: string,
): Promise<PairRole | null> {
  if (pair.executive.userId === userId) return 'executive';
  if (pair.ea.userId === userId) return 'ea';
  const { workspaceId, id: pairId } = pair;
  const onlooker = await stores.onlookers.find({ workspaceId, pairId, userId });
  return onlooker?.acceptedAt ? onlooker.role : null;
}

/** The pairs that last and that somebody is in, oldest first, then those that they look on, each with what they are to it. */
export async function listRoles(
  stores: Pick<Stores, 'pairs' | 'onlookers'>,
  { workspaceId, userId }: Caller,
): Promise<{ pair: Pair; role: PairRole }[]> {
  const roles: { pair: Pair; role: PairRole }[] = [];
  for (const pair of await stores.pairs.listOf(workspaceId, userId)) {
    const role = await findRole(stores, pair, userId);
    if (role) roles.push({ pair, role });
  }
  for (const { pairId, role } of await stores.onlookers.listOfPerson({ workspaceId, userId })) {
    const pair = await stores.pairs.find(workspaceId, pairId);
    if (pair && !pair.endedAt) roles.push({ pair, role });
  }
  return roles;
}

/** Rejects unless the record, which belongs to a person and to no pair, is the caller's. Null owner: there is no such record. */
export function authorizeOwner(caller: Caller, o: { to: OwnAction; ownerId: string | null }): void {
  if (o.ownerId !== caller.userId) throw new UserFacingError(explainNotOwn(o.to, null));
}

/** Whether the caller is an admin or owner of the workspace, as Slack says now. */
export async function isAdmin(client: WebClient, caller: Caller): Promise<boolean> {
  const person = await fetchPerson(client, caller);
  return person?.kind === 'person' && person.isAdmin;
}

/** Rejects unless the caller is an admin of the workspace and this is for admins. Ask before a transaction: it asks Slack. */
export async function authorizeAdmin(
  client: WebClient,
  caller: Caller,
  { to }: { to: Action },
): Promise<void> {
  if (!mayDo('admin', to) || !(await isAdmin(client, caller)))
    throw new UserFacingError(explainRefusal(to, null));
}

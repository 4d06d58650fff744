import type { Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { loadPair, memberOf, type Pair, type Role } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import type { WorkingCalendar } from '../../time/working-time.ts';
import type { Delegation } from '../domain/delegation.ts';
import type { Calendars } from '../domain/notices.ts';

/** Said of one that is gone, and of one of other people: nobody learns which. */
export const GONE = 'This task is not there any more. /ea-tasks shows those that are.';

export type Loaded = { delegation: Delegation; pair: Pair; role: Role };

/** The delegation with the caller's role in its pair. Rejects with a sentence when it is not theirs, gone, or the pair has ended. */
export async function loadDelegation(
  stores: Stores,
  o: { caller: Caller; id: string },
): Promise<Loaded> {
  const { caller, id } = o;
  const delegation = await stores.delegations.find({ workspaceId: caller.workspaceId, id });
  if (!delegation) throw new UserFacingError(GONE);
  return { delegation, ...(await loadPair(stores, caller, delegation.pairId)) };
}

/** As `loadDelegation`, locked. Call inside a transaction. */
export async function lockDelegation(
  stores: Stores,
  o: { caller: Caller; id: string },
): Promise<Loaded> {
  const { caller, id } = o;
  const delegation = await stores.delegations.lock({ workspaceId: caller.workspaceId, id });
  if (!delegation) throw new UserFacingError(GONE);
  return { delegation, ...(await loadPair(stores, caller, delegation.pairId)) };
}

/** When each of the two works, with holidays and leave. */
export async function loadCalendars(stores: Stores, pair: Pair): Promise<Calendars> {
  return {
    executive: await calendarOf(stores, pair, 'executive'),
    ea: await calendarOf(stores, pair, 'ea'),
  };
}

export async function calendarOf(stores: Stores, pair: Pair, role: Role): Promise<WorkingCalendar> {
  const { workspaceId, userId, zone, weekly } = memberOf(pair, role);
  return (await stores.away.findCalendar({ workspaceId, userId })) ?? { zone, weekly };
}

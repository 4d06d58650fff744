import { type Action, authorize, type PairRole } from '../../access/index.ts';
import type { Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { memberOf, type Pair, type Role } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import type { WorkingCalendar } from '../../time/working-time.ts';
import type { Delegation } from '../domain/delegation.ts';
import type { Calendars } from '../domain/notices.ts';

/** Said of one that is gone, and of one of another workspace. */
const GONE = 'This task is not there any more. /ea-tasks shows those that are.';

export type DelegationAction = Extract<Action, `delegations.${string}`>;

export type Asked = { caller: Caller; id: string; to: DelegationAction };

export type Loaded = { delegation: Delegation; pair: Pair; role: PairRole };

/** The delegation, and what the caller is to its pair, once they may do this. Rejects with a sentence otherwise. */
export async function loadDelegation(stores: Stores, o: Asked): Promise<Loaded> {
  const { workspaceId } = o.caller;
  return await check(stores, o, await stores.delegations.find({ workspaceId, id: o.id }));
}

/** As `loadDelegation`, locked. Call inside a transaction. */
export async function lockDelegation(stores: Stores, o: Asked): Promise<Loaded> {
  const { workspaceId } = o.caller;
  return await check(stores, o, await stores.delegations.lock({ workspaceId, id: o.id }));
}

async function check(stores: Stores, o: Asked, delegation: Delegation | null): Promise<Loaded> {
  if (!delegation) throw new UserFacingError(GONE);
  const { caller, to } = o;
  const { pairId } = delegation;
  const { pair, role } = await authorize(stores, caller, { pairId, to });
  return { delegation, pair, role };
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

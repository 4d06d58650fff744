import type { DateTime } from 'luxon';
import type { Deps, Stores } from '../../deps.ts';
import { planRoutine } from '../../routines/index.ts';
import type { Recurrence } from '../../time/recurrence.ts';
import type { WorkingCalendar } from '../../time/working-time.ts';
import {
  defaultMemberTerms,
  type MemberTerms,
  memberOf,
  type Pair,
  type Role,
  roleOf,
  termsCalendar,
} from '../domain.ts';

export type RoutineOfTerms = { kind: string; recurrence: Recurrence };

/** All that recurs for one person because of their terms. */
export type RoutinesOf = (terms: MemberTerms) => RoutineOfTerms[];

/** Starts or changes what recurs for one person when their terms come into force. */
export async function planRoutinesOf(
  stores: Stores,
  o: { pair: Pair; role: Role; terms: MemberTerms; now: DateTime; routines: RoutineOfTerms[] },
): Promise<void> {
  const calendar = termsCalendar(o.terms);
  for (const routine of o.routines) await plan(stores, { ...o, ...routine, calendar });
}

async function plan(
  stores: Stores,
  o: { pair: Pair; role: Role; calendar: WorkingCalendar; now: DateTime } & RoutineOfTerms,
): Promise<void> {
  const { pair, role, kind, recurrence, calendar, now } = o;
  const { workspaceId, id: pairId } = pair;
  const { userId } = memberOf(pair, role);
  await planRoutine(stores, { workspaceId, pairId, userId, kind, recurrence, calendar, now });
}

/** Every terms have the same kinds. */
const ANY_TERMS = defaultMemberTerms({ userId: '', name: '', zone: 'UTC' });

/** Routines of one transaction, and transactions of one look: other sweeps wait meanwhile. */
const BATCH = 100;
const BATCHES = 5;

/**
 * Gives people what they have in no row yet by the terms that are in force, such as a kind of routine that is newer than
 * their agreement. What they have stays as it is. Once it has found nothing more, it looks no further.
 */
export function createRoutineFiller(deps: Deps, routinesOf: RoutinesOf): () => Promise<void> {
  let isDone = false;
  return async () => {
    for (let batch = 0; batch < BATCHES && !isDone; batch += 1)
      isDone = await deps.transact((stores) => fillBatch(stores, { routinesOf, now: deps.now() }));
  };
}

/** Whether there is nothing more to do. */
async function fillBatch(
  stores: Stores,
  { routinesOf, now }: { routinesOf: RoutinesOf; now: DateTime },
): Promise<boolean> {
  const kinds = routinesOf(ANY_TERMS).map(({ kind }) => kind);
  const missing = await stores.routines.claimMissing(kinds, BATCH);
  let planned = 0;
  for (const { workspaceId, pairId, userId, kind } of missing) {
    const pair = await stores.pairs.find(workspaceId, pairId);
    const role = pair && roleOf(pair, userId);
    const agreement = pair && (await stores.pairs.findInForce(pair));
    if (!role || !agreement) continue;
    const terms = agreement.terms[role];
    const routine = routinesOf(terms).find((one) => one.kind === kind);
    if (!routine) continue;
    const known = await stores.away.findCalendar({ workspaceId, userId });
    const calendar = known ?? termsCalendar(terms);
    await plan(stores, { pair, role, now, calendar, ...routine });
    planned += 1;
  }
  return missing.length < BATCH || planned === 0;
}

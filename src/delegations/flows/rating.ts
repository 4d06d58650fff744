import type { DateTime } from 'luxon';
import { mayDo, type PairRole } from '../../access/index.ts';
import type { Deps } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { Caller } from '../../slack/caller.ts';
import type { Delegation } from '../domain/delegation.ts';
import { placeRating, type Score } from '../domain/rating.ts';
import type { RatingForm, RatingsShown } from '../views/rating.ts';
import { type Loaded, loadDelegation, lockDelegation } from './load.ts';

const to = 'delegations.rate' as const;

/** What the reader sees of how it was rated. That the EA looks at it is noted, and then it is not changed any more. */
export async function showRatings(
  deps: Deps,
  o: { delegation: Delegation; role: PairRole; now: DateTime },
): Promise<RatingsShown | null> {
  const { delegation, role, now } = o;
  if (!mayDo(role, 'ratings.read')) return null;
  if (role === 'ea') await deps.delegations.noteRatingsSeen(delegation, now);
  const ratings = await deps.delegations.ratings(delegation);
  const mayRate = mayDo(role, to) && canBeRated(delegation);
  return mayRate || ratings.length > 0 ? { ratings, mayRate } : null;
}

/** What to ask the executive right after they closed it; null when it was rated or skipped before. */
export async function prepareQuestion(
  deps: Deps,
  o: { caller: Caller; id: string },
): Promise<Pick<Loaded, 'delegation' | 'pair'> | null> {
  const { delegation, pair } = await loadDelegation(deps, { ...o, to });
  const ratings = await deps.delegations.ratings(delegation);
  return canBeRated(delegation) && ratings.length === 0 ? { delegation, pair } : null;
}

function canBeRated({ state, deletedAt }: Delegation): boolean {
  return state === 'done' && !deletedAt;
}

/** The form with what was said last. */
export async function prepareRating(
  deps: Deps,
  o: { caller: Caller; id: string },
): Promise<RatingForm> {
  const { delegation } = await loadDelegation(deps, { ...o, to });
  check(delegation);
  const last = (await deps.delegations.ratings(delegation)).at(-1) ?? null;
  return { delegation, last };
}

/** Writes down what the executive says. Said twice it is written once; without `aPlus`, words not seen yet are kept. */
export async function rate(
  deps: Deps,
  o: { caller: Caller; id: string; said: { score: Score | null; aPlus?: string | null } },
): Promise<Pick<Loaded, 'delegation' | 'pair'>> {
  const { caller, id } = o;
  return await deps.transact(async (stores) => {
    const { delegation, pair } = await lockDelegation(stores, { caller, id, to });
    check(delegation);
    const last = (await stores.delegations.ratings(delegation)).at(-1);
    const kept = last && !last.seenAt ? last.aPlus : null;
    const { score, aPlus = kept } = o.said;
    const place = placeRating(last, { score, aPlus });
    if (!place) return { delegation, pair };
    await stores.delegations.saveRating(delegation, {
      score,
      aPlus,
      position: place.position,
      ratedBy: caller.userId,
      ratedAt: deps.now(),
      seenAt: null,
    });
    return { delegation, pair };
  });
}

function check(delegation: Delegation): void {
  if (!canBeRated(delegation))
    throw new UserFacingError('This task is not done at the moment, so there is nothing to rate.');
}

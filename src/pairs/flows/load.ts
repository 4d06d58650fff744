import type { Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { Caller } from '../../slack/caller.ts';
import { type Pair, type Role, roleOf } from '../domain.ts';

/** The caller's pair with this id. Rejects with a sentence when it is not theirs, is not there, or has ended. */
export async function loadPair(
  stores: Stores,
  caller: Caller,
  pairId: string,
): Promise<{ pair: Pair; role: Role }> {
  const pair = await stores.pairs.find(caller.workspaceId, pairId);
  const role = pair && roleOf(pair, caller.userId);
  if (!pair || !role) throw new UserFacingError('This belongs to a pair that you are not part of.');
  if (pair.endedAt)
    throw new UserFacingError(
      'You two no longer work together in Tandem, so this cannot be changed any more.',
    );
  return { pair, role };
}

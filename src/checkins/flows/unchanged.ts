import type { Deps } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { Caller } from '../../slack/caller.ts';
import { repeatAnswers } from '../domain/checkin.ts';
import type { CheckinRef } from '../views/messages.ts';
import { authorizeWriting, checkWritable, localDay } from './form.ts';
import { finishCheckin } from './submit.ts';

/** Sends the caller's last entry again for this day, marked as unchanged; it can be edited too. */
export async function sendUnchanged(
  deps: Deps,
  { caller, ref }: { caller: Caller; ref: CheckinRef },
): Promise<void> {
  await deps.transact(async (stores) => {
    const { pair, role } = await authorizeWriting(stores, caller, ref);
    const now = deps.now();
    checkWritable(ref.dueOn, localDay(pair, role, now));
    const { workspaceId, userId } = caller;
    const key = { workspaceId, pairId: pair.id, userId, dueOn: ref.dueOn };
    const last = await stores.checkins.findBefore(key);
    if (!last) throw new UserFacingError('There is no earlier check-in to send again yet.');
    const checkin = await stores.checkins.save({
      key,
      answers: repeatAnswers(role, last.answers),
      unchangedSinceOn: last.unchangedSinceOn ?? last.dueOn,
      baseVersion: 0,
      now,
    });
    if (!checkin)
      throw new UserFacingError(
        'You have already sent this check-in. You can edit it from its card.',
      );
    await finishCheckin(stores, { pair, role, checkin, now });
  });
}

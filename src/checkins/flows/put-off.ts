import type { DateTime } from 'luxon';
import type { Deps } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { loadPair } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { type SnoozeChoice, snoozeUntil } from '../domain.ts';
import type { CheckinRef, PromptState } from '../views/messages.ts';
import { closePrompt } from './prompt.ts';

/** Asks the caller again later; only this occurrence moves, never the routine. */
export async function snoozeCheckin(
  deps: Deps,
  o: { caller: Caller; ref: CheckinRef; choice: SnoozeChoice },
): Promise<void> {
  await putOff(deps, o, (now) => ({
    type: 'snoozed',
    until: snoozeUntil(o.choice, now),
  }));
}

/** Leaves the caller's check-in of that day out, with a reason or without. */
export async function skipCheckin(
  deps: Deps,
  o: { caller: Caller; ref: CheckinRef; reason: string | null },
): Promise<void> {
  await putOff(deps, o, () => ({ type: 'skipped', reason: o.reason }));
}

async function putOff(
  deps: Deps,
  { caller, ref }: { caller: Caller; ref: CheckinRef },
  decide: (now: DateTime) => Extract<PromptState, { type: 'snoozed' | 'skipped' }>,
): Promise<void> {
  checkOwn(caller, ref);
  await deps.transact(async (stores) => {
    const { pair } = await loadPair(stores, caller, ref.pairId);
    const key = {
      workspaceId: caller.workspaceId,
      pairId: pair.id,
      userId: caller.userId,
      dueOn: ref.dueOn,
    };
    if (await stores.checkins.find(key))
      throw new UserFacingError(
        'You have already sent this check-in. You can edit it from its card.',
      );
    const now = deps.now();
    if (!(await closePrompt(stores, { pair, ref, now, state: decide(now) }))) {
      throw new UserFacingError('There is no check-in planned for that day any more.');
    }
  });
}

export function checkOwn(caller: Caller, ref: CheckinRef): void {
  if (ref.userId !== caller.userId)
    throw new UserFacingError('Only the person who wrote this check-in can change it.');
}

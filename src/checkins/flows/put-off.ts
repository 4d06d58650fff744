import type { DateTime } from 'luxon';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { loadPair } from '../../pairs/index.ts';
import {
  type Occurrence,
  type OccurrenceOf,
  skipOccurrence,
  snoozeOccurrence,
} from '../../routines/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { type SnoozeChoice, snoozeUntil } from '../domain.ts';
import type { CheckinRef, PromptState } from '../views/messages.ts';
import { KIND, showPrompt } from './prompt.ts';

/** Asks the caller again later; only this occurrence moves, never the routine. */
export async function snoozeCheckin(
  deps: Deps,
  o: { caller: Caller; ref: CheckinRef; choice: SnoozeChoice },
): Promise<void> {
  await putOff(deps, o, async (stores, of, now) => {
    const until = snoozeUntil(o.choice, now);
    const snoozed = await snoozeOccurrence(stores, of, { until, now });
    return { ...snoozed, state: { type: 'snoozed', until: snoozed.until } };
  });
}

/** Leaves the caller's check-in of that day out, with a reason or without. */
export async function skipCheckin(
  deps: Deps,
  o: { caller: Caller; ref: CheckinRef; reason: string | null },
): Promise<void> {
  const { reason } = o;
  await putOff(deps, o, async (stores, of, now) => ({
    occurrence: await skipOccurrence(stores, of, { reason, now }),
    state: { type: 'skipped', reason },
  }));
}

async function putOff(
  deps: Deps,
  { caller, ref }: { caller: Caller; ref: CheckinRef },
  move: (
    stores: Stores,
    of: OccurrenceOf,
    now: DateTime,
  ) => Promise<{ occurrence: Occurrence; state: PromptState }>,
): Promise<void> {
  checkOwn(caller, ref);
  await deps.transact(async (stores) => {
    const { pair } = await loadPair(stores, caller, ref.pairId);
    const { workspaceId, userId } = caller;
    const key = { workspaceId, pairId: pair.id, userId, dueOn: ref.dueOn };
    if (await stores.checkins.find(key))
      throw new UserFacingError(
        'You have already sent this check-in. You can edit it from its card.',
      );
    const { occurrence, state } = await move(stores, { ...key, kind: KIND }, deps.now());
    if (occurrence.askedTimes > 0)
      await showPrompt(stores, { pair, ref, times: occurrence.askedTimes, state });
  });
}

export function checkOwn(caller: Caller, ref: CheckinRef): void {
  if (ref.userId !== caller.userId)
    throw new UserFacingError('Only the person who wrote this check-in can change it.');
}

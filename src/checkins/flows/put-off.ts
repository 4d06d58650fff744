import type { DateTime } from 'luxon';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { memberOf } from '../../pairs/index.ts';
import {
  type Occurrence,
  type OccurrenceOf,
  skipOccurrence,
  snoozeOccurrence,
} from '../../routines/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { atWallClock } from '../../time/wall-clock.ts';
import type { CheckinRef } from '../views/messages.ts';
import type { PromptState } from '../views/prompt.ts';
import type { SnoozeWish } from '../views/put-off.ts';
import { authorizeWriting } from './form.ts';
import { KIND, settlePrompts } from './prompt.ts';

/** What the form for putting off the caller's own check-in needs. */
export async function prepareSnooze(
  deps: Deps,
  { caller, ref }: { caller: Caller; ref: CheckinRef },
): Promise<{ zone: string }> {
  const { pair, role } = await authorizeWriting(deps, caller, ref);
  return { zone: memberOf(pair, role).zone };
}

/** Asks the caller again later; only this occurrence moves, never the routine. */
export async function snoozeCheckin(
  deps: Deps,
  o: { caller: Caller; ref: CheckinRef; wish: SnoozeWish },
): Promise<void> {
  const { wish } = o;
  await putOff(deps, o, async ({ stores, of, zone, now }) => {
    const until = typeof wish === 'string' ? wish : atWallClock(wish.on, wish.time, zone);
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
  await putOff(deps, o, async ({ stores, of, now }) => ({
    occurrence: await skipOccurrence(stores, of, { reason, now }),
    state: { type: 'skipped', reason },
  }));
}

type Move = (o: { stores: Stores; of: OccurrenceOf; zone: string; now: DateTime }) => Promise<{
  occurrence: Occurrence;
  state: PromptState;
}>;

async function putOff(
  deps: Deps,
  { caller, ref }: { caller: Caller; ref: CheckinRef },
  move: Move,
): Promise<void> {
  await deps.transact(async (stores) => {
    const { pair, role } = await authorizeWriting(stores, caller, ref);
    const { workspaceId, userId } = caller;
    const key = { workspaceId, pairId: pair.id, userId, dueOn: ref.dueOn };
    if (await stores.checkins.find(key))
      throw new UserFacingError(
        'You have already sent this check-in. You can edit it from its card.',
      );
    const { zone } = memberOf(pair, role);
    const of = { ...key, kind: KIND };
    const { occurrence, state } = await move({ stores, of, zone, now: deps.now() });
    await settlePrompts(stores, { pair, ref, occurrence, state });
  });
}

import type { DateTime } from 'luxon';
import type { Stores } from '../../deps.ts';
import { memberOf, type Pair, partnerOf, roleOf } from '../../pairs/index.ts';
import { buildPrompt, type CheckinRef, type PromptState } from '../views/messages.ts';

/** The kind of routine that check-ins are. */
export const KIND = 'checkin';

/** Shows the prompt of one day in its state; the n-th time of asking is a message of its own. */
export async function showPrompt(
  stores: Stores,
  o: { pair: Pair; ref: CheckinRef; times: number; state: PromptState },
): Promise<void> {
  const { pair, times, state } = o;
  const ref: CheckinRef = { pairId: pair.id, userId: o.ref.userId, dueOn: o.ref.dueOn };
  const role = roleOf(pair, ref.userId) ?? 'ea';
  const partnerId = partnerOf(pair, ref.userId).userId;
  await stores.outbox.show({
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: `checkin-prompt:${pair.id}:${ref.userId}:${ref.dueOn}:${times}`,
    purpose: 'prompt',
    recipient: ref.userId,
    message: buildPrompt({ ref, partnerId, zone: memberOf(pair, role).zone, state }),
    tell: [partnerId],
  });
}

/** Marks the day's occurrence, if the routine had one, and turns its latest prompt into what became of it. */
export async function closePrompt(
  stores: Stores,
  o: { pair: Pair; ref: CheckinRef; now: DateTime; state: Exclude<PromptState, { type: 'open' }> },
): Promise<boolean> {
  const { pair, ref, now, state } = o;
  const { userId, dueOn } = ref;
  const of = { workspaceId: pair.workspaceId, pairId: pair.id, userId, kind: KIND };
  const occurrence = await stores.routines.findOccurrence({ ...of, dueOn });
  if (!occurrence) return false;
  const reason = state.type === 'skipped' ? state.reason : null;
  const nextStepAt = state.type === 'snoozed' ? state.until : null;
  await stores.routines.change(occurrence, { state: state.type, reason, nextStepAt, now });
  if (occurrence.askedTimes > 0)
    await showPrompt(stores, { pair, ref, times: occurrence.askedTimes, state });
  return true;
}

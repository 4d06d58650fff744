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

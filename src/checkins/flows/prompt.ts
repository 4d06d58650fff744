import type { DateTime } from 'luxon';
import type { Stores } from '../../deps.ts';
import { memberOf, type Pair, partnerOf, roleOf } from '../../pairs/index.ts';
import type { Occurrence } from '../../routines/index.ts';
import type { CheckinRef } from '../views/messages.ts';
import {
  buildMissedNotice,
  buildPrompt,
  buildSpentPrompt,
  type PromptState,
} from '../views/prompt.ts';

/** The kind of routine that check-ins are. */
export const KIND = 'checkin';

type Prompt = { pair: Pair; ref: CheckinRef; occurrence: Occurrence };

/** Messages about one day: each time of asking and each reminder is one of its own. */
type MessageOf = { asked: number } | { reminder: number };

function keyOf({ pair, ref }: Prompt, message: MessageOf): string {
  const day = `checkin-prompt:${pair.id}:${ref.userId}:${ref.dueOn}`;
  return 'asked' in message ? `${day}:${message.asked}` : `${day}:reminder:${message.reminder}`;
}

/** Shows a prompt or reminder of one day in its state. */
export async function showPrompt(
  stores: Stores,
  o: Prompt & { message: MessageOf; state: PromptState; notAfter?: DateTime },
): Promise<void> {
  const { pair } = o;
  const { userId, dueOn } = o.ref;
  const partnerId = partnerOf(pair, userId).userId;
  const { zone } = memberOf(pair, roleOf(pair, userId) ?? 'ea');
  const ref = { pairId: pair.id, userId, dueOn };
  await stores.outbox.show({
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: keyOf(o, o.message),
    purpose: 'prompt',
    recipient: userId,
    forBoth: true,
    message: buildPrompt({ ref, partnerId, zone, state: o.state }),
    ...(o.notAfter && { notAfter: o.notAfter }),
    tell: [partnerId],
  });
}

/** Whether the person has an earlier entry that can be sent again. */
export async function canRepeat(stores: Stores, { pair, ref }: Prompt): Promise<boolean> {
  const { workspaceId, id: pairId } = pair;
  const { userId, dueOn } = ref;
  return (await stores.checkins.findBefore({ workspaceId, pairId, userId, dueOn })) !== null;
}

/** Turns the latest prompt into what became of the day, and takes the buttons off the others. */
export async function settlePrompts(
  stores: Stores,
  o: Prompt & { state: PromptState },
): Promise<void> {
  const { pair, ref, occurrence } = o;
  if (occurrence.askedTimes === 0) return;
  await showPrompt(stores, { ...o, message: { asked: occurrence.askedTimes } });
  const older: MessageOf[] = [
    ...Array.from({ length: occurrence.askedTimes - 1 }, (_, index) => ({ asked: index + 1 })),
    ...Array.from({ length: occurrence.remindedTimes }, (_, index) => ({ reminder: index + 1 })),
  ];
  for (const message of older) {
    await stores.outbox.updateIfPosted({
      workspaceId: pair.workspaceId,
      pairId: pair.id,
      key: keyOf(o, message),
      message: buildSpentPrompt(ref.dueOn),
    });
  }
}

function noticeOf({ pair, ref, occurrence }: Prompt) {
  const { userId, dueOn } = ref;
  const partner = partnerOf(pair, userId);
  const { windowEndsAt, answeredAt, state } = occurrence;
  const isExcused = state === 'excused';
  return {
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: `checkin-missed:${pair.id}:${userId}:${dueOn}`,
    message: buildMissedNotice({
      userId,
      dueOn,
      windowEndsAt,
      answeredAt,
      zone: partner.zone,
      isExcused,
    }),
  };
}

/** Tells the other side that the check-in of that day did not come. */
export async function tellMissed(stores: Stores, prompt: Prompt): Promise<void> {
  const recipient = partnerOf(prompt.pair, prompt.ref.userId).userId;
  await stores.outbox.post({ ...noticeOf(prompt), purpose: 'alert', recipient, forBoth: true });
}

/** Corrects that notice once the check-in has come or is excused; nothing when nobody was told. */
export async function correctMissed(stores: Stores, prompt: Prompt): Promise<void> {
  await stores.outbox.updateIfPosted(noticeOf(prompt));
}

import type { DateTime } from 'luxon';
import type { Tx } from '../../database/index.ts';
import type { Enqueue } from '../../jobs/index.ts';
import { mrkdwn, section } from '../blocks.ts';
import { isClosedToDirectMessages } from '../errors.ts';
import { isUserId, mentionChannel, mentionUser } from '../text.ts';
import type { Delivery, OutgoingMessage } from './domain.ts';
import { createOutbox } from './outbox.ts';
import { noteRefusal, sendToChannel } from './store/fallback.ts';

/** Slack takes so many blocks in a message. */
const MOST_BLOCKS = 50;

/** The message as it is sent: in the pair's channel it begins with the name of the one whom it is for. */
export function withName({
  message,
  meantFor,
}: Pick<Delivery, 'message' | 'meantFor'>): OutgoingMessage {
  if (!meantFor) return message;
  const name = `For ${mentionUser(meantFor)}, whose direct messages I cannot open:`;
  const { text, blocks } = message;
  const hasRoom = blocks.length < MOST_BLOCKS;
  return {
    text: `${name} ${text}`,
    blocks: hasRoom ? [section(mrkdwn(name)), ...blocks] : blocks,
  };
}

/**
 * Notes that somebody takes no direct messages and sends this one to the pair's channel instead, when both may read
 * it. The other one of the pair hears of that once, until direct messages arrive again. False when it has to fail.
 */
export async function fallBack(o: {
  tx: Tx;
  delivery: Delivery;
  error: string;
  now: DateTime;
  enqueue: Enqueue;
}): Promise<boolean> {
  const { tx, delivery, now } = o;
  const { workspaceId, recipient: userId, pairId } = delivery;
  if (delivery.kind !== 'post' || !isUserId(userId) || !isClosedToDirectMessages(o.error))
    return false;
  await noteRefusal(tx, { workspaceId, userId, now });
  const sent = pairId ? await sendToChannel(tx, { ...delivery, pairId, now }) : null;
  if (!sent) return false;
  const channel = mentionChannel(sent.channelId);
  const text = `Slack does not let me send direct messages to ${mentionUser(userId)}. What I have for them appears in ${channel} instead, where everybody in it can read it. What only they may read is not sent.`;
  await createOutbox({ db: tx, enqueue: o.enqueue, now: () => now }).post({
    workspaceId,
    ...(pairId && { pairId }),
    key: `dm-refused:${pairId}:${userId}:${sent.refusedAt?.getTime()}`,
    purpose: 'alert',
    recipient: sent.partnerId,
    message: { text, blocks: [section(mrkdwn(text))] },
  });
  return true;
}

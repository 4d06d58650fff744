import type { ChatPostMessageResponse, WebClient } from '@slack/web-api';
import { mrkdwn, section } from '../blocks.ts';
import { classifyFailure, slackErrorOf } from '../errors.ts';
import { type Delivery, NOT_REPEATED, type Place, type SendOutcome } from './domain.ts';
import { withName } from './fallback.ts';
import { methodOf } from './limits.ts';

const METADATA_EVENT = 'tandem_delivery';
const PAGES = 10;
const PAGE_SIZE = 200;

/** One call to Slack for one delivery, as an outcome; never rejects. */
export async function send(client: WebClient, delivery: Delivery): Promise<SendOutcome> {
  try {
    return { type: 'sent', place: await perform(client, delivery) };
  } catch (error) {
    // What is to be deleted and is not there has been deleted.
    if (
      delivery.kind === 'delete' &&
      delivery.target &&
      slackErrorOf(error) === 'message_not_found'
    )
      return { type: 'sent', place: delivery.target };
    return classifyFailure(error, methodOf({ ...delivery, uncertain: false }));
  }
}

async function perform(client: WebClient, delivery: Delivery): Promise<Place> {
  const { target, id, kind } = delivery;
  const { text, blocks } = withName(delivery);
  if (kind === 'post') {
    const answer: ChatPostMessageResponse = await client.apiCall('chat.postMessage', {
      channel: delivery.recipient,
      text,
      blocks: markBlocks(blocks, id),
      metadata: JSON.stringify({ event_type: METADATA_EVENT, event_payload: { id } }),
      unfurl_links: false,
      unfurl_media: false,
      ...(target && { thread_ts: target.ts }),
    });
    return { channel: answer.channel ?? delivery.recipient, ts: answer.ts ?? '' };
  }
  if (!target) throw new Error(`delivery ${id} has nothing to ${kind}`);
  if (kind === 'delete') await client.chat.delete(target);
  else
    await client.apiCall('chat.update', {
      ...target,
      text,
      blocks: markBlocks(blocks, delivery.targetId ?? id),
    });
  return target;
}

/**
 * The first block carries the delivery's id: history always returns block ids, so an uncertain message can be found.
 * Written as JSON, as it is sent: of objects the client makes a copy for its log, also when it logs nothing.
 */
function markBlocks(blocks: Delivery['message']['blocks'], id: string): string {
  return JSON.stringify(
    blocks.map((block, index) => (index === 0 ? { ...block, block_id: id } : block)),
  );
}

/**
 * Looks for a message that may have arrived; `channel` is where, null when that is not known. Where it cannot be looked
 * for, the purpose decides: the next reminder takes the place of a prompt, anything else is sent again and says so.
 */
export async function lookUp(
  client: WebClient,
  delivery: Delivery,
  channel: string | null,
): Promise<SendOutcome> {
  if (channel) {
    try {
      const found = await findInHistory({ client, delivery, channel });
      if (found !== 'too_far') return found ? { type: 'sent', place: found } : { type: 'absent' };
    } catch (error) {
      const word = slackErrorOf(error) ?? '';
      if (!UNREADABLE.has(word)) return lookAgain(error, delivery);
    }
  }
  if (delivery.purpose === 'prompt') return { type: 'failed', error: NOT_REPEATED };
  return { type: 'repeat', message: withRepeatNote(delivery.message) };
}

const UNREADABLE: ReadonlySet<string> = new Set([
  'channel_not_found',
  'missing_scope',
  'not_in_channel',
  'thread_not_found',
]);

function lookAgain(error: unknown, delivery: Delivery): SendOutcome {
  const failure = classifyFailure(error, methodOf(delivery));
  return failure.type === 'limited' ? failure : { type: 'uncertain', error: failure.error };
}

async function findInHistory(o: {
  client: WebClient;
  delivery: Delivery;
  channel: string;
}): Promise<Place | 'too_far' | null> {
  const { client, delivery, channel } = o;
  const range = {
    channel,
    oldest: String(delivery.createdAt.minus({ minutes: 5 }).toSeconds()),
    include_all_metadata: true,
    limit: PAGE_SIZE,
  };
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const at = cursor ? { ...range, cursor } : range;
    const answer = delivery.target
      ? await client.conversations.replies({ ...at, ts: delivery.target.ts })
      : await client.conversations.history(at);
    const found = answer.messages?.find(
      (one) => one.blocks?.[0]?.block_id === delivery.id || isMarked(one.metadata, delivery.id),
    );
    if (found?.ts) return { channel, ts: found.ts };
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) return null;
  }
  return 'too_far';
}

function isMarked(
  metadata: { event_type?: string; event_payload?: unknown } | undefined,
  id: string,
): boolean {
  const payload = metadata?.event_payload;
  return (
    metadata?.event_type === METADATA_EVENT &&
    typeof payload === 'object' &&
    payload !== null &&
    'id' in payload &&
    payload.id === id
  );
}

const REPEATED = section(
  mrkdwn('_You may have seen this message before: the first time, Slack did not confirm it._'),
  { blockId: 'deliveries.repeated' },
);

function withRepeatNote(message: Delivery['message']): Delivery['message'] {
  const isNoted = message.blocks.some((block) => block.block_id === REPEATED.block_id);
  return isNoted ? message : { ...message, blocks: [...message.blocks, REPEATED] };
}

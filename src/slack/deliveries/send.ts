import type { WebClient } from '@slack/web-api';
import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import type { Database, Tx } from '../../database/index.ts';
import type { Jobs } from '../../jobs/index.ts';
import { mrkdwn, section } from '../blocks.ts';
import type { SlackClients } from '../clients.ts';
import { classifyFailure, explainUndeliverable, slackErrorOf } from '../errors.ts';
import {
  type Delivery,
  MAX_ATTEMPTS,
  type Place,
  retryDelaySeconds,
  type SendOutcome,
} from './domain.ts';
import { sendJob } from './job.ts';
import { createOutbox } from './outbox.ts';
import { createDeliveryStore, type DeliveryKey } from './store.ts';

export const METADATA_EVENT = 'tandem_delivery';

export type SenderDeps = {
  database: Database;
  slack: SlackClients;
  jobs: Pick<Jobs, 'enqueue'>;
  now: () => DateTime;
  log: Logger;
};

/** Sends one delivery if it is its turn, and records what came of it. Rejects only when the database does. */
export async function sendDelivery(deps: SenderDeps, key: DeliveryKey): Promise<void> {
  const { prisma } = deps.database;
  const claim = await prisma.$transaction((tx) => createDeliveryStore(tx).claim(key, deps.now()));
  if (claim.type === 'nothing') return;
  if (claim.type === 'wait') {
    const seconds = Math.max(0, claim.until.diff(deps.now()).as('seconds'));
    await deps.jobs.enqueue(prisma, sendJob, [key], { startAfter: seconds });
    return;
  }
  const { delivery, target, uncertain } = claim;
  const client = await deps.slack.clientFor(key.workspaceId);
  let outcome: SendOutcome;
  if (!client) outcome = { type: 'failed', error: 'not_installed' };
  else if (uncertain) outcome = await settleUncertain({ deps, client, delivery, target });
  else outcome = await call({ client, delivery, target });
  await prisma.$transaction((tx) => record({ deps, tx, delivery, outcome }));
}

async function call(o: {
  client: WebClient;
  delivery: Delivery;
  target: Place | null;
}): Promise<SendOutcome> {
  const { client, delivery, target } = o;
  const method = delivery.kind === 'post' ? 'chat.postMessage' : `chat.${delivery.kind}`;
  try {
    const place = await perform(client, delivery, target);
    return { type: 'sent', place };
  } catch (error) {
    const failure = classifyFailure(error, method);
    // Updating or deleting twice changes nothing, so an unanswered one is simply sent again.
    if (failure.type === 'uncertain' && delivery.kind !== 'post')
      return { type: 'retry', error: failure.error };
    return failure;
  }
}

async function perform(
  client: WebClient,
  delivery: Delivery,
  target: Place | null,
): Promise<Place> {
  const { text, blocks } = delivery.message;
  if (delivery.kind === 'post') {
    const answer = await client.chat.postMessage({
      channel: delivery.recipient,
      text,
      blocks: markBlocks(blocks, delivery.id),
      metadata: { event_type: METADATA_EVENT, event_payload: { id: delivery.id } },
      unfurl_links: false,
      unfurl_media: false,
      ...(target && { thread_ts: target.ts }),
    });
    return { channel: answer.channel ?? delivery.recipient, ts: answer.ts ?? '' };
  }
  if (!target) throw new Error(`delivery ${delivery.id} has nothing to ${delivery.kind}`);
  if (delivery.kind === 'update') {
    await client.chat.update({
      ...target,
      text,
      blocks: markBlocks(blocks, delivery.targetId ?? delivery.id),
    });
  } else {
    await client.chat.delete(target);
  }
  return target;
}

/** The first block carries the delivery's id: history always returns block ids, so an uncertain message can be found. */
function markBlocks(
  blocks: Delivery['message']['blocks'],
  id: string,
): Delivery['message']['blocks'] {
  return blocks.map((block, index) => (index === 0 ? { ...block, block_id: id } : block));
}

/** Looks an unanswered message up; where history may not be read, the purpose decides. */
async function settleUncertain(o: {
  deps: SenderDeps;
  client: WebClient;
  delivery: Delivery;
  target: Place | null;
}): Promise<SendOutcome> {
  const { deps, client, delivery } = o;
  const channel = /^[UW]/.test(delivery.recipient)
    ? await createDeliveryStore(deps.database.prisma).findChannel(
        delivery.workspaceId,
        delivery.recipient,
      )
    : delivery.recipient;
  if (channel) {
    try {
      const place = await findInHistory({ client, channel, delivery, target: o.target });
      return place ? { type: 'sent', place } : await call(o);
    } catch (error) {
      const failure = classifyFailure(error, 'conversations.history');
      const word = slackErrorOf(error);
      const unreadable =
        word === 'missing_scope' || word === 'not_in_channel' || word === 'channel_not_found';
      if (!unreadable)
        return failure.type === 'failed' ? { type: 'retry', error: failure.error } : failure;
    }
  }
  if (delivery.purpose === 'prompt') return { type: 'failed', error: 'uncertain_not_repeated' };
  const repeated = section(
    mrkdwn('_You may have seen this message before: the first time, Slack did not confirm it._'),
  );
  const message = { ...delivery.message, blocks: [...delivery.message.blocks, repeated] };
  return await call({ ...o, delivery: { ...delivery, message } });
}

async function findInHistory(o: {
  client: WebClient;
  channel: string;
  delivery: Delivery;
  target: Place | null;
}): Promise<Place | null> {
  const { client, channel, delivery, target } = o;
  const range = {
    channel,
    oldest: String(delivery.createdAt.minus({ minutes: 5 }).toSeconds()),
    include_all_metadata: true,
    limit: 200,
  };
  let cursor: string | undefined;
  do {
    const page = target
      ? await client.conversations.replies({ ...range, ts: target.ts, ...(cursor && { cursor }) })
      : await client.conversations.history({ ...range, ...(cursor && { cursor }) });
    const found = page.messages?.find(
      (one) => one.blocks?.[0]?.block_id === delivery.id || isMarked(one.metadata, delivery.id),
    );
    if (found?.ts) return { channel, ts: found.ts };
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
  return null;
}

function isMarked(
  metadata: { event_type?: string; event_payload?: unknown } | undefined,
  id: string,
): boolean {
  const payload = metadata?.event_payload as { id?: unknown } | undefined;
  return metadata?.event_type === METADATA_EVENT && payload?.id === id;
}

async function record(o: {
  deps: SenderDeps;
  tx: Tx;
  delivery: Delivery;
  outcome: SendOutcome;
}): Promise<void> {
  const { deps, tx, delivery, outcome } = o;
  const key = { workspaceId: delivery.workspaceId, id: delivery.id };
  const store = createDeliveryStore(tx);
  const now = deps.now();
  const enqueueFollowUps = async () => {
    const next = await store.listFollowUps({ ...key, targetId: delivery.targetId });
    if (next.length > 0) await deps.jobs.enqueue(tx, sendJob, next);
  };
  if (outcome.type === 'sent') {
    await store.markSent(key, outcome.place, now);
    await enqueueFollowUps();
    return;
  }
  const gaveUp = outcome.type !== 'limited' && delivery.attempts >= MAX_ATTEMPTS;
  if (outcome.type === 'failed' || gaveUp) {
    const { error } = outcome as { error: string };
    deps.log.warn(
      { workspaceId: key.workspaceId, delivery: key.id, error },
      'message could not be delivered',
    );
    await store.markFailed(key, error);
    await tellPeople({ deps, tx, delivery, error });
    await enqueueFollowUps();
    return;
  }
  const seconds =
    outcome.type === 'limited'
      ? outcome.seconds
      : retryDelaySeconds(delivery.attempts, Math.random());
  const at = now.plus({ seconds });
  if (outcome.type === 'limited') await store.pauseMethod(key.workspaceId, outcome.method, at);
  const error = outcome.type === 'limited' ? 'rate_limited' : outcome.error;
  await store.postpone(key, {
    state: outcome.type === 'uncertain' ? 'uncertain' : 'pending',
    at,
    error,
  });
  await deps.jobs.enqueue(tx, sendJob, [key], { startAfter: seconds });
}

/** A channel that cannot be posted to is something only people can mend: they are told, once a day. */
async function tellPeople(o: {
  deps: SenderDeps;
  tx: Tx;
  delivery: Delivery;
  error: string;
}): Promise<void> {
  const { deps, tx, delivery, error } = o;
  const explanation = explainUndeliverable(error, delivery.recipient);
  if (!explanation) return;
  const outbox = createOutbox({ db: tx, enqueue: deps.jobs.enqueue, now: deps.now });
  for (const userId of delivery.tell) {
    await outbox.post({
      workspaceId: delivery.workspaceId,
      ...(delivery.pairId && { pairId: delivery.pairId }),
      key: `undeliverable:${delivery.recipient}:${error}:${userId}:${deps.now().toISODate()}`,
      purpose: 'alert',
      recipient: userId,
      message: { text: explanation, blocks: [section(mrkdwn(explanation))] },
    });
  }
}

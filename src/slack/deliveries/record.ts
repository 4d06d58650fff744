import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import type { Tx } from '../../database/index.ts';
import type { Enqueue } from '../../jobs/index.ts';
import { mrkdwn, section } from '../blocks.ts';
import { explainUndeliverable } from '../errors.ts';
import { type Delivery, nextStep, type SendOutcome } from './domain.ts';
import { fallBack } from './fallback.ts';
import { createOutbox } from './outbox.ts';
import { markFailed, markSent, pauseMethod, putBack } from './store/results.ts';

export type Attempted = { delivery: Delivery; outcome: SendOutcome };

/** Hears which messages went out or failed for good, in the transaction that writes it down. */
export type OnRecorded = (o: {
  tx: Tx;
  enqueue: Enqueue;
  now: DateTime;
  deliveries: readonly Delivery[];
}) => Promise<void>;

/** Writes what came of a batch of attempts, in the given transaction. */
export async function recordOutcomes(o: {
  tx: Tx;
  attempted: readonly Attempted[];
  now: DateTime;
  enqueue: Enqueue;
  log: Logger;
  onRecorded?: OnRecorded | undefined;
}): Promise<void> {
  const { tx, now, log } = o;
  const steps = o.attempted.map(({ delivery, outcome }) => ({
    delivery,
    step: nextStep(delivery, outcome, Math.random()),
  }));
  await markSent(
    tx,
    steps.flatMap(({ delivery, step }) =>
      step.state === 'sent' ? [{ delivery, place: step.place }] : [],
    ),
    now,
  );
  await pause(o);
  await putBack(
    tx,
    steps.flatMap(({ delivery, step }) =>
      step.state === 'pending' || step.state === 'uncertain' ? [{ delivery, step }] : [],
    ),
    now,
  );
  const deliveries = steps.flatMap(({ delivery, step }) =>
    step.state === 'sent' ? [delivery] : [],
  );
  for (const { delivery, step } of steps) {
    if (step.state !== 'failed') continue;
    const { error } = step;
    const about = { workspaceId: delivery.workspaceId, delivery: delivery.id, error };
    if (await fallBack({ ...o, delivery, error })) {
      log.info(about, 'a direct message goes to the channel of the pair');
      continue;
    }
    deliveries.push(delivery);
    if (!(await markFailed(tx, delivery, error))) continue;
    log.warn(about, 'message could not be delivered');
    await tellPeople({ ...o, delivery, error });
  }
  if (deliveries.length > 0) await o.onRecorded?.({ tx, enqueue: o.enqueue, now, deliveries });
}

async function pause(o: { tx: Tx; attempted: readonly Attempted[]; now: DateTime }): Promise<void> {
  const pauses = new Map<string, { workspaceId: string; method: string; until: DateTime }>();
  for (const { delivery, outcome } of o.attempted) {
    if (outcome.type !== 'limited') continue;
    const { workspaceId } = delivery;
    const { method } = outcome;
    const until = o.now.plus({ seconds: outcome.seconds });
    const known = pauses.get(`${workspaceId} ${method}`);
    if (!known || known.until < until)
      pauses.set(`${workspaceId} ${method}`, { workspaceId, method, until });
  }
  // In the order in which those who claim lock the same rows.
  const ordered = [...pauses].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [, one] of ordered) await pauseMethod(o.tx, one);
}

/** What only people can mend they are told, once a day. */
async function tellPeople(o: {
  tx: Tx;
  delivery: Delivery;
  error: string;
  now: DateTime;
  enqueue: Enqueue;
}): Promise<void> {
  const { delivery, error, now } = o;
  const { workspaceId, pairId, recipient } = delivery;
  const explanation = explainUndeliverable(error, recipient);
  if (!explanation) return;
  const outbox = createOutbox({ db: o.tx, enqueue: o.enqueue, now: () => now });
  for (const userId of delivery.tell) {
    if (userId === recipient) continue;
    await outbox.post({
      workspaceId,
      ...(pairId && { pairId }),
      key: `undeliverable:${recipient}:${error}:${userId}:${now.toISODate()}`,
      purpose: 'alert',
      recipient: userId,
      message: { text: explanation, blocks: [section(mrkdwn(explanation))] },
    });
  }
}

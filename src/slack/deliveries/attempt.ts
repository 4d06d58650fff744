import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import type { Database, Tx } from '../../database/index.ts';
import type { SlackClients } from '../clients.ts';
import { isDeadToken } from '../installations/domain.ts';
import { isUserId } from '../text.ts';
import { lookUp, send } from './call.ts';
import { type Delivery, type SendOutcome, TOO_LATE } from './domain.ts';
import { findChannel } from './store/upkeep.ts';

/** Sends one delivery, or looks for it when it may have arrived; never rejects. */
export async function attempt(
  deps: { slack: SlackClients; database: Database; log: Logger; now: () => DateTime },
  delivery: Delivery,
): Promise<SendOutcome> {
  try {
    const client = await deps.slack.clientFor(delivery.workspaceId);
    if (!client) return { type: 'failed', error: 'not_installed' };
    // Updating or deleting twice changes nothing, so an unanswered one is simply sent again, unless a newer one waits.
    if (delivery.uncertain && delivery.kind !== 'post') return { type: 'absent' };
    if (!delivery.uncertain && delivery.notAfter && delivery.notAfter < deps.now())
      return { type: 'failed', error: TOO_LATE };
    const outcome = delivery.uncertain
      ? await lookUp(client, delivery, await whereToLook(deps.database.prisma, delivery))
      : await send(client, delivery);
    return await withoutDeadToken(deps.slack, { delivery, outcome, botToken: client.token });
  } catch (error) {
    deps.log.error({ err: error, delivery: delivery.id }, 'a message could not be sent');
    return { type: delivery.uncertain ? 'uncertain' : 'retry', error: 'internal' };
  }
}

/** A token that Slack takes no more ends the delivery and everything else for that workspace, unless there is another. */
async function withoutDeadToken(
  slack: SlackClients,
  o: { delivery: Delivery; outcome: SendOutcome; botToken: string | undefined },
): Promise<SendOutcome> {
  const { outcome, botToken } = o;
  if (!('error' in outcome) || !isDeadToken(outcome.error) || !botToken) return outcome;
  const { workspaceId, uncertain } = o.delivery;
  const { error } = outcome;
  const isReplaced = await slack.refuse({ workspaceId, botToken, word: error });
  if (!isReplaced) return { type: 'failed', error };
  return { type: uncertain ? 'uncertain' : 'retry', error };
}

async function whereToLook(db: Tx, delivery: Delivery): Promise<string | null> {
  const { workspaceId, recipient, target } = delivery;
  if (target) return target.channel;
  return isUserId(recipient) ? await findChannel(db, { workspaceId, recipient }) : recipient;
}

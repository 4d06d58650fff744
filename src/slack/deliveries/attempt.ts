import type { Logger } from 'pino';
import type { Database, Tx } from '../../database/index.ts';
import type { SlackClients } from '../clients.ts';
import { isUserId } from '../text.ts';
import { lookUp, send } from './call.ts';
import type { Delivery, SendOutcome } from './domain.ts';
import { findChannel } from './store/upkeep.ts';

/** Sends one delivery, or looks for it when it may have arrived; never rejects. */
export async function attempt(
  deps: { slack: SlackClients; database: Database; log: Logger },
  delivery: Delivery,
): Promise<SendOutcome> {
  try {
    const client = await deps.slack.clientFor(delivery.workspaceId);
    if (!client) return { type: 'failed', error: 'not_installed' };
    if (!delivery.uncertain) return await send(client, delivery);
    // Updating or deleting twice changes nothing, so an unanswered one is simply sent again, unless a newer one waits.
    if (delivery.kind !== 'post') return { type: 'absent' };
    return await lookUp(client, delivery, await whereToLook(deps.database.prisma, delivery));
  } catch (error) {
    deps.log.error({ err: error, delivery: delivery.id }, 'a message could not be sent');
    return { type: delivery.uncertain ? 'uncertain' : 'retry', error: 'internal' };
  }
}

async function whereToLook(db: Tx, delivery: Delivery): Promise<string | null> {
  const { workspaceId, recipient, target } = delivery;
  if (target) return target.channel;
  return isUserId(recipient) ? await findChannel(db, { workspaceId, recipient }) : recipient;
}

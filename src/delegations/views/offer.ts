import { z } from 'zod';
import { actions, button, context, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { mentionChannel } from '../../slack/text.ts';
import type { Source } from '../domain/delegation.ts';
import { OFFER_EMOJI } from '../domain/offer.ts';

export const OFFER = 'delegations.offer';

/** What the button of an offer carries: where the message stands. */
export const OfferValue = z.object({ channelId: z.string(), ts: z.string() });

export type OfferState = 'open' | 'withdrawn' | { number: number };

/** Asks somebody who reacted to a message whether to hand it over, and later says what became of that. */
export function buildOffer(o: { source: Source; state: OfferState }): OutgoingMessage {
  const { source, state } = o;
  const { channelId, ts, permalink } = source;
  const channel = mentionChannel(channelId);
  const message = permalink ? `<${permalink}|this message>` : 'this message';
  if (state === 'withdrawn') {
    const text = `You took your reaction off a message in ${channel}, so it is not handed over.`;
    return { text, blocks: [context(text)] };
  }
  if (state !== 'open') {
    const text = `You reacted to a message in ${channel}. It is handed over as task #${state.number}.`;
    return { text, blocks: [context(text)] };
  }
  return {
    text: `Hand over the message in ${channel} to which you reacted?`,
    blocks: [
      section(mrkdwn(`Hand over ${message} in ${channel}?`)),
      actions('offer', [
        button({
          text: 'Hand over',
          actionId: OFFER,
          value: JSON.stringify({ channelId, ts }),
          style: 'primary',
        }),
      ]),
      context(`You reacted to it with :${OFFER_EMOJI}:. Take the reaction off, and this goes too.`),
    ],
  };
}

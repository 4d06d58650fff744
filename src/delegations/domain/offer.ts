/** The emoji with which one of the two says that a message in their channel is to be handed over. */
export const OFFER_EMOJI = 'inbox_tray';

/** Names the offer that one person gets for one message, for ever. */
export function offerKey(o: { channelId: string; ts: string; userId: string }): string {
  return `delegation-offer:${o.channelId}:${o.ts}:${o.userId}`;
}

import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { button, plain, section } from '../../slack/blocks.ts';

export const START = 'charter.start';

/** What is opened, wherever the button stands: which pair is meant is found out then. */
export const Purpose = z.enum(['charter', 'zones']);
export type Purpose = z.infer<typeof Purpose>;

/** Asks somebody who is in several pairs which one is meant. */
export function buildPairChoice(o: {
  title: string;
  actionId: string;
  pairs: readonly { pairId: string; partnerName: string }[];
}): ModalView {
  return {
    type: 'modal',
    title: plain(o.title),
    close: plain('Close'),
    blocks: [
      section(plain('With whom? In the channel of a pair, the command knows by itself.')),
      ...o.pairs.slice(0, 90).map(({ pairId, partnerName }) =>
        section(plain(partnerName), {
          accessory: button({
            text: 'Open',
            actionId: o.actionId,
            label: `Open with ${partnerName}`.slice(0, 75),
            value: JSON.stringify({ pairId }),
          }),
        }),
      ),
    ],
  };
}

import type { ModalView } from '@slack/types';
import { button, plain, section } from '../../slack/blocks.ts';

/** Followed by what is opened: two buttons of one block need two ids. */
export const START = 'charter.start';

/** What is opened, wherever the button stands: which pair is meant is found out then. */
export const PURPOSES = ['charter', 'zones'] as const;
export type Purpose = (typeof PURPOSES)[number];

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

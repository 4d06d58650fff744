import type { KnownBlock } from '@slack/types';
import { actions, button, mrkdwn, section } from '../../slack/blocks.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import type { Charter } from '../domain/charter.ts';
import { sopCoverage } from '../domain/duty.ts';
import { SHOW_VERSION, SIGN } from './card.ts';
import { OPEN } from './charter.ts';

/** A proposal that the reader is asked to sign. */
export function buildWaiting(o: { charter: Charter; partnerName: string }): KnownBlock[] {
  const { pairId, version } = o.charter;
  const value = JSON.stringify({ pairId, version });
  const name = escapeText(shorten(o.partnerName, 60));
  return [
    section(
      mrkdwn(`${name} proposes a charter (version ${version}). Nothing changes until you sign.`),
    ),
    actions('charter', [
      button({ text: 'See it', actionId: SHOW_VERSION, value }),
      button({ text: 'Sign', actionId: SIGN, value }),
    ]),
  ];
}

/** What is in force in one pair, with the way to it. */
export function buildCharterLine(o: {
  pairId: string;
  /** Such as 'with Ana Reyes', not escaped. */
  whose: string;
  inForce: Charter | null;
  isOpen: boolean;
}): KnownBlock[] {
  const whose = escapeText(shorten(o.whose, 120));
  return [
    section(mrkdwn(`*Charter ${whose}:* ${describe(o.inForce, o.isOpen)}`), {
      accessory: button({
        text: 'Charter',
        actionId: OPEN,
        label: shorten(`Charter ${o.whose}`, 75),
        value: JSON.stringify({ pairId: o.pairId }),
      }),
    }),
  ];
}

function describe(inForce: Charter | null, isOpen: boolean): string {
  if (!inForce) return isOpen ? 'proposed, not signed yet.' : 'not written yet.';
  const { with: covered, n } = sopCoverage(inForce.duties);
  return `version ${inForce.version}, ${n} duties, ${covered} of them with an SOP.`;
}

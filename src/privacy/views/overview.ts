import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, divider, mrkdwn, plain, section } from '../../slack/blocks.ts';
import { describeKept, type RecordKind } from '../domain/records.ts';

export const OPEN = 'privacy.open';
export const OPEN_EXPORT = 'privacy.open-export';
export const OPEN_ERASE = 'privacy.open-erase';
export const OPEN_AUDIT = 'privacy.open-audit';
export const OPEN_RETENTION = 'privacy.open-retention';

/** Buttons that carry nothing of their own. */
export const NoValue = z.literal('');
export const NO_VALUE = JSON.stringify('');

export type Overview = {
  /** With how many of them are the reader's own, and the days that the workspace chose. */
  kinds: { kind: RecordKind; count: number; days: number | null | undefined }[];
  isAdmin: boolean;
};

/** What is recorded about the reader, why, who can see it, and what they can do about it. */
export function buildOverview({ kinds, isAdmin }: Overview): ModalView {
  return {
    type: 'modal',
    title: plain('Your records'),
    close: plain('Close'),
    blocks: [
      section(
        mrkdwn(
          'This is everything that Tandem records about you. It keeps what you write in its forms and when you did it. It does not store messages from your channels, and it does not watch who is online. What is optional says how to turn it off; Tandem cannot work without the rest.',
        ),
      ),
      actions('privacy.deeds', [
        button({ text: 'Get a copy', actionId: OPEN_EXPORT, value: NO_VALUE, style: 'primary' }),
        button({ text: 'Erase…', actionId: OPEN_ERASE, value: NO_VALUE }),
        ...(isAdmin
          ? [
              button({ text: 'Audit log', actionId: OPEN_AUDIT, value: NO_VALUE }),
              button({ text: 'How long it is kept', actionId: OPEN_RETENTION, value: NO_VALUE }),
            ]
          : []),
      ]),
      divider(),
      ...kinds.map(describe),
      divider(),
      section(
        mrkdwn(
          '*Who else:* whoever runs the server of Tandem can read its database. Admins of this Slack workspace see the audit log (who exported or erased something and when, never what it says), and nothing that you wrote.',
        ),
      ),
      context('In Home and with `/ea privacy` you find this again.'),
    ],
  };
}

function describe({ kind, count, days }: Overview['kinds'][number]): KnownBlock {
  const lines = [
    `*${kind.title}*${count > 0 ? ` (${count} of yours)` : ''}`,
    kind.what,
    `_Why:_ ${kind.why}`,
    `_Who sees it:_ ${kind.seenBy}`,
    `_Kept:_ ${describeKept(kind, days)}.`,
    ...(kind.optional ? [`_Optional:_ ${kind.optional}`] : []),
  ];
  return section(mrkdwn(lines.join('\n')));
}

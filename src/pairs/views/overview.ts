import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, mrkdwn, plain, section } from '../../slack/blocks.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { formatLocalDate } from '../../time/format.ts';
import type { Pair } from '../domain.ts';
import { endButton, OVERVIEW } from './people.ts';

export const OVERVIEW_SIZE = 10;

/** Where a page of the pairs starts. */
export const OverviewValue = z.object({ offset: z.number().int().min(0) });

/** The pairs of a workspace as an admin sees them: who and since when, nothing that they wrote. */
export function buildOverviewModal(o: {
  pairs: readonly Pair[];
  total: number;
  offset: number;
  /** User ids of those who get no direct messages. */
  unreachable: ReadonlySet<string>;
}): ModalView {
  const { pairs, total, offset, unreachable } = o;
  const last = offset + pairs.length;
  const range =
    total === 0 ? 'There are no pairs yet.' : `${offset + 1} to ${last} of ${total}, oldest first.`;
  const page = (direction: 'back' | 'more', text: string, start: number) =>
    button({
      text,
      actionId: `${OVERVIEW}.${direction}`,
      value: JSON.stringify({ offset: start }),
    });
  const paging = [
    ...(offset > 0 ? [page('back', 'Back', Math.max(0, offset - OVERVIEW_SIZE))] : []),
    ...(last < total ? [page('more', 'More', last)] : []),
  ];
  return {
    type: 'modal',
    title: plain('Pairs'),
    close: plain('Close'),
    blocks: [
      context(range, 'Admins see who works together, never what is written.'),
      ...pairs.map((pair) =>
        section(mrkdwn(shorten(describe(pair, unreachable), 3000)), {
          accessory: endButton({
            pairId: pair.id,
            partnerName: `${pair.executive.name}, ${pair.ea.name}`,
          }),
        }),
      ),
      ...(paging.length > 0 ? [actions('paging', paging)] : []),
    ],
  };
}

function describe({ executive, ea, startedOn }: Pair, unreachable: ReadonlySet<string>): string {
  const names = [executive, ea]
    .filter(({ userId }) => unreachable.has(userId))
    .map(({ name }) => escapeText(name));
  const fallback =
    names.length > 0
      ? `\nSlack does not let me send direct messages to ${names.join(' or ')}: they appear in the channel of the pair.`
      : '';
  return `*${escapeText(executive.name)}* (executive) and *${escapeText(ea.name)}* (EA), since ${formatLocalDate(startedOn)}${fallback}`;
}

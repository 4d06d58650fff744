import type { ModalView } from '@slack/types';
import type { Pair } from '../../pairs/index.ts';
import { actions, button, context, literal, mrkdwn, plain, section } from '../../slack/blocks.ts';
import type { Answer } from '../../slack/listen.ts';
import { escapeText, mentionChannel } from '../../slack/text.ts';
import { quoteTyped } from '../../slack/usage.ts';
import type { Delegation } from '../domain/delegation.ts';
import { OFFER_EMOJI } from '../domain/offer.ts';
import { describeTerms } from './card.ts';
import { buildMakeDuty } from './detail.ts';
import { NEW, OPEN_LIST } from './list.ts';
import { refOf } from './values.ts';
import { stateName } from './words.ts';

/** What is said once a form was saved. */
export function buildSaved(o: {
  delegation: Delegation;
  pair: Pair;
  isNew: boolean;
  isLinked: boolean;
}): ModalView {
  const { delegation, pair, isNew, isLinked } = o;
  const { number, title, source, state } = delegation;
  const said = isNew ? `Task #${number} is handed over.` : `Task #${number} is changed.`;
  const unlinked =
    isNew && source && !isLinked
      ? ['Tandem is not in the channel of that message, so no line was put under it.']
      : [];
  return {
    type: 'modal',
    title: plain('Saved'),
    close: plain('Close'),
    blocks: [
      section(mrkdwn(`*${said}*`)),
      section(literal(title)),
      context(...describeTerms(delegation, pair)),
      context(
        `${escapeText(stateName(state, pair))}. Its card is in ${mentionChannel(pair.channelId)}.`,
        ...unlinked,
      ),
      ...(isNew
        ? [
            section(mrkdwn('Does it come again and again? As a duty it comes by itself.'), {
              accessory: buildMakeDuty(refOf(delegation)),
            }),
          ]
        : []),
    ],
  };
}

/** How to use the commands; `typed` is what could not be read, `missing` why reactions are not seen. */
export function buildUsage({ typed, missing }: { typed?: string; missing: string | null }): Answer {
  const isUnknown = typed !== undefined && !/ help$/i.test(typed);
  const text = [
    ...(isUnknown ? [`I do not know ${quoteTyped(typed)}.`] : []),
    '*Hand work over*',
    '`/ea-delegate Book the flights to Boston` opens the form with this title. There you say when it is done, when it is due, and how free the EA is.',
    '`/ea-delegate @Ana Book the flights` says for whom, if you have several pairs.',
    '*Delegate this* in the menu of a message takes a link to it along.',
    missing ??
      `Or react to a message in your channel with :${OFFER_EMOJI}: (\`${OFFER_EMOJI}\`), and I offer you to hand it over.`,
    '`/ea-tasks` lists what is open; `/ea-tasks waiting`, `overdue`, `week` or `closed` begin there, `/ea-tasks 12` opens task 12.',
    '`/ea-tasks import` hands over many tasks from a CSV file, after a preview; `/ea-tasks export` sends you a copy as CSV or JSON.',
  ].join('\n');
  return {
    text: 'How to hand work over with Tandem',
    blocks: [
      section(mrkdwn(text)),
      actions('usage', [
        button({ text: 'Hand over work', actionId: NEW, value: '{}' }),
        button({ text: 'Tasks', actionId: OPEN_LIST, value: '{}' }),
      ]),
    ],
  };
}

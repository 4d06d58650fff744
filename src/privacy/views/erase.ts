import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, divider, mrkdwn, plain, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, mentionChannel, mentionUser } from '../../slack/text.ts';
import { ASKED_FOR_DAYS } from '../domain/erasure.ts';
import { NO_VALUE } from './overview.ts';

export const ERASE_ME = 'privacy.erase-me';
export const ASK_ERASE_PAIR = 'privacy.ask-erase-pair';
export const ERASE_PAIR = 'privacy.erase-pair';
export const KEEP_PAIR = 'privacy.keep-pair';

export const PairValue = z.object({ pairId: z.string() });

type PairChoice = { pairId: string; partnerName: string; hasEnded: boolean };

export function buildEraseModal(pairs: readonly PairChoice[]): ModalView {
  return {
    type: 'modal',
    title: plain('Erase'),
    close: plain('Close'),
    blocks: [
      section(
        mrkdwn(
          '*Erase me.* Everything that you wrote and that Tandem knows about you is deleted at once, and messages of Tandem that show it are taken out of Slack as far as Slack allows. Your pairs end. What others wrote stays theirs and speaks of "a former colleague". The audit log keeps that somebody was erased, without your name.',
        ),
      ),
      actions('privacy.erase', [
        button({
          text: 'Erase me',
          actionId: ERASE_ME,
          value: NO_VALUE,
          style: 'danger',
          confirm: {
            title: 'Erase all your records?',
            text: 'Your check-ins, reminders, leave and settings are deleted and your pairs end. This cannot be undone. Get a copy first if you want to keep something.',
            confirm: 'Erase me',
            deny: 'Keep it',
          },
        }),
      ]),
      ...(pairs.length > 0
        ? [
            divider(),
            section(
              mrkdwn(
                '*Erase a pair.* Everything of the two of you is deleted. It is the work of both, so your partner is asked first.',
              ),
            ),
          ]
        : []),
      ...pairs.slice(0, 40).map((pair) =>
        section(mrkdwn(`With ${escapeText(pair.partnerName)}${pair.hasEnded ? ' (ended)' : ''}`), {
          accessory: button({
            text: 'Erase this pair…',
            label: `Erase the pair with ${pair.partnerName}`.slice(0, 75),
            actionId: ASK_ERASE_PAIR,
            value: JSON.stringify({ pairId: pair.pairId }),
            confirm: {
              title: 'Erase this pair?',
              text: 'Your partner is asked. When they agree, everything of the two of you is deleted for good.',
              confirm: 'Ask',
              deny: 'Keep it',
            },
          }),
        }),
      ),
    ],
  };
}

/** Asks the other one whether the pair may be erased. */
export function buildErasePairCard(o: {
  pairId: string;
  askedBy: string;
  channelId: string;
}): OutgoingMessage {
  const { pairId, askedBy } = o;
  const text = `${mentionUser(askedBy)} asks to erase everything of the two of you (${mentionChannel(o.channelId)}) in Tandem.`;
  const value = JSON.stringify({ pairId });
  return {
    text,
    blocks: [
      section(mrkdwn(text)),
      context(
        `Agreements, check-ins, reminders and all else of this pair are deleted for good. Nothing happens unless you agree within ${ASKED_FOR_DAYS} days. \`/ea privacy\` gets you a copy first.`,
      ),
      actions('privacy.erase-pair', [
        button({
          text: 'Erase it',
          actionId: ERASE_PAIR,
          value,
          style: 'danger',
          confirm: {
            title: 'Erase this pair?',
            text: 'Everything of the two of you is deleted. This cannot be undone.',
            confirm: 'Erase it',
            deny: 'Keep it',
          },
        }),
        button({ text: 'Keep it', actionId: KEEP_PAIR, value }),
      ]),
    ],
  };
}

export function buildSaid(text: string): OutgoingMessage {
  return { text, blocks: [section(mrkdwn(text))] };
}

/** What those hear who worked with somebody who was erased. */
export function describeFormer(channelId: string): string {
  return `The person whom you worked with in ${mentionChannel(channelId)} had their records in Tandem erased, so this pair has ended. What you wrote is still yours: \`/ea privacy\` gets you a copy, or erases it too.`;
}

/** What is said to who asked to erase the pair, by what came of it. */
export const ASKED = {
  erased: 'This pair is erased.',
  asked: 'Your partner is asked in a direct message.',
  unreached:
    'Your partner has to agree, but Slack does not let me send them direct messages. Please tell them: when they ask for the same with /ea privacy, you are the one who agrees.',
} as const;

import type { KnownBlock } from '@slack/types';
import type { DateTime } from 'luxon';
import { z } from 'zod';
import type { Role } from '../../pairs/index.ts';
import { actions, button, context, literal, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, mentionUser, shorten } from '../../slack/text.ts';
import { formatInZone, formatLocalDate } from '../../time/format.ts';
import { type Checkin, sharedAnswers } from '../domain/checkin.ts';

export const START = 'checkins.start';
export const SNOOZE = 'checkins.snooze';
export const SKIP = 'checkins.skip';
export const UNCHANGED = 'checkins.unchanged';
export const READ = 'checkins.read';

/** What the buttons of prompts and cards carry. */
export const CheckinValue = z.object({
  pairId: z.string(),
  userId: z.string(),
  dueOn: z.iso.date(),
});

export type CheckinRef = z.infer<typeof CheckinValue>;

/** An instant on the clock of `zone`, which it names. */
export function showTime(at: DateTime, zone: string): string {
  return formatInZone(at, zone);
}

/** Characters of one answer on the card; longer ones are shortened and can be read in full. */
const CARD_ANSWER = 2000;

/** The card in the pair's channel. What people typed is shown to the letter. */
export function buildCheckinCard(o: {
  checkin: Checkin;
  role: Role;
  zone: string;
}): OutgoingMessage {
  const { checkin, role, zone } = o;
  const day = formatLocalDate(checkin.dueOn);
  const byWhom = `by ${mentionUser(checkin.userId)}, ${day}`;
  const text = `Check-in ${byWhom}`;
  const answers = sharedAnswers(role, checkin.answers);
  const isShortened = answers.some(({ answer }) => answer.length > CARD_ANSWER);
  const ref: CheckinRef = { pairId: checkin.pairId, userId: checkin.userId, dueOn: checkin.dueOn };
  const value = JSON.stringify(ref);
  const edited = checkin.editedAt ? ` _(edited ${showTime(checkin.editedAt, zone)})_` : '';
  return {
    text,
    blocks: [
      section(mrkdwn(`*Check-in* ${byWhom}${edited}`)),
      ...(checkin.unchangedSinceOn
        ? [context(`Nothing changed since ${formatLocalDate(checkin.unchangedSinceOn)}.`)]
        : []),
      ...answers.flatMap(({ question, answer }): KnownBlock[] => [
        section(mrkdwn(`*${escapeText(question.label)}*`)),
        section(literal(shorten(answer, CARD_ANSWER))),
      ]),
      ...(isShortened
        ? [context('Long answers are shortened here. *Read in full* shows them whole.')]
        : []),
      actions('card', [
        ...(isShortened ? [button({ text: 'Read in full', actionId: READ, value })] : []),
        button({ text: 'Edit', actionId: START, value, label: `Edit the check-in of ${day}` }),
      ]),
    ],
  };
}

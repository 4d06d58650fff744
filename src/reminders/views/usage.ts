import type { ModalView } from '@slack/types';
import { actions, button, context, literal, mrkdwn, plain, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { quoteTyped } from '../../slack/usage.ts';
import { formatInBothZones } from '../../time/format.ts';
import type { Reminder } from '../domain/reminder.ts';
import { OPEN_FORM, OPEN_LIST } from './list.ts';
import { describeTiming, type Preview } from './preview.ts';

const EXAMPLES = [
  '/ea-remind me to send the invoice every weekday at 9',
  '/ea-remind @Ana to book flights tomorrow 3pm',
  '/ea-remind me in 20 minutes to call Bob',
  '/ea-remind me to close the books on the last business day of the month at 16:00',
  '/ea-remind me every other Monday: plan the week',
  '/ea-remind list',
];

/** What `/ea-remind` can do, for somebody who asked or typed something else. */
export function buildUsage(typed: string): OutgoingMessage {
  const unknown =
    typed === '' || /^help$/i.test(typed)
      ? ''
      : `I did not understand ${quoteTyped(typed)}. Say who, what and when, such as \`/ea-remind me to call Bob tomorrow at 9\`. `;
  const text = `${unknown}\`/ea-remind\` reminds you or your partner, once or again and again:`;
  return {
    text,
    blocks: [
      section(mrkdwn(text)),
      section(mrkdwn(EXAMPLES.map((one) => `• \`${one}\``).join('\n'))),
      actions('usage', [
        button({ text: 'New reminder', actionId: OPEN_FORM, style: 'primary', value: '{}' }),
        button({ text: 'Show my reminders', actionId: OPEN_LIST, value: '{}' }),
      ]),
      context('You see how the time was understood before anything is saved.'),
    ],
  };
}

/** Says what was saved and when it comes. */
export function buildSaved(o: { reminder: Reminder; preview: Preview }): ModalView {
  const { reminder, preview } = o;
  const { receiverName, receiverZone, writerZone } = preview;
  const who = receiverName === null ? 'you' : receiverName;
  const next = preview.next.map(({ at }) =>
    escapeText(formatInBothZones(at, receiverZone, writerZone)),
  );
  return {
    type: 'modal',
    title: plain('Saved'),
    close: plain('Close'),
    blocks: [
      section(literal(`I will remind ${shorten(who, 100)}: ${shorten(reminder.text, 300)}`)),
      section(mrkdwn(`*${describeTiming(preview.timing)}*`)),
      context(`Next: ${next.join('; ')}`, '`/ea-remind list` shows, changes and deletes it.'),
    ],
  };
}

import { z } from 'zod';
import { actions, button, context, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, mentionUser } from '../../slack/text.ts';
import { formatLocalDate } from '../../time/format.ts';

export const SHARE_DAY = 'away.share-company-day';

/** What the button of a company day carries. */
export const CompanyDayValue = z.object({
  pairId: z.string(),
  userId: z.string(),
  on: z.iso.date(),
});

/** Tells the partner about a company day, and offers it to them. */
export function buildCompanyDay(o: {
  pairId: string;
  userId: string;
  on: string;
  name: string;
  isShared: boolean;
}): OutgoingMessage {
  const { name, isShared, ...value } = o;
  const day = formatLocalDate(o.on);
  const text = `${mentionUser(o.userId)} has a company day on ${day}: ${escapeText(name)}.`;
  const offer = button({
    text: 'Also my day off',
    actionId: SHARE_DAY,
    value: JSON.stringify(value),
    label: `${day} is also my day off`,
  });
  return {
    text,
    blocks: [
      section(mrkdwn(text)),
      isShared ? context('It is also your day off.') : actions('company-day', [offer]),
    ],
  };
}

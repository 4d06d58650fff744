import type { KnownBlock } from '@slack/types';
import type { DateTime } from 'luxon';
import { context, literal, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, mentionUser, shorten } from '../../slack/text.ts';
import { formatInZone, formatLocalDate } from '../../time/format.ts';
import { type Handoff, type HandoffList, MAX_TEXT } from '../domain/handoff.ts';

/** What somebody's partner hands over at the start of their work. */
export function buildHandoff(o: {
  handoff: Handoff;
  partnerId: string;
  zone: string;
  since: DateTime;
  isBack: boolean;
}): OutgoingMessage {
  const { handoff, zone, since, isBack } = o;
  const partner = mentionUser(o.partnerId);
  const from = escapeText(formatInZone(since, zone));
  const text = isBack
    ? `Welcome back. This is what happened with ${partner} while you were away, since ${from}.`
    : `Handoff from ${partner}: what happened since you stopped, ${from}.`;
  return {
    text,
    blocks: [
      section(mrkdwn(text)),
      ...handoff.reports.flatMap(({ dueOn, parts }): KnownBlock[] => [
        context(`Check-in of ${formatLocalDate(dueOn)}`),
        ...parts.flatMap(({ label, text: said }) => quote(label, said)),
      ]),
      ...list('Delivered and done', handoff.finished),
      ...list('Decided', handoff.decided),
      ...list('Waits for you', handoff.waitsForYou),
      ...list(`Waits for ${partner}`, handoff.waitsForPartner),
      ...list('Waits for somebody else', handoff.waitsForOthers),
    ],
  };
}

function quote(label: string, text: string): KnownBlock[] {
  return [section(mrkdwn(`*${label}*`)), section(literal(shorten(text, MAX_TEXT)))];
}

function list(label: string, { lines, more, isMore }: HandoffList): KnownBlock[] {
  if (lines.length === 0) return [];
  const shown = lines.map(
    ({ text, outcome }) => `• ${shorten(text, 150)}${outcome ? `: ${outcome}` : ''}`,
  );
  const plus = isMore ? '+' : '';
  return [
    section(mrkdwn(`*${label}* (${(lines.length + more).toLocaleString('en')}${plus})`)),
    section(literal(shown.join('\n'))),
    ...(more > 0 ? [context(`And ${more.toLocaleString('en')}${plus} more.`)] : []),
  ];
}

import type { DateTime } from 'luxon';
import type { HomeSection } from '../../feature.ts';
import { button, mrkdwn, section } from '../../slack/blocks.ts';
import { escapeText, mentionUser } from '../../slack/text.ts';
import { formatInZone } from '../../time/format.ts';
import { OPEN } from './dialogs.ts';
import type { CheckinRef } from './messages.ts';
import { buildPrompt, type PromptState } from './prompt.ts';

/** A check-in that was asked for and has not come, with the buttons of its prompt; once put off, it comes next. */
export function buildAsked(o: {
  ref: CheckinRef;
  partnerId: string;
  zone: string;
  state: Extract<PromptState, { type: 'open' | 'snoozed' }>;
}): HomeSection {
  const place = o.state.type === 'open' ? 'waiting' : 'next';
  return { place, blocks: buildPrompt(o).blocks };
}

/** When somebody is asked next, in their own zone. */
export function buildNext(o: {
  pairId: string;
  partnerId: string;
  at: DateTime;
  zone: string;
}): HomeSection {
  const { pairId, at, zone } = o;
  const when = escapeText(formatInZone(at, zone));
  const start = button({
    text: 'Check in now',
    actionId: `${OPEN}.checkin`,
    value: JSON.stringify({ pairId }),
  });
  const text = `Your next check-in with ${mentionUser(o.partnerId)}: *${when}*`;
  return { place: 'next', blocks: [section(mrkdwn(text), { accessory: start })] };
}

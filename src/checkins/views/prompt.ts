import type { ActionsBlock, Button } from '@slack/types';
import type { DateTime } from 'luxon';
import { actions, button, context, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, mentionUser } from '../../slack/text.ts';
import { formatLocalDate } from '../../time/format.ts';
import { type CheckinRef, SKIP, SNOOZE, START, showTime, UNCHANGED } from './messages.ts';

/** What became of the day's check-in. `canRepeat`: there is an earlier entry to send again. */
export type PromptState =
  | { type: 'open'; canRepeat: boolean; isReminder: boolean }
  | { type: 'done'; at: DateTime }
  | { type: 'snoozed'; until: DateTime }
  | { type: 'skipped'; reason: string | null }
  | { type: 'missed' }
  | { type: 'excused'; reason: string | null };

/** The direct message that asks for the check-in of one day, as it looks in each state. */
export function buildPrompt(o: {
  ref: CheckinRef;
  partnerId: string;
  zone: string;
  state: PromptState;
}): OutgoingMessage {
  const { state } = o;
  const text = describeState(o);
  const elements = state.type === 'open' ? buildChoices(o.ref, state) : buildStart(o.ref, state);
  return { text, blocks: [section(mrkdwn(text)), actions('prompt', elements)] };
}

function describeState(o: Parameters<typeof buildPrompt>[0]): string {
  const { state, zone } = o;
  const day = formatLocalDate(o.ref.dueOn);
  const partner = mentionUser(o.partnerId);
  switch (state.type) {
    case 'open':
      return state.isReminder
        ? `Your check-in with ${partner} for ${day} is still open.`
        : `Time for your check-in with ${partner}, ${day}.`;
    case 'done':
      return `Check-in for ${day} sent ${showTime(state.at, zone)}. Thank you.`;
    case 'snoozed':
      return `Check-in for ${day}: I will ask again ${showTime(state.until, zone)}.`;
    case 'skipped': {
      const why = state.reason ? ` Reason: ${escapeText(state.reason)}` : '';
      return `Check-in for ${day} skipped.${why}`;
    }
    case 'missed':
      return `The time for your check-in of ${day} is over. You can still send it.`;
    case 'excused': {
      const why = state.reason ? ` (${escapeText(state.reason)})` : '';
      return `Check-in for ${day}: excused${why}. It does not count as missed.`;
    }
  }
}

const START_WORDS: Record<PromptState['type'], string> = {
  open: 'Start check-in',
  snoozed: 'Start check-in',
  done: 'Edit check-in',
  skipped: 'Check in after all',
  excused: 'Check in after all',
  missed: 'Check in now',
};

function buildStart(ref: CheckinRef, state: PromptState): Button[] {
  const text = START_WORDS[state.type];
  const label = `${text} for ${formatLocalDate(ref.dueOn)}`;
  return [button({ text, actionId: START, value: JSON.stringify(ref), label })];
}

function buildChoices(
  ref: CheckinRef,
  state: Extract<PromptState, { type: 'open' }>,
): ActionsBlock['elements'] {
  const value = JSON.stringify(ref);
  const start = buildStart(ref, state).map((one) => ({ ...one, style: 'primary' as const }));
  const repeat = button({ text: 'Nothing changed', actionId: UNCHANGED, value });
  return [
    ...start,
    ...(state.canRepeat ? [repeat] : []),
    button({ text: 'Snooze', actionId: SNOOZE, value }),
    button({ text: 'Skip today', actionId: SKIP, value }),
  ];
}

/** What an older message about the same day says once it is settled elsewhere. */
export function buildSpentPrompt(dueOn: string): OutgoingMessage {
  const text = `Check-in for ${formatLocalDate(dueOn)}: this message is no longer needed.`;
  return { text, blocks: [context(text)] };
}

/** Tells the other side that a check-in did not come, and later that it did, or that the day was off after all. */
export function buildMissedNotice(o: {
  userId: string;
  dueOn: string;
  windowEndsAt: DateTime | null;
  zone: string;
  answeredAt: DateTime | null;
  isExcused: boolean;
}): OutgoingMessage {
  const what = `The check-in of ${mentionUser(o.userId)} for ${formatLocalDate(o.dueOn)}`;
  const due = o.windowEndsAt ? ` It was expected by ${showTime(o.windowEndsAt, o.zone)}.` : '';
  const open = o.isExcused
    ? `${what} is excused: the day was off.`
    : `${what} has not come yet.${due}`;
  const text = o.answeredAt ? `${what} came late, ${showTime(o.answeredAt, o.zone)}.` : open;
  return { text, blocks: [section(mrkdwn(text))] };
}

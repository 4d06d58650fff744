import type { DateTime } from 'luxon';
import { z } from 'zod';
import { actions, button, context, literal, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, mentionUser, shorten } from '../../slack/text.ts';
import { formatInZone, formatLocalDate } from '../../time/format.ts';
import { isForSelf, MAX_TEXT, type Reminder } from '../domain/reminder.ts';

export const DONE = 'reminders.done';
export const SNOOZE = 'reminders.snooze';
export const SKIP = 'reminders.skip';
export const MUTE = 'reminders.mute';

/** What the buttons of a reminder carry: which one, of which local day. */
export const ReminderValue = z.object({ reminderId: z.string(), dueOn: z.iso.date() });

export type ReminderRef = z.infer<typeof ReminderValue>;

export type PromptState =
  | { type: 'open'; isRepeat: boolean }
  /** A newer message asks again. */
  | { type: 'repeated' }
  | { type: 'done'; at: DateTime }
  | { type: 'snoozed'; until: DateTime }
  | { type: 'skipped' }
  | { type: 'muted'; untilOn: string }
  | { type: 'unanswered' }
  | { type: 'deleted' };

/** The direct message of one occurrence, as it looks in each state. */
export function buildPrompt(o: {
  reminder: Reminder;
  dueOn: string;
  zone: string;
  state: PromptState;
}): OutgoingMessage {
  const { reminder, state, zone } = o;
  const heading = headingOf(reminder, state);
  const outcome = outcomeOf(state, zone);
  const text = `${heading}: ${escapeText(shorten(reminder.text, 200))}`;
  return {
    text: outcome ? `${text} (${outcome})` : text,
    blocks: [
      section(mrkdwn(`${heading}:`)),
      section(literal(shorten(reminder.text, MAX_TEXT))),
      ...(outcome ? [context(outcome)] : []),
      ...buildButtons(o),
    ],
  };
}

function headingOf(reminder: Reminder, state: PromptState): string {
  const again = state.type === 'open' && state.isRepeat ? 'Again: reminder' : 'Reminder';
  const urgent = reminder.urgent ? ' (urgent)' : '';
  const from = isForSelf(reminder) ? '' : ` from ${mentionUser(reminder.fromId)}`;
  return `${again}${from}${urgent}`;
}

function outcomeOf(state: PromptState, zone: string): string | null {
  switch (state.type) {
    case 'open':
      return null;
    case 'repeated':
      return 'I asked again below.';
    case 'done':
      return `Done ${showTime(state.at, zone)}.`;
    case 'snoozed':
      return `Snoozed: I will remind you again ${showTime(state.until, zone)}.`;
    case 'skipped':
      return 'Skipped.';
    case 'muted':
      return `Muted: it begins again on ${formatLocalDate(state.untilOn)}.`;
    case 'deleted':
      return 'The reminder was deleted.';
    case 'unanswered':
      return 'Not answered yet. You can still mark it as done.';
  }
}

function buildButtons(o: { reminder: Reminder; dueOn: string; state: PromptState }) {
  const { reminder, dueOn, state } = o;
  const ref: ReminderRef = { reminderId: reminder.id, dueOn };
  const value = JSON.stringify(ref);
  const done = button({ text: 'Done', actionId: DONE, value, style: 'primary' });
  const snooze = button({ text: 'Snooze', actionId: SNOOZE, value });
  const skip = button({ text: 'Skip', actionId: SKIP, value });
  const mute = button({ text: 'Mute series…', actionId: MUTE, value });
  const series = reminder.timing.kind === 'recurring' ? [mute] : [];
  switch (state.type) {
    case 'open':
      return [actions('reminder', [done, snooze, skip, ...series])];
    case 'unanswered':
      return [actions('reminder', [done, ...series])];
    case 'snoozed':
      return [actions('reminder', [done, skip])];
    case 'done':
    case 'skipped':
    case 'muted':
    case 'repeated':
    case 'deleted':
      return [];
  }
}

export type ReportOutcome =
  | { type: 'done'; at: DateTime }
  | { type: 'unanswered'; asked: number }
  | { type: 'skipped' };

/** What the writer hears about a reminder that they gave to the other one. */
export function buildReport(o: {
  reminder: Reminder;
  zone: string;
  outcome: ReportOutcome;
}): OutgoingMessage {
  const { reminder, outcome, zone } = o;
  const who = mentionUser(reminder.forId);
  const said = (() => {
    switch (outcome.type) {
      case 'done':
        return `${who} marked your reminder as done ${showTime(outcome.at, zone)}.`;
      case 'skipped':
        return `${who} skipped your reminder.`;
      case 'unanswered':
        return `Not acknowledged: ${who} has not answered your reminder. It was sent ${times(outcome.asked)}.`;
    }
  })();
  return {
    text: `${said} ${escapeText(shorten(reminder.text, 200))}`,
    blocks: [section(mrkdwn(said)), section(literal(shorten(reminder.text, MAX_TEXT)))],
  };
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function showTime(at: DateTime, zone: string): string {
  return formatInZone(at, zone);
}

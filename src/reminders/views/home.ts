import type { DateTime } from 'luxon';
import type { HomeSection } from '../../feature.ts';
import { context, literal, mrkdwn, section } from '../../slack/blocks.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { formatInZone } from '../../time/format.ts';
import type { Reminder } from '../domain/reminder.ts';
import { buildPrompt } from './messages.ts';

/** A reminder that was sent and not answered, with its buttons; once put off, it comes next. */
export function buildAsked(o: Parameters<typeof buildPrompt>[0]): HomeSection {
  const place = o.state.type === 'open' ? 'waiting' : 'next';
  return { place, blocks: buildPrompt(o).blocks };
}

/** When a reminder comes next, in the zone of the one who is reminded. */
export function buildNext(o: { reminder: Reminder; at: DateTime; zone: string }): HomeSection {
  const { reminder, at, zone } = o;
  return {
    place: 'next',
    blocks: [
      section(literal(`Reminder: ${shorten(reminder.text, 150)}`)),
      context(escapeText(formatInZone(at, zone))),
    ],
  };
}

/** What comes after those that are shown. */
export function buildMore(count: number): HomeSection {
  const text = `${count} more ${count === 1 ? 'reminder' : 'reminders'} to come.`;
  return { place: 'next', blocks: [section(mrkdwn(text))] };
}

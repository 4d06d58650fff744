import type { Button, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import {
  actions,
  button,
  context,
  divider,
  literal,
  mrkdwn,
  plain,
  section,
} from '../../slack/blocks.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { formatInZone, formatLocalDate } from '../../time/format.ts';
import { zoneCity } from '../../time/zones.ts';
import type { NextTime } from '../domain/preview.ts';
import type { Reminder } from '../domain/reminder.ts';
import { describeTiming } from './preview.ts';

export const EDIT = 'reminders.edit';
export const PAUSE = 'reminders.pause';
export const RESUME = 'reminders.resume';
export const DELETE = 'reminders.delete';
export const RESTORE = 'reminders.restore';
export const ACCEPT_URGENT = 'reminders.accept-urgent';
export const REFUSE_URGENT = 'reminders.refuse-urgent';
/** Followed by the direction: two buttons of one block need two ids. */
export const PAGE = 'reminders.page';
export const OPEN_FORM = 'reminders.open-form';
export const OPEN_LIST = 'reminders.open-list';

export const PAGE_SIZE = 5;

export const EntryValue = z.object({ reminderId: z.string(), offset: z.number().int().min(0) });
export const OffsetValue = z.object({ offset: z.number().int().min(0) });
export const ConsentValue = z.object({ pairId: z.string(), offset: z.number().int().min(0) });

export type ListEntry = {
  reminder: Reminder;
  /** The other person, null for a reminder to oneself. */
  otherName: string | null;
  isForMe: boolean;
  isMine: boolean;
  receiverZone: string;
  next: NextTime[];
};

export type ListPage = {
  entries: ListEntry[];
  consents: { pairId: string; partnerName: string; acceptsUrgent: boolean }[];
  total: number;
  offset: number;
  /** The reader's. */
  zone: string;
  /** What was just deleted and can be restored. */
  deleted: { reminderId: string; text: string } | null;
};

export function buildListModal(page: ListPage): ModalView {
  const { entries, total, offset, deleted } = page;
  const range =
    total === 0
      ? 'No reminders to come. `/ea-remind me tomorrow at 9 to call Bob` makes one.'
      : `${offset + 1} to ${offset + entries.length} of ${total}.`;
  return {
    type: 'modal',
    title: plain('Reminders'),
    close: plain('Close'),
    blocks: [
      ...(deleted ? buildUndo(deleted, offset) : []),
      context(range),
      ...entries.flatMap((entry, index) => buildEntry(entry, { page, index })),
      ...buildPaging(page),
      ...page.consents.slice(0, 5).flatMap((one) => buildConsent(one, offset)),
    ],
  };
}

function buildUndo(deleted: NonNullable<ListPage['deleted']>, offset: number): KnownBlock[] {
  const value = JSON.stringify({ reminderId: deleted.reminderId, offset });
  return [
    section(literal(`Deleted: ${shorten(deleted.text, 200)}`), {
      accessory: button({ text: 'Undo', actionId: RESTORE, value }),
    }),
  ];
}

function buildEntry(entry: ListEntry, o: { page: ListPage; index: number }): KnownBlock[] {
  const { page, index } = o;
  const { reminder, isForMe, isMine } = entry;
  const { entries, offset } = page;
  const before = entries[index - 1];
  const heading = isForMe ? 'For you' : 'Given to others';
  const value = JSON.stringify({ reminderId: reminder.id, offset });
  return [
    ...(before?.isForMe === isForMe ? [] : [section(mrkdwn(`*${heading}*`))]),
    divider(),
    section(literal(shorten(reminder.text, 300))),
    context(describeEntry(entry), describeNext(entry, page.zone)),
    actions(`entry.${index}`, [
      ...(isMine ? [button({ text: 'Edit', actionId: EDIT, value })] : []),
      reminder.pausedAt
        ? button({ text: 'Resume', actionId: RESUME, value })
        : button({ text: 'Pause', actionId: PAUSE, value }),
      ...(isMine ? [buildDelete(value)] : []),
    ]),
  ];
}

function buildDelete(value: string): Button {
  return button({
    text: 'Delete',
    actionId: DELETE,
    value,
    style: 'danger',
    confirm: {
      title: 'Delete this reminder?',
      text: 'It will not be sent any more. You can undo this here.',
      confirm: 'Delete',
      deny: 'Keep',
    },
  });
}

function describeEntry({ reminder, otherName, isForMe, receiverZone }: ListEntry): string {
  const other = otherName === null ? '' : `${isForMe ? 'from' : 'for'} ${escapeText(otherName)}. `;
  const urgent = reminder.urgent ? ' Urgent.' : '';
  const clock = `(${escapeText(zoneCity(receiverZone))} time)`;
  const words = `${other}${describeTiming(reminder.timing)} ${clock}.${urgent}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function describeNext({ reminder, next }: ListEntry, zone: string): string {
  if (reminder.pausedAt) return '*Paused*: nothing is sent until you resume it.';
  if (next.length === 0) return 'No more times to come.';
  const muted = reminder.mutedUntilOn
    ? `Muted until ${formatLocalDate(reminder.mutedUntilOn)}. `
    : '';
  const shown = next.map(({ at, heldUntil }) =>
    heldUntil
      ? `${escapeText(formatInZone(at, zone))}, sent ${escapeText(formatInZone(heldUntil, zone))}`
      : escapeText(formatInZone(at, zone)),
  );
  return `${muted}Next: ${shown.join('; ')}`;
}

function buildPaging({ offset, entries, total }: ListPage): KnownBlock[] {
  const at = (start: number) => JSON.stringify({ offset: start });
  const earlier = Math.max(0, offset - PAGE_SIZE);
  const buttons = [
    ...(offset > 0 ? [button({ text: 'Back', actionId: `${PAGE}.back`, value: at(earlier) })] : []),
    ...(offset + entries.length < total
      ? [button({ text: 'More', actionId: `${PAGE}.more`, value: at(offset + PAGE_SIZE) })]
      : []),
  ];
  return buttons.length > 0 ? [actions('paging', buttons)] : [];
}

function buildConsent(one: ListPage['consents'][number], offset: number): KnownBlock[] {
  const value = JSON.stringify({ pairId: one.pairId, offset });
  const name = escapeText(shorten(one.partnerName, 100));
  const [said, text, actionId] = one.acceptsUrgent
    ? [
        `Urgent reminders from ${name} reach you outside your working hours too.`,
        'Do not accept',
        REFUSE_URGENT,
      ]
    : [
        `Urgent reminders from ${name} wait for your working hours.`,
        'Accept urgent ones',
        ACCEPT_URGENT,
      ];
  return [divider(), section(mrkdwn(said), { accessory: button({ text, actionId, value }) })];
}

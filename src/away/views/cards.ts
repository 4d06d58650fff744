import type { KnownBlock } from '@slack/types';
import type { DateTime } from 'luxon';
import { z } from 'zod';
import { actions, button, context, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, mentionUser } from '../../slack/text.ts';
import { formatInBothZones, formatLocalDate } from '../../time/format.ts';
import { describeRange, type Leave, leaveTypeName } from '../domain/leave.ts';

export const CHANGE_LEAVE = 'away.change-leave';
export const CANCEL_LEAVE = 'away.cancel-leave';

/** What the buttons about one leave carry. */
export const LeaveValue = z.object({ leaveId: z.string() });

/** Leave as it is shown: with its instants, and what may still be done about it. */
export type ShownLeave = {
  leave: Leave;
  from: DateTime;
  until: DateTime;
  /** Whole days of it lie behind, so cancelling means to come back. */
  hasStarted: boolean;
  isOver: boolean;
};

/** The leave in the direct message of the person who takes it. Partners' zones are those that their partners live in. */
export function buildOwnCard(o: {
  shown: ShownLeave;
  zone: string;
  partnerZones: readonly string[];
}): OutgoingMessage {
  const { leave } = o.shown;
  const range = describeRange(leave);
  if (leave.cancelledAt) {
    const text = `Your leave is cancelled: ${range}.`;
    return { text, blocks: [section(mrkdwn(text))] };
  }
  const text = o.shown.isOver ? `Your leave ended: ${range}.` : `You will be away: ${range}.`;
  return {
    text,
    blocks: [
      section(mrkdwn(`${text}\n${describeDetails(leave)}`)),
      context(...describeInstants(o)),
      ...(o.shown.isOver
        ? []
        : [
            context('Until then nothing is asked of you, and none of it counts as missed.'),
            actions('leave', leaveButtons(o.shown)),
          ]),
    ],
  };
}

/** *Change* and *Cancel leave* of one leave. */
export function leaveButtons({ leave, hasStarted }: ShownLeave): ReturnType<typeof button>[] {
  const value = JSON.stringify({ leaveId: leave.id });
  const range = describeRange(leave);
  const first = formatLocalDate(leave.firstOn);
  return [
    button({
      text: 'Change',
      actionId: CHANGE_LEAVE,
      value,
      label: `Change the leave from ${first}`,
    }),
    button({
      text: hasStarted ? 'I am back' : 'Cancel leave',
      actionId: CANCEL_LEAVE,
      value,
      style: 'danger',
      label: `${hasStarted ? 'End' : 'Cancel'} the leave from ${first}`,
      confirm: hasStarted
        ? {
            title: 'End this leave?',
            text: `Your leave ${range} ends with yesterday. You are asked for check-ins again from now on.`,
            confirm: 'I am back',
            deny: 'Stay away',
          }
        : {
            title: 'Cancel this leave?',
            text: `You will not be away ${range}. Your partner sees it.`,
            confirm: 'Cancel leave',
            deny: 'Keep it',
          },
    }),
  ];
}

/** The one notice that the partner gets, in the partner's zone and in the other's. */
export function buildPartnerNotice(o: {
  shown: ShownLeave;
  zone: string;
  partnerZone: string;
}): OutgoingMessage {
  const { leave, isOver } = o.shown;
  const who = mentionUser(leave.userId);
  const range = describeRange(leave);
  if (leave.cancelledAt) {
    const text = `${who} will not be away after all: the leave ${range} is cancelled.`;
    return { text, blocks: [section(mrkdwn(text))] };
  }
  const text = isOver
    ? `${who} is back: the leave was ${range}.`
    : `${who} will be away: ${range}.`;
  const changed = leave.changedAt.equals(leave.createdAt) ? '' : ' _(changed)_';
  const instants = { ...o, zone: o.partnerZone, partnerZones: [o.zone] };
  return {
    text,
    blocks: [
      section(mrkdwn(`${text}${changed}\n${describeDetails(leave)}`)),
      context(...describeInstants(instants)),
      ...(isOver ? [] : [context('Check-ins of these days are excused, not missed.')]),
    ],
  };
}

/** Type, cover and reason, each on a line of its own. */
export function describeDetails(leave: Leave): string {
  return [
    leaveTypeName(leave.type),
    ...(leave.coverId ? [`Stands in: ${mentionUser(leave.coverId)}`] : []),
    ...(leave.reason ? [`Reason: ${escapeText(leave.reason)}`] : []),
  ].join('\n');
}

function describeInstants(o: {
  shown: Pick<ShownLeave, 'from' | 'until'>;
  zone: string;
  partnerZones: readonly string[];
}): string[] {
  const { from, until } = o.shown;
  const others = [...new Set(o.partnerZones)].filter((zone) => zone !== o.zone).slice(0, 3);
  const zones = others.length > 0 ? others : [o.zone];
  return zones.map(
    (zone) =>
      `From ${escapeText(formatInBothZones(from, o.zone, zone))} until ${escapeText(formatInBothZones(until, o.zone, zone))}`,
  );
}

/** One leave in the list, with its buttons for the one who takes it. */
export function buildListedLeave(shown: ShownLeave, o: { isMine: boolean }): KnownBlock[] {
  const { leave } = shown;
  return [
    section(mrkdwn(`*${describeRange(leave)}*\n${describeDetails(leave)}`)),
    ...(o.isMine ? [actions(`leave.${leave.id}`, leaveButtons(shown))] : []),
  ];
}

import type { DateTime } from 'luxon';
import { z } from 'zod';
import { actions, button, context, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, mentionUser } from '../../slack/text.ts';
import { formatInBothZones } from '../../time/format.ts';
import { zoneCity } from '../../time/zones.ts';
import { type SharedHours, zoneLabel } from '../domain/zone.ts';

export const MOVE_ZONE = 'away.move-zone';
export const KEEP_ZONE = 'away.keep-zone';

/** What the buttons of the question carry: the zone that it is about. */
export const ZoneValue = z.object({ zone: z.string() });

/** What one partner and the one who moved share of their working hours, before and after. */
export type SharedWith = {
  partnerId: string;
  partnerZone: string;
  before: SharedHours;
  after: SharedHours;
};

export type ZoneCardState =
  | { type: 'asked' }
  | { type: 'kept' }
  /** Slack's zone changed again before an answer came. */
  | { type: 'settled' }
  | { type: 'moved'; shared: readonly SharedWith[] };

/** The question whether working hours move with a person, and what became of it. */
export function buildZoneCard(o: {
  /** Where the hours are, and where Slack says that the person is. */
  from: string;
  to: string;
  at: DateTime;
  state: ZoneCardState;
}): OutgoingMessage {
  const { from, to, at, state } = o;
  const [old, now] = [escapeText(zoneLabel(from, at)), escapeText(zoneLabel(to, at))];
  switch (state.type) {
    case 'asked': {
      const text = `Slack says that you are now in ${now}. Your working hours are in ${old} time.`;
      const value = JSON.stringify({ zone: to });
      return {
        text,
        blocks: [
          section(mrkdwn(text)),
          actions('zone', [
            button({
              text: 'Move my working hours there',
              actionId: MOVE_ZONE,
              value,
              style: 'primary',
              label: `Move my working hours to ${zoneCity(to)}`.slice(0, 75),
            }),
            button({
              text: `Keep ${zoneCity(from)}`.slice(0, 75),
              actionId: KEEP_ZONE,
              value,
            }),
          ]),
          context('Until you choose, nothing changes.'),
        ],
      };
    }
    case 'kept':
      return say(`Your working hours stay in ${old} time. Slack says that you are in ${now}.`);
    case 'settled':
      return say(`Your working hours stay in ${old} time.`);
    case 'moved': {
      const text = `Your working hours are now in ${now} time; they were in ${old} time. What was planned moves with them.`;
      const shared = state.shared.map((one) => describeShared(one, { zone: to, partner: true }));
      return {
        text,
        blocks: [section(mrkdwn(text)), ...shared.map((one) => section(mrkdwn(one)))],
      };
    }
  }
}

/** Tells the partner that somebody's working hours moved, and what it means for the two. */
export function buildMoveNotice(o: {
  userId: string;
  from: string;
  to: string;
  at: DateTime;
  shared: SharedWith;
}): OutgoingMessage {
  const who = mentionUser(o.userId);
  const text = `${who} now works in ${escapeText(zoneLabel(o.to, o.at))} time instead of ${escapeText(zoneLabel(o.from, o.at))}.`;
  const shared = describeShared(o.shared, { zone: o.to, partner: false });
  return { text, blocks: [section(mrkdwn(text)), section(mrkdwn(shared))] };
}

function describeShared(shared: SharedWith, o: { zone: string; partner: boolean }): string {
  const { before, after, partnerZone } = shared;
  const who = o.partner ? `You and ${mentionUser(shared.partnerId)}` : 'You two';
  const hours = `${who} share ${describeHours(after.hoursPerWeek)} of working time in the next seven days (before: ${describeHours(before.hoursPerWeek)}).`;
  const { next } = after;
  if (!next?.start || !next.end)
    return `${hours} There is no shared hour in the next two weeks: one of you may want to propose other hours with \`/ea-setup\`.`;
  const zones: [string, string] = o.partner ? [o.zone, partnerZone] : [partnerZone, o.zone];
  return `${hours} Next: ${escapeText(formatInBothZones(next.start, ...zones))} until ${escapeText(formatInBothZones(next.end, ...zones))}.`;
}

function describeHours(hours: number): string {
  return hours === 1 ? '1 hour' : `${hours} hours`;
}

function say(text: string): OutgoingMessage {
  return { text, blocks: [section(mrkdwn(text))] };
}

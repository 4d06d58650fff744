import type { KnownBlock, ModalView } from '@slack/types';
import type { HomeSection } from '../../feature.ts';
import { context, divider, mrkdwn, plain, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, mentionUser, shorten } from '../../slack/text.ts';
import { formatInBothZones, formatLocalDate } from '../../time/format.ts';
import { zoneCity } from '../../time/zones.ts';
import type { ClockChange, ClockWindow, Shared, UsualDay } from '../domain/overlap.ts';
import type { WarningTime } from '../domain/warning.ts';

export const OPEN_BRIDGE = 'bridge.open';

/** The shared time of two people as one of them sees it. */
export type Bridge = {
  partnerId: string;
  partnerName: string;
  myZone: string;
  theirZone: string;
  today: Shared[];
  next: Shared | null;
  usual: UsualDay;
  changes: ClockChange[];
  /** Days ahead that `changes` covers. */
  days: number;
};

export function buildBridgeModal(bridges: readonly Bridge[]): ModalView {
  return {
    type: 'modal',
    title: plain('Shared time'),
    close: plain('Close'),
    blocks: bridges.flatMap((bridge, index) => [
      ...(index > 0 ? [divider()] : []),
      ...describeBridge(bridge),
    ]),
  };
}

function describeBridge(bridge: Bridge): KnownBlock[] {
  const { today, next, usual, changes, days } = bridge;
  const name = escapeText(shorten(bridge.partnerName, 100));
  const shown = today.map((one) => describeShared(one, bridge)).join('; ');
  const nextLine = next
    ? `*Next:* ${describeShared(next, bridge)}`
    : '*Next:* none in the coming month. Hand work over in writing, or change the hours with `/ea-setup`.';
  return [
    section(mrkdwn(`*You and ${name}*`)),
    section(
      mrkdwn(
        [
          `*Today:* ${shown === '' ? 'no time left in which both of you work' : shown}`,
          nextLine,
          `*On a usual day:* ${describeUsual(usual, bridge)}`,
        ].join('\n'),
      ),
    ),
    ...(changes.length === 0
      ? [context(`No change of the clocks in the next ${days} days changes this.`)]
      : changes.slice(0, 4).map((change) => context(describeChange(change, bridge)))),
  ];
}

type Zones = Pick<Bridge, 'myZone' | 'theirZone'>;

function describeShared({ start, end }: Shared, { myZone, theirZone }: Zones): string {
  const from = formatInBothZones(start, myZone, theirZone);
  return escapeText(`${from}, for ${describeMinutes(end.diff(start).as('minutes'))}`);
}

function describeUsual({ minutes, mine, theirs }: UsualDay, zones: Zones): string {
  if (minutes === 0) return 'no time in which both of you work';
  return `${describeMinutes(minutes)}${describeWindows(mine, theirs, zones)}`;
}

function describeWindows(
  mine: ClockWindow | null,
  theirs: ClockWindow | null,
  { myZone, theirZone }: Zones,
): string {
  if (!mine || !theirs) return '';
  const one = (window: ClockWindow, zone: string) =>
    `${window.startTime} to ${window.endTime} ${escapeText(zoneCity(zone))}`;
  return `, ${one(mine, myZone)} / ${one(theirs, theirZone)}`;
}

/** '3 h', '2 h 30 min', '0 h'. */
function describeMinutes(minutes: number): string {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  if (whole % 60 === 0) return `${hours} h`;
  return hours === 0 ? `${whole} min` : `${hours} h ${whole % 60} min`;
}

/** 'Overlap drops 3 h → 2 h on Mon 2 Nov 2026 …'. */
function describeChange(change: ClockChange, zones: Zones): string {
  const { before, after, on } = change;
  const cities = change.zones.map((zone) => escapeText(zoneCity(zone))).join(' and ');
  const [from, to] = [describeMinutes(before.minutes), describeMinutes(after.minutes)];
  const verb = after.minutes > before.minutes ? 'grows' : 'drops';
  const what =
    before.minutes === after.minutes ? `stays ${from} but moves` : `${verb} ${from} → ${to}`;
  const windows = describeWindows(after.mine, after.theirs, zones);
  return `Your overlap ${what} on ${formatLocalDate(on)}${windows}. The clocks change in ${cities}.`;
}

/** The warning before the clocks change what two people share. */
export function buildClockWarning(o: {
  change: ClockChange;
  when: WarningTime;
  zones: Zones;
  partnerId: string;
}): OutgoingMessage {
  const { change, zones, partnerId } = o;
  const lead = o.when === 'week' ? 'Within a week' : 'Before your next working day';
  const text = `${lead}, the clocks change for you and ${mentionUser(partnerId)}. ${describeChange(change, zones)}`;
  return {
    text,
    blocks: [
      section(mrkdwn(text)),
      context('Move what you do together, or change your hours with `/ea-setup`.'),
    ],
  };
}

/** One line of Home about the next time in which both work. */
export function buildHomeLine(bridge: Bridge): HomeSection {
  const name = escapeText(shorten(bridge.partnerName, 100));
  const text = bridge.next
    ? `You and ${name} next work at the same time: ${describeShared(bridge.next, bridge)}`
    : `You and ${name} share no working time in the coming month.`;
  return { place: 'next', blocks: [section(mrkdwn(text))] };
}

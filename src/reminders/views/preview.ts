import type { KnownBlock } from '@slack/types';
import { context, mrkdwn, section } from '../../slack/blocks.ts';
import { escapeText } from '../../slack/text.ts';
import { formatInBothZones } from '../../time/format.ts';
import { printWhen } from '../../time/phrases/print.ts';
import type { When } from '../../time/phrases/when.ts';
import { zoneCity } from '../../time/zones.ts';
import type { NextTime } from '../domain/preview.ts';

/** How a time was understood: on the receiver's clock, and when that is for both. */
export type Preview = {
  timing: When;
  next: NextTime[];
  /** Null when the person reminds themselves. */
  receiverName: string | null;
  receiverZone: string;
  writerZone: string;
  urgent: boolean;
  /** False when the receiver does not accept urgent ones. */
  mayBeUrgent: boolean;
  seenKey: string;
};

/** 'Every other Monday at 09:00': a sentence of its own. */
export function describeTiming(timing: When): string {
  const words = printWhen(timing);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

export function describePreview(preview: Preview): KnownBlock[] {
  const { timing, next, receiverName, receiverZone } = preview;
  const clock = receiverName === null ? 'your clock' : `${escapeText(receiverName)}’s clock`;
  const [first] = next;
  return [
    section(
      mrkdwn(`*${describeTiming(timing)}*\nOn ${clock}, in ${escapeText(zoneCity(receiverZone))}.`),
    ),
    context(`Next: ${describeNext(preview)}`),
    ...(first ? describeQuiet(preview, first) : []),
  ];
}

function describeNext({ next, receiverZone, writerZone }: Preview): string {
  return next
    .map(({ at }) => escapeText(formatInBothZones(at, receiverZone, writerZone)))
    .join('; ');
}

function describeQuiet(preview: Preview, first: NextTime): KnownBlock[] {
  const whose = preview.receiverName === null ? 'your' : `${escapeText(preview.receiverName)}’s`;
  if (preview.urgent && !preview.mayBeUrgent) {
    const name = escapeText(preview.receiverName ?? 'This person');
    return [
      context(
        `${name} does not accept urgent reminders: outside working hours it waits for the next work start.`,
      ),
    ];
  }
  if (!first.heldUntil) return [];
  const until = escapeText(
    formatInBothZones(first.heldUntil, preview.receiverZone, preview.writerZone),
  );
  return [
    section(
      mrkdwn(
        `That is outside ${whose} working hours. It waits until the next work start: ${until}. To send it at that time all the same, mark it as urgent.`,
      ),
    ),
  ];
}

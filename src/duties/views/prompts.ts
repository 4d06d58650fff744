import type { KnownBlock } from '@slack/types';
import type { DateTime } from 'luxon';
import { z } from 'zod';
import type { Duty } from '../../charter/index.ts';
import { actions, button, context, literal, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText } from '../../slack/text.ts';
import { formatInZone, formatLocalDate } from '../../time/format.ts';
import { formatMinutes } from '../../time/minutes.ts';

export const DONE = 'duties.done';

export const DutyRef = z.object({
  pairId: z.string(),
  dutyId: z.string(),
  dueOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
});

export type DutyRef = z.infer<typeof DutyRef>;

/** A message holds 50 blocks; an entry has two. */
const MOST_ENTRIES = 20;

/** The duties of the EA that begin now, with a way into each. */
export function buildDuePrompt(o: {
  on: string;
  entries: readonly KnownBlock[][];
}): OutgoingMessage {
  const { length } = o.entries;
  const text = `${length === 1 ? 'A duty' : `${length} duties`} of your charter for ${formatLocalDate(o.on)}.`;
  const rest = length - MOST_ENTRIES;
  return {
    text,
    blocks: [
      section(mrkdwn(text)),
      ...o.entries.slice(0, MOST_ENTRIES).flat(),
      context(
        rest > 0
          ? `And ${rest} more: \`/ea-tasks\` lists them all.`
          : '`/ea-tasks` lists what is open. `/ea-charter` says what comes when.',
      ),
    ],
  };
}

export type OwnState = { type: 'open' | 'missed' | 'excused' } | { type: 'done'; at: DateTime };

/** A duty of the executive on its day. */
export function buildOwnPrompt(o: {
  pairId: string;
  duty: Duty;
  dueOn: string;
  zone: string;
  state: OwnState;
}): OutgoingMessage {
  const { pairId, duty, dueOn, state } = o;
  const facts = [
    ...(duty.estimateMinutes === null ? [] : [`about ${formatMinutes(duty.estimateMinutes)}`]),
    ...(duty.doneMeans ? [`done means: ${escapeText(duty.doneMeans)}`] : []),
    duty.sopUrl ? `<${escapeText(duty.sopUrl).replaceAll('|', '%7C')}|SOP>` : 'no SOP',
  ];
  const ref: DutyRef = { pairId, dutyId: duty.id, dueOn };
  return {
    text: `Your duty for ${formatLocalDate(dueOn)}: ${escapeText(duty.title)}`,
    blocks: [
      section(mrkdwn(`Your duty for ${formatLocalDate(dueOn)}:`)),
      section(literal(duty.title)),
      context(facts.join(' · ')),
      ...(state.type === 'open'
        ? [
            actions('duty', [
              button({
                text: 'Done',
                actionId: DONE,
                value: JSON.stringify(ref),
                style: 'primary',
              }),
            ]),
          ]
        : [context(describeState(state, o.zone))]),
      ...(state.type === 'missed'
        ? [
            actions('duty', [
              button({ text: 'Done after all', actionId: DONE, value: JSON.stringify(ref) }),
            ]),
          ]
        : []),
    ],
  };
}

function describeState(state: OwnState, zone: string): string {
  switch (state.type) {
    case 'done':
      return `Done ${formatInZone(state.at, zone)}.`;
    case 'missed':
      return 'Not marked as done on its day.';
    default:
      return 'Excused: a day off.';
  }
}

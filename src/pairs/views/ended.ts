import type { DateTime } from 'luxon';
import { z } from 'zod';
import { actions, button, context, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { mentionUser } from '../../slack/text.ts';
import { formatInZone } from '../../time/format.ts';
import { type Pair, RESTORE_HOURS } from '../domain.ts';

export const RESTORE = 'pairs.restore';

/** What buttons about a pair carry. */
export const PairValue = z.object({ pairId: z.string() });

/** Says to one reader that a pair has ended, or that its end was taken back. */
export function buildEndedCard(o: {
  pair: Pair;
  readerId: string;
  by: string;
  endedAt: DateTime;
  isRestored: boolean;
}): OutgoingMessage {
  const { pair, readerId, by, endedAt, isRestored } = o;
  const { executive, ea } = pair;
  const both =
    readerId === executive.userId || readerId === ea.userId
      ? `you and ${mentionUser(readerId === ea.userId ? executive.userId : ea.userId)}`
      : `${mentionUser(executive.userId)} and ${mentionUser(ea.userId)}`;
  const who = by === readerId ? 'You' : mentionUser(by);
  if (isRestored) {
    const text = `${who} took back the end of the pair of ${both}. Everything goes on as agreed.`;
    return { text, blocks: [section(mrkdwn(text))] };
  }
  const text = `${who} ended the pair of ${both}. Tandem asks nothing of it any more.`;
  const until = endedAt.plus({ hours: RESTORE_HOURS });
  const zone = readerId === executive.userId ? executive.zone : ea.zone;
  const undo = button({
    text: 'Undo',
    actionId: RESTORE,
    value: JSON.stringify({ pairId: pair.id }),
    label: 'Take back the end of this pair',
  });
  const untilWhen = formatInZone(until, zone);
  return {
    text,
    blocks: [
      section(mrkdwn(text)),
      context('What was written is kept. `/ea-setup` begins anew with the same or another person.'),
      ...(by === readerId
        ? [context(`Undo is possible until ${untilWhen}.`), actions('ended', [undo])]
        : []),
    ],
  };
}

/** Says to somebody that the account of the other one is deactivated, or active again. */
export function buildAccountNotice(o: { userId: string; isDeactivated: boolean }): OutgoingMessage {
  const person = mentionUser(o.userId);
  const text = o.isDeactivated
    ? `The Slack account of ${person} is deactivated, so Tandem cannot reach them. They are asked nothing more, and nothing of it counts as missed.`
    : `The Slack account of ${person} is active again. They are asked as agreed.`;
  const next =
    'Has somebody else taken over? `/ea-setup` sets up the two of you. It can also end the pair.';
  return {
    text,
    blocks: [section(mrkdwn(text)), ...(o.isDeactivated ? [context(next)] : [])],
  };
}

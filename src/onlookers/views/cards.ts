import type { KnownBlock } from '@slack/types';
import { actions, button, context, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { mentionUser } from '../../slack/text.ts';
import { type Onlooker, roleName, whatTheySee, whatYouSee } from '../domain.ts';
import { REMOVE } from './list.ts';

export const AGREE = 'onlookers.agree';
export const LEAVE = 'onlookers.leave';

export type CardState = 'proposed' | 'agreed' | { endedBy: string };

/** The proposal as one of the two sees it, and what became of it. */
export function buildProposalCard(o: {
  onlooker: Onlooker;
  readerId: string;
  state: CardState;
}): OutgoingMessage {
  const { onlooker, readerId, state } = o;
  const person = mentionUser(onlooker.userId);
  const by =
    onlooker.proposedBy === readerId
      ? 'You propose'
      : `${mentionUser(onlooker.proposedBy)} proposes`;
  const role = roleName(onlooker.role);
  const said: Record<'proposed' | 'agreed', string> = {
    proposed: `${by} that ${person} may look on as ${role}.`,
    agreed: `${person} may look on as ${role}. Both of you agreed.`,
  };
  const text =
    typeof state === 'string'
      ? said[state]
      : `${person} does not look on as ${role}: ${state.endedBy === readerId ? 'you' : mentionUser(state.endedBy)} said so.`;
  return {
    text,
    blocks: [
      section(mrkdwn(text)),
      ...(typeof state === 'string' ? [context(whatTheySee(onlooker.role))] : []),
      ...buttons(onlooker, readerId, state),
    ],
  };
}

function buttons(onlooker: Onlooker, readerId: string, state: CardState): KnownBlock[] {
  if (typeof state !== 'string') return [];
  const { pairId, userId } = onlooker;
  const value = JSON.stringify({ pairId, userId });
  const agree = button({ text: 'Agree', actionId: AGREE, value, style: 'primary' });
  const asked = state === 'proposed' && onlooker.proposedBy !== readerId;
  const no = asked ? 'Decline' : state === 'proposed' ? 'Withdraw' : 'Remove';
  const remove = button({ text: no, actionId: REMOVE, value });
  return [actions('onlooker', asked ? [agree, remove] : [remove])];
}

/** Tells somebody that they may look on, or do not any more. */
export function buildOnlookerNotice(o: {
  onlooker: Onlooker;
  names: string;
  isOver: boolean;
}): OutgoingMessage {
  const { onlooker, names, isOver } = o;
  const { pairId, userId, role } = onlooker;
  if (isOver) {
    const text = `You do not look on in the pair of ${names} any more.`;
    return { text, blocks: [section(mrkdwn(text))] };
  }
  const text = `You may look on in the pair of ${names}, as ${roleName(role)}. Both agreed.`;
  const value = JSON.stringify({ pairId, userId });
  const leave = button({ text: 'Stop looking on', actionId: LEAVE, value });
  return {
    text,
    blocks: [section(mrkdwn(text)), context(whatYouSee(role)), actions('onlooker', [leave])],
  };
}

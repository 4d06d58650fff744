import type { DateTime } from 'luxon';
import { context, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, mentionUser, shorten } from '../../slack/text.ts';
import { formatInBothZones } from '../../time/format.ts';
import type { Decision } from '../domain/decision.ts';
import type { MessageKind, ShownDecision } from '../domain/message.ts';
import { buildItem, type Names, type Reader } from './item.ts';

export type DecisionMessage = {
  kind: MessageKind;
  shown: readonly ShownDecision[];
  names: Names;
  /** When the executive sees what was asked, where that is not at once. */
  seenAt?: DateTime | null;
};

const READERS: Record<MessageKind, Reader> = {
  ask: 'executive',
  return: 'executive',
  remind: 'executive',
  default: 'executive',
  talk: 'both',
  own: 'ea',
  news: 'ea',
};

/** One message about up to ten decisions, as it stands now. */
export function buildMessage(message: DecisionMessage): OutgoingMessage {
  const { shown, names, kind } = message;
  const heading = headingOf(message);
  const [first] = shown;
  const preview =
    shown.length === 1 && first ? ` ${escapeText(shorten(first.decision.question, 200))}` : '';
  return {
    text: `${heading}${preview}`,
    blocks: [
      section(mrkdwn(heading)),
      ...shown.flatMap(({ decision, isRetired }) =>
        buildItem({ decision, names, reader: READERS[kind], isRetired }),
      ),
      ...footOf(message),
    ],
  };
}

function headingOf({ kind, shown, names }: DecisionMessage): string {
  const executive = mentionUser(names.executiveId);
  const ea = mentionUser(names.eaId);
  const count = shown.length;
  const decisions = count === 1 ? 'a decision' : `${count} decisions`;
  switch (kind) {
    case 'ask':
      return `${ea} needs ${decisions} from you:`;
    case 'return':
      return `Welcome back. While you were away, ${ea} asked for ${decisions}:`;
    case 'remind':
      return `Still open: ${ea} waits for ${decisions} of yours:`;
    case 'default':
      return `There was no answer by the deadline, so what ${ea} wrote for that case holds:`;
    case 'talk':
      return `${executive} and ${ea}, you both work now. To talk over:`;
    case 'own':
      return `You asked ${executive} for ${decisions}:`;
    case 'news':
      return newsHeading(shown, executive);
  }
}

function newsHeading(shown: readonly ShownDecision[], executive: string): string {
  const states = new Set(shown.map(({ decision }) => decision.state));
  const count = shown.length === 1 ? 'a question' : `${shown.length} questions`;
  if (states.size === 1 && states.has('needs_more'))
    return `${executive} needs more to answer ${count} of yours:`;
  if (states.size === 1 && states.has('expired'))
    return `${count === 'a question' ? 'A question' : count} of yours has no answer by the deadline:`;
  if (states.size === 1 && (states.has('answered') || states.has('acted')))
    return `${executive} answered ${count} of yours:`;
  return `There is news about ${count} of yours to ${executive}:`;
}

function footOf({ kind, seenAt, names, shown }: DecisionMessage) {
  if (kind === 'talk') return [context(`The buttons are ${mentionUser(names.executiveId)}’s.`)];
  const isOpen = shown.some(({ decision }) => isUnseen(decision));
  if (kind !== 'own' || !seenAt || !isOpen) return [];
  const at = formatInBothZones(seenAt, names.eaZone, names.executiveZone);
  return [context(`${mentionUser(names.executiveId)} sees it ${escapeText(at)}.`)];
}

function isUnseen({ state, shownAt }: Decision): boolean {
  return state === 'open' && shownAt === null;
}

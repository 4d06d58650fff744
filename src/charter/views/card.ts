import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, mentionUser, shorten } from '../../slack/text.ts';
import { formatInZone } from '../../time/format.ts';
import { type Charter, type CharterChanges, compareDuties } from '../domain/charter.ts';
import { type CharterPeople, describeChange, describeDuty } from './duty-text.ts';

export const SIGN = 'charter.sign';
export const SHOW_VERSION = 'charter.show-version';
export const CHANGE = 'charter.change';

/** Which version a button is about; 0 for the one in force. */
export const VersionValue = z.object({ pairId: z.string(), version: z.number().int().min(0) });

/** Changes that a card names; the rest is counted. */
const MOST_LINES = 20;

/** A proposal as one of the two sees it in a direct message. */
export function buildCharterCard(o: {
  charter: Charter;
  /** The version that it would take the place of. */
  before: Charter | null;
  people: CharterPeople;
  reader: { userId: string; zone: string };
}): OutgoingMessage {
  const { charter, before, people, reader } = o;
  const text =
    charter.proposedBy === reader.userId
      ? `You proposed a charter (version ${charter.version}).`
      : `${mentionUser(charter.proposedBy)} proposes a charter for the two of you (version ${charter.version}).`;
  const changes = compareDuties(before?.duties ?? [], charter.duties);
  return {
    text,
    blocks: [
      section(mrkdwn(text)),
      ...(charter.note ? [section(mrkdwn(quote(charter.note)))] : []),
      ...describeChanges(changes, people),
      ...describeState(charter, reader),
    ],
  };
}

function quote(text: string): string {
  return escapeText(shorten(text, 1000))
    .split('\n')
    .map((line) => `>${line}`)
    .join('\n');
}

/** What a version changes, in at most a few blocks, however much it is. */
export function describeChanges(changes: CharterChanges, people: CharterPeople): KnownBlock[] {
  const lines = [
    ...changes.added.map(
      (duty) => `New: *${escapeText(shorten(duty.title, 100))}* · ${describeDuty(duty, people)}`,
    ),
    ...changes.changed.map(
      ({ before, after }) => `Changed: ${describeChange(before, after, people)}`,
    ),
    ...changes.removed.map((duty) => `Removed: *${escapeText(shorten(duty.title, 100))}*`),
  ];
  const rest = lines.length - MOST_LINES;
  return [
    ...lines.slice(0, MOST_LINES).map((line) => section(mrkdwn(shortenLine(line)))),
    ...(rest > 0 ? [context(`And ${rest} more: see the whole charter.`)] : []),
  ];
}

/** A line that is too long loses its end, and with it anything that might be a broken link. */
function shortenLine(line: string): string {
  if (line.length <= 550) return line;
  const cut = line.slice(0, 550);
  const openLink = cut.lastIndexOf('<') > cut.lastIndexOf('>') ? cut.lastIndexOf('<') : cut.length;
  const openEntity =
    cut.lastIndexOf('&') > cut.lastIndexOf(';') ? cut.lastIndexOf('&') : cut.length;
  return `${cut.slice(0, Math.min(openLink, openEntity))}…`;
}

function describeState(charter: Charter, reader: { userId: string; zone: string }): KnownBlock[] {
  const { pairId, version, signedAt, signedBy, replacedAt } = charter;
  const value = JSON.stringify({ pairId, version });
  const look = button({ text: 'See the whole charter', actionId: SHOW_VERSION, value });
  if (signedAt && signedBy) {
    const when = formatInZone(signedAt, reader.zone);
    return [
      context(
        `Signed by ${mentionUser(signedBy)}, ${when}. \`/ea-charter\` shows what is in force.`,
      ),
      actions('charter', [look]),
    ];
  }
  if (replacedAt) return [context('There is a newer proposal below.')];
  if (charter.proposedBy === reader.userId)
    return [context('Waiting for the other person to sign.'), actions('charter', [look])];
  return [
    context('Nothing changes until you sign.'),
    actions('charter', [
      button({ text: 'Sign', actionId: SIGN, value, style: 'primary' }),
      look,
      button({ text: 'Propose a change', actionId: CHANGE, value }),
    ]),
  ];
}

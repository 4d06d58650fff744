import type { HomeSection } from '../../feature.ts';
import { actions, button, context, mrkdwn, section } from '../../slack/blocks.ts';
import { escapeText, mentionChannel, mentionUser } from '../../slack/text.ts';
import { zoneCity } from '../../time/zones.ts';
import { type Agreement, describeDays, memberOf, type Pair, type Role } from '../domain.ts';
import { buildAgreementCard, PROPOSE_CHANGE } from './agreement.ts';
import { OPEN_SETUP } from './people.ts';

/** Where somebody without a pair begins. */
export function buildBeginning(): HomeSection {
  const text =
    'You are not set up with anyone at the moment. Say who the two of you are and when you work: it takes two minutes.';
  return {
    place: 'waiting',
    blocks: [
      section(mrkdwn(text)),
      actions('begin', [
        button({ text: 'Set up Tandem', actionId: OPEN_SETUP, value: '{}', style: 'primary' }),
      ]),
    ],
  };
}

/** A proposal that the reader has to answer, as its card shows it. */
export function buildProposal(o: Parameters<typeof buildAgreementCard>[0]): HomeSection {
  return { place: 'waiting', blocks: buildAgreementCard(o).blocks };
}

/** What the two have agreed on, with a way back into each step of the setup. */
export function buildPair(o: {
  pair: Pair;
  role: Role;
  latest: Agreement | null;
  /** User ids of those who get no direct messages. */
  unreachable: ReadonlySet<string>;
}): HomeSection {
  const { pair, role, latest, unreachable } = o;
  const partner = role === 'executive' ? pair.ea : pair.executive;
  const terms = latest?.terms;
  const who = role === 'executive' ? 'your EA' : 'your executive';
  const lines = [
    `${mentionUser(partner.userId)}, ${who}, in ${mentionChannel(terms?.channelId ?? pair.channelId)}`,
    ...(terms
      ? [describeHours('You', terms[role]), describeHours('They', terms[other(role)])]
      : []),
  ];
  const hours = latest && JSON.stringify({ pairId: pair.id, version: latest.version });
  return {
    place: 'pair',
    blocks: [
      section(mrkdwn(lines.join('\n'))),
      context(
        describeState(latest, partner.userId),
        ...[memberOf(pair, role), partner].flatMap(({ userId }) =>
          unreachable.has(userId)
            ? [describeFallback(pair, userId === partner.userId ? mentionUser(userId) : 'you')]
            : [],
        ),
      ),
      actions('pair', [
        button({
          text: 'People and channel',
          actionId: OPEN_SETUP,
          value: JSON.stringify({ pairId: pair.id }),
        }),
        ...(hours
          ? [button({ text: 'Hours, check-ins and tasks', actionId: PROPOSE_CHANGE, value: hours })]
          : []),
      ]),
    ],
  };
}

function describeFallback({ channelId }: Pair, who: string): string {
  return `Slack does not let me send ${who} direct messages. What I have for ${who === 'you' ? who : 'them'} appears in ${mentionChannel(channelId)}, where everybody in it can read it; what only ${who === 'you' ? who : 'they'} may read is not sent.`;
}

/** A pair that the reader only looks on. */
export function buildLookedOn(o: { pair: Pair; role: 'manager' | 'observer' }): HomeSection {
  const { executive, ea } = o.pair;
  const as = o.role === 'manager' ? 'as their agency manager' : 'as an observer';
  const text = `${mentionUser(executive.userId)} and ${mentionUser(ea.userId)}: you look on ${as}.`;
  return { place: 'pair', blocks: [section(mrkdwn(text))] };
}

function other(role: Role): Role {
  return role === 'executive' ? 'ea' : 'executive';
}

function describeHours(who: 'You' | 'They', terms: Agreement['terms'][Role]): string {
  const city = escapeText(zoneCity(terms.zone));
  const hours = `${describeDays(terms.workdays)}, ${terms.workStartTime} to ${terms.workEndTime} in ${city}`;
  return `${who} work ${hours}; check-in ${describeDays(terms.checkinDays)} at ${terms.checkinTime}`;
}

function describeState(latest: Agreement | null, partnerId: string): string {
  if (!latest) return 'There is no agreement yet.';
  const version = `Agreement version ${latest.version}`;
  if (latest.acceptedAt) return `${version}, in force.`;
  return latest.proposedBy === partnerId
    ? `${version} waits for your answer.`
    : `${version} waits for ${mentionUser(partnerId)} to accept.`;
}

import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, header, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, mentionChannel, mentionUser } from '../../slack/text.ts';
import { formatInZone, formatLocalDate } from '../../time/format.ts';
import { zoneCity } from '../../time/zones.ts';
import {
  type Agreement,
  describeDays,
  type MemberTerms,
  type Terms,
  USUAL_TASK_TERMS,
} from '../domain.ts';
import { describeTasks } from './tasks.ts';

export const ACCEPT = 'pairs.accept';
export const PROPOSE_CHANGE = 'pairs.propose-change';

/** What the buttons of an agreement card carry. */
export const AgreementValue = z.object({ pairId: z.string(), version: z.number().int() });

/** The agreement as one of the two sees it in a direct message. */
export function buildAgreementCard(o: {
  agreement: Agreement;
  readerId: string;
  zone: string;
  /** The terms of the version before, so that what is new can be marked. */
  before?: Terms | null;
  /** The pair has ended: there is nothing to answer. */
  ended?: boolean;
}): OutgoingMessage {
  const { agreement, readerId, zone } = o;
  const { terms, proposedBy, version } = agreement;
  const text =
    proposedBy === readerId
      ? `You proposed a working agreement (version ${version}).`
      : `${mentionUser(proposedBy)} proposes a working agreement with you (version ${version}).`;
  return {
    text,
    blocks: [
      section(mrkdwn(text)),
      ...describeTerms(terms, o.before ?? terms),
      ...(o.ended ? [context('This pair has ended.')] : describeState(agreement, readerId, zone)),
    ],
  };
}

/** The agreement in force, in the pair's channel. */
export function buildChannelCard(agreement: Agreement): OutgoingMessage {
  const { executive, ea } = agreement.terms;
  const text = `${mentionUser(executive.userId)} and ${mentionUser(ea.userId)} work together by this agreement.`;
  return {
    text,
    blocks: [
      header('Working agreement'),
      section(mrkdwn(text)),
      ...describeTerms(agreement.terms, agreement.terms),
      context(
        `Version ${agreement.version}. Either of you can propose a change with \`/ea-setup\`.`,
      ),
    ],
  };
}

/** Each line that differs from `before` says what it was. */
function describeTerms(terms: Terms, before: Terms): KnownBlock[] {
  const groups = [
    [describeMember('Executive', terms.executive), describeMember('Executive', before.executive)],
    [describeMember('EA', terms.ea), describeMember('EA', before.ea)],
    [describePair(terms), describePair(before)],
  ] as const;
  return groups.map(([lines, old]) => {
    const marked = lines.map(([label, value], index) => {
      const was = old[index]?.[1];
      const line = `${label}${value}`;
      return was === undefined || was === value ? line : `${line} *(new; was ${was})*`;
    });
    return section(mrkdwn(marked.join('\n')));
  });
}

/** What a line is about, and what it says. */
type Line = [label: string, value: string];

function describePair(terms: Terms): Line[] {
  const engagement = terms.engagement === 'agency' ? 'through an agency' : 'directly';
  const budget = terms.hoursPerMonth === null ? '' : `, ${terms.hoursPerMonth} hours a month`;
  return [
    ['*Channel:* ', mentionChannel(terms.channelId)],
    ['*Together since:* ', `${formatLocalDate(terms.startedOn)}, ${engagement}${budget}`],
    ['*Tasks:* ', describeTasks(terms.tasks ?? USUAL_TASK_TERMS)],
  ];
}

function describeMember(role: string, terms: MemberTerms): Line[] {
  const city = escapeText(zoneCity(terms.zone));
  return [
    [`*${role}:* ${mentionUser(terms.userId)}, in `, `${city} time`],
    ['Works ', `${describeDays(terms.workdays)}, ${terms.workStartTime} to ${terms.workEndTime}`],
    ['Check-in ', `${describeDays(terms.checkinDays)} at ${terms.checkinTime}`],
  ];
}

function describeState(agreement: Agreement, readerId: string, zone: string): KnownBlock[] {
  const { acceptedAt, acceptedBy, replacedAt, pairId, version } = agreement;
  if (acceptedAt && acceptedBy) {
    const when = formatInZone(acceptedAt, zone);
    return [
      context(
        `Accepted by ${acceptedBy === readerId ? 'you' : mentionUser(acceptedBy)}, ${when}. Change it at any time with \`/ea-setup\`.`,
      ),
    ];
  }
  if (replacedAt) return [context('There is a newer proposal below.')];
  const value = JSON.stringify({ pairId, version });
  const change = button({ text: 'Propose a change', actionId: PROPOSE_CHANGE, value });
  if (agreement.proposedBy === readerId) {
    return [context('Waiting for the other person to accept.'), actions('agreement', [change])];
  }
  return [
    context(
      version === 1 ? 'Your check-ins start when you accept.' : 'Nothing changes until you accept.',
    ),
    actions('agreement', [
      button({ text: 'Accept', actionId: ACCEPT, value, style: 'primary' }),
      change,
    ]),
  ];
}

import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Role } from '../../pairs/index.ts';
import { actions, button, context, divider, mrkdwn, plain, section } from '../../slack/blocks.ts';
import { mentionUser } from '../../slack/text.ts';
import { formatInZone } from '../../time/format.ts';
import { formatMinutes } from '../../time/minutes.ts';
import type { RecurrenceTime } from '../../time/recurrence.ts';
import type { Charter } from '../domain/charter.ts';
import { sopCoverage } from '../domain/duty.ts';
import { CHANGE, SHOW_VERSION, SIGN } from './card.ts';
import { buildDuty, type CharterPeople, headingBefore } from './duty-text.ts';
import { OPEN_ZONES } from './zones.ts';

export const OPEN = 'charter.open';
export const HISTORY = 'charter.history';
/** Followed by the direction: two buttons of one block need two ids. */
export const PAGE = 'charter.page';

export const PairValue = z.object({ pairId: z.string() });
export const PageValue = z.object({
  pairId: z.string(),
  version: z.number().int().min(0),
  offset: z.number().int().min(0),
});

export const PAGE_SIZE = 8;

export type CharterPage = {
  pairId: string;
  viewer: { userId: string; zone: string; mayEdit: boolean };
  people: CharterPeople;
  /** What is shown: the version in force, a proposal, or an earlier one. Null while there is none. */
  shown: Charter | null;
  inForce: number | null;
  open: Pick<Charter, 'version' | 'proposedBy'> | null;
  hasDraft: boolean;
  /** Next times by duty id, for the version in force. */
  next: ReadonlyMap<string, RecurrenceTime>;
  /** Minutes of the coming 28 days by owner, for those with an estimate. */
  monthMinutes: Record<Role, number>;
  offset: number;
};

export function buildCharterModal(page: CharterPage): ModalView {
  const { shown } = page;
  return {
    type: 'modal',
    title: plain('Charter'),
    close: plain('Close'),
    blocks: [
      ...describeState(page),
      ...buildButtons(page),
      ...(shown ? buildDuties(page, shown) : []),
    ],
  };
}

function describeState(page: CharterPage): KnownBlock[] {
  const { shown, open, inForce } = page;
  if (!shown) {
    return [
      section(
        mrkdwn(
          'There is no charter yet. It lists what is done daily, weekly and monthly, by whom and how. Either of you proposes it, the other one signs.',
        ),
      ),
    ];
  }
  const isOpen = shown.version === open?.version;
  return [
    context(describeVersion(shown, page)),
    ...(open && !isOpen
      ? [
          section(
            mrkdwn(`Version ${open.version} is proposed by ${mentionUser(open.proposedBy)}.`),
            {
              accessory: button({
                text: `See version ${open.version}`,
                actionId: SHOW_VERSION,
                value: JSON.stringify({ pairId: page.pairId, version: open.version }),
              }),
            },
          ),
        ]
      : []),
    ...(inForce !== null && inForce !== shown.version
      ? [
          section(mrkdwn(`Version ${inForce} is in force.`), {
            accessory: button({
              text: `See version ${inForce}`,
              actionId: SHOW_VERSION,
              value: JSON.stringify({ pairId: page.pairId, version: inForce }),
            }),
          }),
        ]
      : []),
  ];
}

export function describeVersion(
  charter: Omit<Charter, 'duties'>,
  o: { viewer: { zone: string }; inForce: number | null },
): string {
  const { version, signedAt, signedBy, replacedAt, proposedBy, proposedAt } = charter;
  const date = (at: typeof proposedAt) => formatInZone(at, o.viewer.zone);
  const proposed = `Version ${version}, proposed by ${mentionUser(proposedBy)}, ${date(proposedAt)}`;
  if (signedAt && signedBy) {
    const until = version === o.inForce ? 'in force' : 'replaced since';
    return `${proposed}; signed by ${mentionUser(signedBy)}, ${date(signedAt)}: ${until}.`;
  }
  return replacedAt
    ? `${proposed}; never signed: another proposal took its place.`
    : `${proposed}; not signed yet.`;
}

function buildButtons(page: CharterPage): KnownBlock[] {
  const { pairId, shown, open, viewer } = page;
  const version = shown?.version ?? 0;
  const value = JSON.stringify({ pairId, version });
  const maySign =
    viewer.mayEdit && open && version === open.version && open.proposedBy !== viewer.userId;
  return [
    actions('charter', [
      ...(maySign ? [button({ text: 'Sign', actionId: SIGN, value, style: 'primary' })] : []),
      ...(viewer.mayEdit
        ? [
            button({
              text: page.hasDraft
                ? 'Continue your draft'
                : shown
                  ? 'Propose a change'
                  : 'Write one',
              actionId: CHANGE,
              value,
            }),
          ]
        : []),
      ...(shown ? [button({ text: 'History', actionId: HISTORY, value })] : []),
      button({ text: 'Zones', actionId: OPEN_ZONES, value: JSON.stringify({ pairId }) }),
    ]),
  ];
}

function buildDuties(page: CharterPage, shown: Charter): KnownBlock[] {
  const { offset, people } = page;
  const { duties } = shown;
  if (duties.length === 0) return [context('This version has no duties.')];
  const part = duties.slice(offset, offset + PAGE_SIZE);
  return [
    context(summarise(page, shown)),
    ...part.flatMap((duty, index) => {
      const heading = headingBefore(duties, offset + index) ?? (index === 0 ? 'Continued' : null);
      return [
        divider(),
        ...(heading ? [section(mrkdwn(`*${heading}*`))] : []),
        ...buildDuty(duty, { people, next: page.next.get(duty.id) }),
      ];
    }),
    ...buildPaging(page, shown),
  ];
}

function summarise({ offset, monthMinutes }: CharterPage, { duties }: Charter): string {
  const last = Math.min(offset + PAGE_SIZE, duties.length);
  const sop = sopCoverage(duties);
  const estimated = duties.filter(({ estimateMinutes }) => estimateMinutes !== null).length;
  const range = duties.length > PAGE_SIZE ? `${offset + 1} to ${last} of ` : '';
  const time =
    estimated === 0
      ? 'None has an estimate.'
      : `In the next four weeks: ${formatMinutes(monthMinutes.ea)} for the EA, ${formatMinutes(monthMinutes.executive)} for the executive, from ${estimated} with an estimate.`;
  const many = duties.length === 1 ? '1 duty' : `${duties.length} duties`;
  return `${range}${many}, ${sop.with} of ${sop.n} with an SOP. ${time}`;
}

function buildPaging({ pairId, offset }: CharterPage, { version, duties }: Charter): KnownBlock[] {
  const at = (start: number) => JSON.stringify({ pairId, version, offset: start });
  const buttons = [
    ...(offset > 0
      ? [
          button({
            text: 'Back',
            actionId: `${PAGE}.back`,
            value: at(Math.max(0, offset - PAGE_SIZE)),
          }),
        ]
      : []),
    ...(offset + PAGE_SIZE < duties.length
      ? [button({ text: 'More', actionId: `${PAGE}.more`, value: at(offset + PAGE_SIZE) })]
      : []),
  ];
  return buttons.length > 0 ? [actions('paging', buttons)] : [];
}

/** Every version, newest first. */
export function buildHistoryModal(o: {
  pairId: string;
  versions: (Omit<Charter, 'duties'> & { count: number })[];
  viewer: { zone: string };
  inForce: number | null;
}): ModalView {
  return {
    type: 'modal',
    title: plain('Charter: history'),
    close: plain('Close'),
    blocks: [
      actions('charter', [
        button({
          text: 'Back to the charter',
          actionId: OPEN,
          value: JSON.stringify({ pairId: o.pairId }),
        }),
      ]),
      ...o.versions.flatMap((one) => [
        section(mrkdwn(`${describeVersion(one, o)} ${one.count} duties.`), {
          accessory: button({
            text: 'See',
            actionId: SHOW_VERSION,
            label: `See version ${one.version}`,
            value: JSON.stringify({ pairId: o.pairId, version: one.version }),
          }),
        }),
      ]),
      ...(o.versions.length === 0 ? [context('No version yet.')] : []),
    ],
  };
}

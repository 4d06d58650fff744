import type { Button, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, divider, mrkdwn, plain, section } from '../../slack/blocks.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { type Decision, decisionMark } from '../domain/decision.ts';
import { describeSeconds, type WaitTally } from '../domain/tally.ts';
import { buildItem, type Names } from './item.ts';

/** Followed by what the button leads to: buttons of one block need ids of their own. */
export const SHOW_LIST = 'decisions.list';

export const OPEN_LIST = 'decisions.open-list';

export const PAGE_SIZE = 5;

export const LIST_TABS = ['waiting', 'answered'] as const;

export const ListValue = z.object({
  pairId: z.string(),
  tab: z.enum(LIST_TABS),
  offset: z.number().int().min(0),
});

export type ListPlace = z.infer<typeof ListValue>;

export type ListPage = ListPlace & {
  decisions: Decision[];
  total: number;
  /** How many each tab holds. */
  counts: Record<ListPlace['tab'], number>;
  tally: WaitTally;
  /** Days that the answered ones of the tally go back. */
  days: number;
  role: 'executive' | 'ea';
  names: Names;
  executiveName: string;
  eaName: string;
  /** The reader's other pairs. */
  others: { pairId: string; partnerName: string }[];
};

/** The decisions of a pair, for either of the two, with how long the EA was blocked. */
export function buildListModal(page: ListPage): ModalView {
  const { decisions, names, role, tab, offset } = page;
  return {
    type: 'modal',
    title: plain('Decisions'),
    close: plain('Close'),
    blocks: [
      section(mrkdwn(describeTally(page))),
      actions('tabs', [
        tabButton(page, 'waiting', `Waiting (${page.counts.waiting})`),
        tabButton(page, 'answered', `Answered (${page.counts.answered})`),
        ...otherButtons(page),
      ]),
      context(describeRange(page)),
      ...decisions.flatMap((decision): KnownBlock[] => [
        divider(),
        ...buildItem({ decision, names, reader: role, offset }),
      ]),
      ...buildPaging(page),
    ],
  };

  function tabButton(of: ListPage, to: ListPlace['tab'], text: string): Button {
    const value: ListPlace = { pairId: of.pairId, tab: to, offset: 0 };
    return button({
      text,
      actionId: `${SHOW_LIST}.${to}`,
      value: JSON.stringify(value),
      ...(tab === to && { style: 'primary' as const }),
    });
  }
}

/** One decision alone, with the way to all of `page`. */
export function buildOneModal({
  decision,
  page,
}: {
  decision: Decision;
  page: ListPage;
}): ModalView {
  const { names, role, offset, pairId, tab } = page;
  const place: ListPlace = { pairId, tab, offset };
  return {
    type: 'modal',
    title: plain(`Decision ${decisionMark(decision)}`),
    close: plain('Close'),
    blocks: [
      ...buildItem({ decision, names, reader: role, offset }),
      divider(),
      actions('all', [
        button({
          text: 'All decisions',
          actionId: `${SHOW_LIST}.${tab}`,
          value: JSON.stringify(place),
        }),
      ]),
    ],
  };
}

function otherButtons({ others }: ListPage): Button[] {
  return others.slice(0, 3).map(({ pairId, partnerName }, index) => {
    const value: ListPlace = { pairId, tab: 'waiting', offset: 0 };
    return button({
      text: `With ${shorten(partnerName, 40)}`,
      actionId: `${SHOW_LIST}.pair-${index + 1}`,
      value: JSON.stringify(value),
    });
  });
}

function describeTally(page: ListPage): string {
  return [describeWaiting(page), describeAnswered(page)].filter(Boolean).join('\n');
}

/** Nothing when nothing is open: the list says so. */
function describeWaiting({ tally, role, counts, executiveName, eaName }: ListPage): string {
  const executive = role === 'executive' ? 'you' : nameOf(executiveName);
  const ea = nameOf(eaName);
  const { waiting } = tally;
  const unclear = counts.waiting - waiting;
  const lines = [
    ...(waiting > 0
      ? [
          `*${waiting}* ${waiting === 1 ? 'waits' : 'wait'} for ${executive}: ${role === 'ea' ? 'you have' : `${ea} has`} been blocked for *${describeSeconds(tally.waitingBlockedSeconds)}* of working time.`,
        ]
      : []),
    ...(unclear > 0
      ? [
          `*${unclear}* ${unclear === 1 ? 'waits' : 'wait'} for ${role === 'ea' ? 'you' : ea} to add what is missing.`,
        ]
      : []),
  ];
  return lines.join('\n');
}

function describeAnswered({ tally, days, role, executiveName, eaName }: ListPage): string {
  const { answered, medianSeconds } = tally;
  if (medianSeconds === null) return `No answers in the last ${days} days yet.`;
  const whose = role === 'executive' ? 'your' : `${nameOf(executiveName)}’s`;
  const blocked = role === 'ea' ? 'You were blocked for' : `${nameOf(eaName)} was blocked for`;
  const own = role === 'ea' ? 'your' : 'their';
  return `Last ${days} days, from ${answered} ${answered === 1 ? 'answer' : 'answers'}: half came within *${describeSeconds(medianSeconds)}* of ${whose} working time. ${blocked} ${describeSeconds(tally.blockedSeconds)} of ${own} working time in all.`;
}

function nameOf(name: string): string {
  return escapeText(shorten(name, 60));
}

function describeRange({ tab, total, offset, decisions, role }: ListPage): string {
  if (total > 0) return `${offset + 1} to ${offset + decisions.length} of ${total}.`;
  if (tab === 'answered') return 'Nothing was answered yet.';
  return role === 'ea'
    ? 'Nothing is open. `/ea-decide` followed by your question asks for a decision.'
    : 'Nothing is open. What your EA asks appears here and in a direct message.';
}

function buildPaging({ pairId, tab, offset, decisions, total }: ListPage): KnownBlock[] {
  const at = (start: number) => JSON.stringify({ pairId, tab, offset: start });
  const buttons = [
    ...(offset > 0
      ? [
          button({
            text: 'Back',
            actionId: `${SHOW_LIST}.back`,
            value: at(Math.max(0, offset - PAGE_SIZE)),
          }),
        ]
      : []),
    ...(offset + decisions.length < total
      ? [button({ text: 'More', actionId: `${SHOW_LIST}.more`, value: at(offset + PAGE_SIZE) })]
      : []),
  ];
  return buttons.length > 0 ? [actions('paging', buttons)] : [];
}

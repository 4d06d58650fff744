import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Pair, Role } from '../../pairs/index.ts';
import { actions, button, context, divider, mrkdwn, plain, section } from '../../slack/blocks.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { formatMinutes } from '../../time/minutes.ts';
import type { Delegation } from '../domain/delegation.ts';
import { COUNTED_TO, type Filter } from '../domain/filters.ts';
import type { AverageRating } from '../domain/rating.ts';
import { buildEntry } from './card.ts';
import { describeAverage } from './rating.ts';
import { ListPlace } from './values.ts';

/** Followed by something that tells the buttons of one block apart. */
export const SHOW = 'delegations.show';
export const OPEN_ENTRY = 'delegations.open-entry';
export const NEW = 'delegations.new';
export const OPEN_LIST = 'delegations.open-list';

export const PAGE_SIZE = 8;

/** What follows SHOW. */
export const SHOW_TAGS: readonly string[] = [
  ...(['mine', 'waiting', 'overdue', 'week', 'closed'] as const),
  'back',
  'more',
  ...Array.from({ length: 20 }, (_, index) => `pair${index}`),
];

/** What can be chosen, in the order of the buttons. */
export const LIST_FILTERS = ['mine', 'waiting', 'overdue', 'week', 'closed'] as const;

export const EntryValue = z.object({ id: z.string(), back: ListPlace });

export type ListPage = {
  pair: Pair;
  /** Other pairs of the reader. */
  others: Pair[];
  /** Null for somebody who looks on. */
  role: Role | null;
  place: ListPlace;
  counts: ReadonlyMap<Filter, number>;
  delegations: Delegation[];
  /** Milliseconds of the executive's working time that some of them have waited. */
  waits: ReadonlyMap<string, number>;
  blocked: {
    count: number;
    isMore: boolean;
    totalMinutes: number;
    longestMinutes: number;
  } | null;
  /** Of what was rated lately, with the closed ones; null elsewhere and for those who may not see it. */
  ratings: AverageRating | null;
};

export function buildListModal(page: ListPage): ModalView {
  const { pair, place, delegations } = page;
  const total = page.counts.get(place.filter) ?? 0;
  return {
    type: 'modal',
    title: plain('Tasks'),
    close: plain('Close'),
    blocks: [
      actions(
        'filters',
        LIST_FILTERS.map((filter) => filterButton(page, filter)),
      ),
      ...describeWaiting(page),
      ...(page.ratings ? [context(describeAverage(page.ratings))] : []),
      context(describeRange(page, total)),
      ...delegations.flatMap((delegation): KnownBlock[] => [
        divider(),
        ...buildEntry({
          pair,
          delegation,
          actionId: OPEN_ENTRY,
          value: JSON.stringify({ id: delegation.id, back: place }),
          note: describeWait(page.waits.get(delegation.id)),
        }),
      ]),
      ...buildPaging(page, total),
      ...buildOthers(page),
    ],
  };
}

function filterButton({ counts, place, pair, role }: ListPage, filter: Filter) {
  const count = sayCount(counts.get(filter) ?? 0);
  const isShown = filter === place.filter;
  return button({
    text: `${filterName(filter, { pair, role })} (${count})`,
    actionId: `${SHOW}.${filter}`,
    value: JSON.stringify({ ...place, filter, offset: 0 }),
    ...(isShown && { style: 'primary' as const, label: 'Shown now' }),
  });
}

/** Not escaped. */
export function filterName(filter: Filter, o: { pair: Pair; role: Role | null }): string {
  switch (filter) {
    case 'mine':
      return o.role === 'ea' ? 'Mine' : `With ${shorten(o.pair.ea.name, 30)}`;
    case 'waiting':
    case 'blocked':
      return o.role === 'executive'
        ? 'Waiting for you'
        : `Waiting for ${shorten(o.pair.executive.name, 30)}`;
    case 'overdue':
      return 'Overdue';
    case 'today':
      return 'Today';
    case 'week':
      return 'This week';
    case 'open':
      return 'Open';
    case 'closed':
      return 'Closed';
    case 'unaccepted':
      return 'To accept';
    case 'stuck':
      return 'Waiting';
    case 'third':
      return 'Waiting for somebody else';
    case 'with_ea':
      return `With ${shorten(o.pair.ea.name, 30)}`;
  }
}

export function sayCount(count: number): string {
  return count > COUNTED_TO ? `${COUNTED_TO.toLocaleString('en')}+` : count.toLocaleString('en');
}

function describeWaiting({ blocked, pair }: ListPage): KnownBlock[] {
  if (!blocked) return [];
  const { count, isMore, totalMinutes, longestMinutes } = blocked;
  const tasks = count === 1 ? '1 task waits' : `${count}${isMore ? '+' : ''} tasks wait`;
  const name = escapeText(pair.executive.name);
  const longest = count > 1 ? `, the longest for ${formatMinutes(longestMinutes)}` : '';
  return [
    context(
      `${tasks} for an answer of ${name}: ${formatMinutes(totalMinutes)} of their working time${longest}.`,
    ),
  ];
}

function describeRange({ place, delegations, pair, role }: ListPage, total: number): string {
  const name = escapeText(filterName(place.filter, { pair, role }));
  if (total === 0) return `*${name}*: nothing here. ${EMPTY[place.filter] ?? ''}`.trimEnd();
  const order = ORDER[place.filter] ?? 'by due date';
  const from = place.offset + 1;
  return `*${name}*: ${from} to ${place.offset + delegations.length} of ${sayCount(total)}, ${order}.`;
}

const EMPTY: Partial<Record<Filter, string>> = {
  mine: '`/ea-delegate` hands something over.',
  overdue: 'All is in time.',
};

const ORDER: Partial<Record<Filter, string>> = {
  mine: 'by priority, then due date',
  waiting: 'the longest wait first',
  closed: 'the newest first',
};

function describeWait(milliseconds: number | undefined): string | null {
  if (milliseconds === undefined) return null;
  return `for ${formatMinutes(Math.floor(milliseconds / 60_000))} of working time`;
}

function buildPaging({ place, delegations }: ListPage, total: number): KnownBlock[] {
  const at = (offset: number) => JSON.stringify({ ...place, offset });
  const { offset } = place;
  const isFull = delegations.length === PAGE_SIZE;
  const hasMore = offset + delegations.length < total || (total > COUNTED_TO && isFull);
  const buttons = [
    ...(offset > 0
      ? [
          button({
            text: 'Back',
            actionId: `${SHOW}.back`,
            value: at(Math.max(0, offset - PAGE_SIZE)),
          }),
        ]
      : []),
    ...(hasMore
      ? [button({ text: 'More', actionId: `${SHOW}.more`, value: at(offset + PAGE_SIZE) })]
      : []),
  ];
  return buttons.length > 0 ? [actions('paging', buttons)] : [];
}

function buildOthers({ others, place }: ListPage): KnownBlock[] {
  if (others.length === 0) return [];
  return [
    divider(),
    section(mrkdwn('*Your other pairs*')),
    actions(
      'pairs',
      others.slice(0, 20).map((pair, index) =>
        button({
          text: shorten(`${pair.executive.name} and ${pair.ea.name}`, 70),
          actionId: `${SHOW}.pair${index}`,
          value: JSON.stringify({ ...place, pairId: pair.id, offset: 0 }),
        }),
      ),
    ),
  ];
}

import type { KnownBlock } from '@slack/types';
import type { Pair } from '../../pairs/index.ts';
import { actions, button, mrkdwn, section } from '../../slack/blocks.ts';
import { escapeText } from '../../slack/text.ts';
import type { Delegation } from '../domain/delegation.ts';
import type { Filter } from '../domain/filters.ts';
import { buildEntry, OPEN } from './card.ts';
import { LIST_FILTERS, OPEN_LIST } from './list.ts';
import { refOf } from './values.ts';

const HEADINGS: Partial<Record<Filter, string>> = {
  overdue: 'Tasks that are overdue',
  unaccepted: 'Tasks to accept, or to ask about',
  today: 'Tasks due today',
  waiting: 'Tasks that wait for you',
};

/** `pair` is named for somebody who is in several. */
export function buildHomeHeading(filter: Filter, pair: Pair | null): KnownBlock {
  const names = pair ? ` (${escapeText(`${pair.executive.name} and ${pair.ea.name}`)})` : '';
  return section(mrkdwn(`*${HEADINGS[filter] ?? 'Tasks'}*${names}`));
}

export function buildHomeEntry(delegation: Delegation, pair: Pair): KnownBlock[] {
  const value = refOf(delegation);
  return buildEntry({ pair, delegation, actionId: OPEN, value, note: null });
}

/** A way to those that are not shown. */
export function buildHomeRest(filter: Filter, pair: Pair): KnownBlock {
  const listed = LIST_FILTERS.find((one) => one === filter) ?? 'mine';
  const value = JSON.stringify({ pairId: pair.id, filter: listed, offset: 0 });
  return actions(`delegations.rest.${filter}.${pair.id}`, [
    button({ text: 'Show all…', actionId: OPEN_LIST, value }),
  ]);
}

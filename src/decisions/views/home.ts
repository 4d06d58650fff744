import type { HomeSection } from '../../feature.ts';
import { button, mrkdwn, section } from '../../slack/blocks.ts';
import { mentionUser } from '../../slack/text.ts';
import type { Decision } from '../domain/decision.ts';
import { buildItem, type Names } from './item.ts';
import { SHOW_LIST } from './list.ts';

/** One decision that waits for the viewer, with its buttons. */
export function buildHomeItem(o: {
  decision: Decision;
  names: Names;
  reader: 'executive' | 'ea';
}): HomeSection {
  const { decision, names, reader } = o;
  const said =
    reader === 'executive'
      ? `${mentionUser(names.eaId)} needs a decision from you:`
      : decision.state === 'needs_more'
        ? `${mentionUser(names.executiveId)} needs more to answer:`
        : `To act on:`;
  return { place: 'waiting', blocks: [section(mrkdwn(said)), ...buildItem(o)] };
}

/** How many more there are, and where. */
export function buildHomeMore(pairId: string, count: number): HomeSection {
  const value = JSON.stringify({ pairId, tab: 'waiting', offset: 0 });
  const text = `${count} more ${count === 1 ? 'decision waits' : 'decisions wait'}.`;
  const accessory = button({ text: 'Show all', actionId: `${SHOW_LIST}.waiting`, value });
  return { place: 'waiting', blocks: [section(mrkdwn(text), { accessory })] };
}

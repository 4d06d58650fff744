import type { DateTime } from 'luxon';
import type { Stores } from '../../deps.ts';
import type { Pair } from '../../pairs/index.ts';
import { shorten } from '../../slack/text.ts';
import { type Delegation, isOverdue } from '../domain/delegation.ts';
import { type Filter, filterTimes } from '../domain/filters.ts';
import { stateName } from '../views/words.ts';

/** Lines of one answer; there is a list for the rest. */
const LINES = 12;
/** Characters of one line. */
const LINE = 170;

/** What the tasks say about an EA's day, as lines to begin a check-in with; an answer without any is empty. */
export type CheckinDraft = { done: string; today: string; blockers: string };

/** Finished since `since`; due today or overdue; and what waits for somebody. */
export async function draftCheckin(
  stores: Stores,
  o: { pair: Pair; since: DateTime; now: DateTime },
): Promise<CheckinDraft> {
  const { pair, since, now } = o;
  const key = { workspaceId: pair.workspaceId, pairId: pair.id };
  const times = filterTimes(now, pair.ea.zone);
  const page = (filter: Filter) =>
    stores.delegations.page(key, { filter, times, offset: 0, size: LINES });
  const finished = await stores.delegations.finishedSince(key, { since, limit: LINES });
  const due = [...(await page('overdue')), ...(await page('today'))];
  const waiting = await page('stuck');
  return {
    done: toLines(
      finished.map((one) => ({ one, note: one.state === 'delivered' ? 'delivered' : '' })),
    ),
    today: toLines(
      due.map((one) => ({ one, note: isOverdue(one, now) ? 'overdue' : 'due today' })),
    ),
    blockers: toLines(
      waiting.map((one) => ({ one, note: lowerFirst(stateName(one.state, pair)) })),
    ),
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function toLines(entries: readonly { one: Delegation; note: string }[]): string {
  return entries
    .slice(0, LINES)
    .map(({ one, note }) => {
      const said = `#${one.number} ${one.title}`;
      return note === '' ? shorten(said, LINE) : `${shorten(said, LINE)} (${note})`;
    })
    .join('\n');
}

import { authorize } from '../../access/index.ts';
import type { Deps } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { memberOf, type Pair, roleOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import type { Checkin } from '../domain/checkin.ts';
import { type HistoryPage, PAGE_SIZE } from '../views/dialogs.ts';
import type { CheckinRef } from '../views/messages.ts';

/** One page of the pair's check-ins, for either of the two. */
export async function prepareHistory(
  deps: Deps,
  caller: Caller,
  o: { pairId: string; offset: number },
): Promise<HistoryPage> {
  const { pair } = await authorize(deps, caller, { pairId: o.pairId, to: 'checkins.read' });
  const of = { workspaceId: caller.workspaceId, pairId: pair.id };
  const { entries, total } = await deps.checkins.page({ ...of, offset: o.offset, size: PAGE_SIZE });
  return {
    pair,
    offset: o.offset,
    total,
    entries: entries.map((checkin) => withAuthor(pair, checkin)),
  };
}

function withAuthor(pair: Pair, checkin: Checkin): HistoryPage['entries'][number] {
  const role = roleOf(pair, checkin.userId) ?? 'ea';
  return { checkin, role, authorName: memberOf(pair, role).name };
}

/** One whole entry of the pair, for either of the two. */
export async function readCheckin(
  deps: Deps,
  caller: Caller,
  ref: CheckinRef,
): Promise<HistoryPage['entries'][number]> {
  const { pair } = await authorize(deps, caller, { pairId: ref.pairId, to: 'checkins.read' });
  const key = {
    workspaceId: caller.workspaceId,
    pairId: pair.id,
    userId: ref.userId,
    dueOn: ref.dueOn,
  };
  const checkin = await deps.checkins.find(key);
  if (!checkin) throw new UserFacingError('This check-in is not there any more.');
  return withAuthor(pair, checkin);
}

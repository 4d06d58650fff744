import { type Action, mayDo } from '../../access/index.ts';
import { findZone } from '../../charter/index.ts';
import type { Deps } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { memberOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { escapeText } from '../../slack/text.ts';
import { formatMinutes } from '../../time/minutes.ts';
import { workingTimeBetween } from '../../time/working-time.ts';
import { isOfDuty } from '../domain/duty.ts';
import { blockedSpans, type Change, undoOf } from '../domain/history.ts';
import { stepsFor } from '../domain/steps.ts';
import type { Detail } from '../views/detail.ts';
import type { ListPlace } from '../views/values.ts';
import { calendarOf, loadDelegation } from './load.ts';
import { showRatings } from './rating.ts';

/** One delegation with its history and all that the caller can do with it now. */
export async function prepareDetail(
  deps: Deps,
  o: { caller: Caller } & (
    | { id: string; back: ListPlace | null }
    | { number: number; place: ListPlace }
  ),
): Promise<Detail> {
  const { caller } = o;
  const id = 'id' in o ? o.id : await findByNumber(deps, o);
  const back = 'id' in o ? o.back : o.place;
  const to = 'delegations.read' as const;
  const { delegation, pair, role } = await loadDelegation(deps, { caller, id, to });
  const history = await deps.delegations.history(delegation);
  const now = deps.now();
  const may = (action: Action) => !delegation.deletedAt && mayDo(role, action);
  const isMember = role === 'executive' || role === 'ea';
  const executive = await calendarOf(deps, pair, 'executive');
  const minutes = blockedMinutes(history, (from, until) =>
    workingTimeBetween(executive, from, until ?? now),
  );
  const name = escapeText(pair.executive.name);
  const zone = await findZone(deps, { pair, category: delegation.category, now });
  return {
    delegation,
    pair,
    history,
    readerZone: isMember ? memberOf(pair, role).zone : null,
    steps: isMember && !delegation.deletedAt ? stepsFor(delegation.state, role) : [],
    mayUndo: isMember && undoOf(history.at(-1), { userId: caller.userId, now }).ok,
    mayEdit: may('delegations.edit'),
    mayDelete: may('delegations.delete'),
    mayLogTime: may('time.log'),
    mayMakeDuty: may('charter.edit') && !isOfDuty(delegation),
    blocked:
      minutes > 0 ? `Waited for ${name}: ${formatMinutes(minutes)} of their working time.` : null,
    zone: zone && zone.words,
    rating: await showRatings(deps, { delegation, role, now }),
    back,
  };
}

async function findByNumber(
  deps: Deps,
  o: { caller: Caller; number: number; place: ListPlace },
): Promise<string> {
  const { caller, number, place } = o;
  const key = { workspaceId: caller.workspaceId, pairId: place.pairId };
  const found = await deps.delegations.findByNumber(key, number);
  if (found) return found.id;
  throw new UserFacingError(`There is no task #${number}. /ea-tasks shows those that are.`);
}

type Measure = (
  from: ReturnType<typeof blockedSpans>[number]['from'],
  until: ReturnType<typeof blockedSpans>[number]['until'],
) => number;

function blockedMinutes(history: readonly Change[], measure: Measure): number {
  const total = blockedSpans(history).reduce((sum, one) => sum + measure(one.from, one.until), 0);
  return Math.floor(total / 60_000);
}

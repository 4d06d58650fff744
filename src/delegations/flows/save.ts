import type { DateTime } from 'luxon';
import { authorize } from '../../access/index.ts';
import { listCategoryNames } from '../../charter/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { type Pair, type Role, roleOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import type { Delegation, DelegationContent } from '../domain/delegation.ts';
import { stateAfterEdit } from '../domain/steps.ts';
import { describeEdit } from '../views/changes.ts';
import type { DelegationCarried, DelegationFields } from '../views/fields.ts';
import type { DelegationForm } from '../views/form.ts';
import { type Due, readDueTime } from './due.ts';
import { loadPairs, toForm } from './form.ts';
import { loadCalendars, lockDelegation } from './load.ts';
import { explainMeanwhile } from './meanwhile.ts';
import { secondThought } from './second-thought.ts';
import { createDelegation, writeChange } from './write.ts';
import { zoneOf } from './zone.ts';

export type SaveResult =
  /** Nothing is saved yet: the person has to see how the due time was understood. */
  | { type: 'check'; form: DelegationForm }
  | { type: 'saved'; delegation: Delegation; pair: Pair; isNew: boolean; isLinked: boolean };

type Submitted = { caller: Caller; carried: DelegationCarried; fields: DelegationFields };

/** Saves what was shown to the person as it was understood; another due time is shown first. */
export async function saveDelegation(
  deps: Deps,
  o: Submitted & { viewId: string; canLink: (channelId: string) => Promise<boolean> },
): Promise<SaveResult> {
  const { source } = o.carried;
  const isReachable = source !== null && (await o.canLink(source.channelId));
  return await deps.transact(async (stores): Promise<SaveResult> => {
    const now = deps.now();
    const pairs = await loadPairs(stores, o.caller);
    const pairId = o.fields.pairId ?? pairs[0]?.id ?? '';
    const to = o.carried.delegationId ? 'delegations.edit' : 'delegations.create';
    const { pair, role } = await authorize(stores, o.caller, { pairId, to });
    const due = await readDueTime(stores, { ...o, pair, now });
    const { delegationId, agreedTo = null } = o.carried;
    const { workspaceId } = pair;
    const known = delegationId
      ? await stores.delegations.find({ workspaceId, id: delegationId })
      : null;
    const { category } = o.fields;
    const before = known?.category ?? null;
    const thought = await secondThought(stores, { pair, category, before, agreedTo, now });
    if (due.type === 'check' || thought) {
      const fields = { ...o.fields, pairId, ...(due.type === 'check' && { away: null }) };
      const categories = await listCategoryNames(stores, pair);
      const form = toForm({
        categories,
        caller: o.caller,
        pairs: o.carried.delegationId ? [pair] : pairs,
        pair,
        fields,
        source,
      });
      const { preview, awayOptions, seen, notice } =
        due.type === 'check' ? due : { ...NOTHING_TO_CHECK, seen: o.carried.seen };
      const carried = { ...o.carried, pairId, seen, agreedTo: thought ? category : agreedTo };
      const notices = [thought, notice].filter((one) => one !== null);
      return {
        type: 'check',
        form: { ...form, carried, preview, awayOptions, notice: notices.join(' ') },
      };
    }
    if (o.carried.delegationId)
      return await edit(stores, { ...o, id: o.carried.delegationId, due, now });
    const content = toContent(o.fields, { due, pair, caller: o.caller });
    const delegation = await createDelegation(stores, {
      pair,
      content: {
        ...content,
        // A form that is sent twice hands over once.
        id: `${pairId}:${o.viewId}`,
        source,
        isLinked: isReachable,
        createdBy: o.caller.userId,
        state: role === 'ea' ? 'accepted' : 'new',
        note: due.note,
      },
      now,
    });
    const id = `${pairId}:${o.viewId}`;
    const saved = delegation ?? (await stores.delegations.find({ workspaceId, id }));
    if (!saved) throw new Error('a delegation that was written is not there');
    return { type: 'saved', delegation: saved, pair, isNew: true, isLinked: isReachable };
  });
}

const NOTHING_TO_CHECK = { preview: [], awayOptions: [], notice: null };

function toContent(
  fields: DelegationFields,
  o: { due: Extract<Due, { type: 'settled' }>; pair: Pair; caller: Caller },
): DelegationContent {
  const { title, definitionOfDone, priority, level, category, estimateMinutes, sopUrl } = fields;
  return {
    title,
    definitionOfDone,
    priority,
    level,
    category,
    estimateMinutes,
    sopUrl,
    dueAt: o.due.at,
    dueZone: o.due.at ? zoneOf(o.pair, { caller: o.caller, clock: fields.clock }) : null,
  };
}

async function edit(
  stores: Stores,
  o: Submitted & { id: string; due: Extract<Due, { type: 'settled' }>; now: DateTime },
): Promise<SaveResult> {
  const { caller, id, now } = o;
  const loaded = await lockDelegation(stores, { caller, id, to: 'delegations.edit' });
  const { pair, delegation } = loaded;
  const history = await stores.delegations.history(delegation);
  if (delegation.version !== o.carried.version || delegation.deletedAt)
    throw new UserFacingError(
      `${explainMeanwhile({ pair, last: history.at(-1), state: delegation.state })} Close this form and open the task again.`,
    );
  const content = toContent(o.fields, { due: o.due, pair, caller });
  const role: Role = roleOf(pair, caller.userId) ?? 'ea';
  const changesAgreed =
    content.definitionOfDone !== delegation.definitionOfDone ||
    content.dueAt?.toMillis() !== delegation.dueAt?.toMillis();
  const edited = describeEdit({ before: delegation, after: content }, pair);
  if (edited === null) return { type: 'saved', delegation, pair, isNew: false, isLinked: false };
  const saved = await writeChange(stores, {
    pair,
    delegation: { ...delegation, ...content },
    history,
    calendars: await loadCalendars(stores, pair),
    step: 'edit',
    to: stateAfterEdit(delegation.state, { changesAgreed, role }),
    byId: caller.userId,
    why: o.due.note ? `${edited}; ${o.due.note}` : edited,
    now,
    isNews: changesAgreed || (role === 'executive' && content.priority !== delegation.priority),
  });
  return { type: 'saved', delegation: saved, pair, isNew: false, isLinked: false };
}

import { randomUUID } from 'node:crypto';
import type { ModalView } from '@slack/types';
import { authorize } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { type Pair, partnerOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { printWhen } from '../../time/phrases/print.ts';
import { readWhen } from '../../time/phrases/when.ts';
import { nextOccurrence } from '../../time/recurrence.ts';
import { type CharterDraft, type DraftDuty, rebaseDuties } from '../domain/charter.ts';
import {
  type DutyTiming,
  MAX_DUTIES,
  MAX_ESTIMATE_MINUTES,
  recurrenceOf,
  sortDuties,
} from '../domain/duty.ts';
import type { DraftPage } from '../views/draft.ts';
import { buildDutyModal, type DutyForm } from '../views/duty.ts';
import { type DutyCarried, type DutyFields, NEW_DUTY } from '../views/duty-fields.ts';
import { calendarOf, keyOf, peopleOf } from './open.ts';

/** Opens the caller's draft; a new one starts from `version`, else from what is in force. */
export async function openDraft(
  deps: Deps,
  caller: Caller,
  o: { pairId: string; version?: number; offset?: number },
): Promise<DraftPage> {
  return await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId: o.pairId, to: 'charter.edit' });
    await stores.charter.lockPair(keyOf(pair));
    const { draft, notice } = await loadDraft(stores, { caller, pair, version: o.version });
    await stores.charter.saveDraft(draft, deps.now());
    return toPage(pair, { draft, caller, offset: o.offset ?? 0, notice });
  });
}

const MOVED_ON = 'The charter changed since you began. Your changes are now made to the new one.';

/** The draft brought up to what is in force now, or a new one. Call after `lockPair`. */
async function loadDraft(
  stores: Stores,
  o: { caller: Caller; pair: Pair; version?: number | undefined },
): Promise<{ draft: CharterDraft; notice: string | null }> {
  const of = keyOf(o.pair);
  const { userId } = o.caller;
  const inForce = await stores.charter.findInForce(of);
  const current = inForce?.duties ?? [];
  const currentVersion = inForce?.version ?? 0;
  const draft = await stores.charter.findDraft(of, userId);
  if (!draft) {
    const from = o.version ? await stores.charter.find(of, o.version) : inForce;
    const kept = new Set(from?.duties.map(({ id }) => id));
    const duties = [
      ...(from?.duties ?? []).map((duty) => ({ ...duty, isRemoved: false })),
      ...current.filter(({ id }) => !kept.has(id)).map((duty) => ({ ...duty, isRemoved: true })),
    ];
    return { draft: { ...of, userId, baseVersion: currentVersion, duties }, notice: null };
  }
  if (draft.baseVersion === currentVersion) return { draft, notice: null };
  const base = draft.baseVersion > 0 ? await stores.charter.find(of, draft.baseVersion) : null;
  const duties = rebaseDuties({ base: base?.duties ?? [], draft: draft.duties, current });
  return { draft: { ...draft, baseVersion: currentVersion, duties }, notice: MOVED_ON };
}

function toPage(
  pair: Pair,
  o: { draft: CharterDraft; caller: Caller; offset: number; notice: string | null },
): DraftPage {
  const duties = sortDuties(o.draft.duties);
  return {
    pairId: pair.id,
    people: peopleOf(pair),
    partnerName: partnerOf(pair, o.caller.userId).name,
    duties,
    offset: o.offset < duties.length ? o.offset : 0,
    notice: o.notice,
  };
}

/** The form of one duty of the caller's draft, or an empty one. */
export async function prepareDuty(
  deps: Deps,
  caller: Caller,
  o: { pairId: string; offset: number; dutyId: string | null },
): Promise<DutyForm> {
  const { pair } = await authorize(deps, caller, { pairId: o.pairId, to: 'charter.edit' });
  const of = keyOf(pair);
  const draft = await deps.charter.findDraft(of, caller.userId);
  const duty = draft?.duties.find(({ id }) => id === o.dutyId);
  if (o.dutyId && !duty) throw new UserFacingError(GONE);
  const { categories } = await deps.charter.findZones(of);
  return {
    pairId: pair.id,
    offset: o.offset,
    dutyId: duty?.id ?? null,
    fields: duty ? { ...duty, when: printWhen(duty.timing) } : NEW_DUTY,
    people: peopleOf(pair),
    categories: categories.map(({ name }) => name),
  };
}

/** The form of a new duty that begins with these fields, for the caller's draft. */
export async function openNewDuty(
  deps: Deps,
  caller: Caller,
  o: { pairId: string; fields: Partial<DutyFields> },
): Promise<ModalView> {
  const form = await prepareDuty(deps, caller, { pairId: o.pairId, offset: 0, dutyId: null });
  const { estimateMinutes = null } = o.fields;
  const fits = estimateMinutes !== null && estimateMinutes <= MAX_ESTIMATE_MINUTES;
  const given = { ...o.fields, estimateMinutes: fits ? estimateMinutes : null };
  return buildDutyModal({ ...form, fields: { ...form.fields, ...given, owner: 'ea' } });
}

const GONE = 'This duty is not in your draft any more. Type /ea-charter to see what is.';

/** Puts what was typed into the caller's draft: a new duty, or a changed one. */
export async function saveDuty(
  deps: Deps,
  o: { caller: Caller; carried: DutyCarried; fields: DutyFields },
): Promise<DraftPage> {
  const { caller, carried, fields } = o;
  return await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, {
      pairId: carried.pairId,
      to: 'charter.edit',
    });
    await stores.charter.lockPair(keyOf(pair));
    const { draft, notice } = await loadDraft(stores, { caller, pair });
    const timing = await readTiming(stores, { deps, pair, fields });
    const { when: _, ...rest } = fields;
    const content = { ...rest, timing };
    if (carried.dutyId && !draft.duties.some(({ id }) => id === carried.dutyId))
      throw new UserFacingError(GONE);
    const same = draft.duties.find(
      (one) => !one.isRemoved && one.id !== carried.dutyId && one.title === content.title,
    );
    if (same)
      throw new UserFacingError('There is a duty with this name already. Choose another name.', {
        field: 'title',
      });
    if (!carried.dutyId && draft.duties.length >= MAX_DUTIES)
      throw new UserFacingError(`A charter holds at most ${MAX_DUTIES} duties.`);
    const duties: DraftDuty[] = carried.dutyId
      ? draft.duties.map((one) =>
          one.id === carried.dutyId ? { ...content, id: one.id, isRemoved: false } : one,
        )
      : [...draft.duties, { ...content, id: randomUUID(), isRemoved: false }];
    const changed = { ...draft, duties };
    await stores.charter.saveDraft(changed, deps.now());
    return toPage(pair, { draft: changed, caller, offset: carried.offset, notice });
  });
}

async function readTiming(
  stores: Stores,
  o: { deps: Pick<Deps, 'now'>; pair: Pair; fields: DutyFields },
): Promise<DutyTiming> {
  const { pair, fields } = o;
  const now = o.deps.now();
  const refuse = (sentence: string) => new UserFacingError(sentence, { field: 'when' });
  const read = readWhen(fields.when, { now, zone: pair[fields.owner].zone });
  if (!read)
    throw refuse(
      'I cannot read this as a rhythm. Write it such as every weekday at 9, or every Monday at 10:00.',
    );
  if (!read.ok) throw refuse(read.message);
  if (read.value.kind !== 'recurring')
    throw refuse(
      'This comes only once. Write how often, such as every Monday at 10:00. For a single piece of work use /ea-delegate.',
    );
  const timing = read.value;
  const calendar = await calendarOf(stores, pair, fields.owner);
  const next = nextOccurrence(recurrenceOf({ ...fields, timing }), calendar, now);
  if (!next)
    throw refuse(
      'These days never come, given the working days of who does it. Choose other days, or another rule for days off.',
    );
  return timing;
}

/** Marks a duty of the caller's draft as removed, or keeps it after all. */
export async function markDuty(
  deps: Deps,
  o: { caller: Caller; pairId: string; dutyId: string; offset: number; isRemoved: boolean },
): Promise<DraftPage> {
  const { caller, offset } = o;
  return await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId: o.pairId, to: 'charter.edit' });
    await stores.charter.lockPair(keyOf(pair));
    const { draft, notice } = await loadDraft(stores, { caller, pair });
    const duties = draft.duties.map((one) =>
      one.id === o.dutyId ? { ...one, isRemoved: o.isRemoved } : one,
    );
    const changed = { ...draft, duties };
    await stores.charter.saveDraft(changed, deps.now());
    return toPage(pair, { draft: changed, caller, offset, notice });
  });
}

export async function discardDraft(deps: Deps, caller: Caller, pairId: string): Promise<void> {
  const { pair } = await authorize(deps, caller, { pairId, to: 'charter.edit' });
  await deps.charter.removeDraft(keyOf(pair), caller.userId);
}

import type { DateTime } from 'luxon';
import { authorize } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { Pair } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { type Charter, compareDuties, dutiesOf, hasChanges } from '../domain/charter.ts';
import { sortDuties } from '../domain/duty.ts';
import { buildCharterCard } from '../views/card.ts';
import { keyOf, peopleOf } from './open.ts';

/** Sends the caller's draft to the other one as the next version. */
export async function proposeCharter(
  deps: Deps,
  o: { caller: Caller; pairId: string; note: string | null },
): Promise<Charter> {
  const { caller, note } = o;
  return await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId: o.pairId, to: 'charter.edit' });
    const of = keyOf(pair);
    await stores.charter.lockPair(of);
    const draft = await stores.charter.findDraft(of, caller.userId);
    if (!draft)
      throw new UserFacingError('This draft was sent or discarded already. Type /ea-charter.');
    const inForce = await stores.charter.findInForce(of);
    if (draft.baseVersion !== (inForce?.version ?? 0))
      throw new UserFacingError(
        'The charter changed since you began. Close this, type /ea-charter and continue your draft: your changes are kept.',
      );
    const duties = sortDuties(dutiesOf(draft));
    if (!hasChanges(compareDuties(inForce?.duties ?? [], duties)))
      throw new UserFacingError('Nothing is changed yet: add, edit or remove a duty first.');
    const now = deps.now();
    const { charter, replaced } = await stores.charter.propose(of, {
      duties,
      note,
      by: caller.userId,
      now,
    });
    await stores.charter.removeDraft(of, caller.userId);
    for (const one of [...replaced, charter])
      await showCharter(stores, pair, { charter: one, before: inForce });
    return charter;
  });
}

/** Told when a version comes into force, in the same transaction. */
export type OnCharterSigned = (
  stores: Stores,
  o: { pair: Pair; before: Charter | null; charter: Charter; now: DateTime },
) => Promise<void>;

/** Puts a proposal into force, once, by the one who did not propose it. */
export async function signCharter(
  deps: Deps,
  o: { caller: Caller; pairId: string; version: number; onSigned: OnCharterSigned },
): Promise<void> {
  const { caller, version } = o;
  await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId: o.pairId, to: 'charter.accept' });
    const of = keyOf(pair);
    await stores.charter.lockPair(of);
    const charter = await stores.charter.find(of, version);
    if (!charter)
      throw new UserFacingError(
        'This proposal is not there any more. Type /ea-charter to see what is.',
      );
    if (charter.proposedBy === caller.userId)
      throw new UserFacingError('You proposed this, so the other person signs it.');
    const before = await stores.charter.findInForce(of);
    const now = deps.now();
    if (!(await stores.charter.sign(of, { version, by: caller.userId, now }))) {
      throw new UserFacingError(
        charter.signedAt
          ? 'This is already signed.'
          : 'There is a newer proposal. Type /ea-charter to see it.',
      );
    }
    const signed = { ...charter, signedBy: caller.userId, signedAt: now };
    await o.onSigned(stores, { pair, before, charter: signed, now });
    await showCharter(stores, pair, { charter: signed, before });
  });
}

/** Shows a version to both people, as it is now, with what it changes of the one before. */
async function showCharter(
  stores: Stores,
  pair: Pair,
  { charter, before }: { charter: Charter; before: Charter | null },
): Promise<void> {
  for (const reader of [pair.executive, pair.ea]) {
    await stores.outbox.show({
      workspaceId: pair.workspaceId,
      pairId: pair.id,
      key: `charter:${pair.id}:${charter.version}:${reader.userId}`,
      purpose: 'card',
      recipient: reader.userId,
      forBoth: true,
      message: buildCharterCard({ charter, before, people: peopleOf(pair), reader }),
    });
  }
}

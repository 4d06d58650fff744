import type { WebClient } from '@slack/web-api';
import type { DateTime } from 'luxon';
import { authorize, isAdmin, NO_SUCH_PAIR } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { replanMember, stopPair } from '../../routines/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { type Pair, RESTORE_HOURS } from '../domain.ts';
import { buildEndedCard } from '../views/ended.ts';
import { showAgreement } from './show.ts';

type Call = { caller: Caller; client: WebClient; pairId: string };

/** Ends a pair for both at once: nothing is asked any more, both are told, and who ended it can take it back for a day. */
export async function endPair(deps: Deps, o: Call): Promise<Pair> {
  const { caller, pairId } = o;
  const byAdmin = await isAdmin(o.client, caller);
  return await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId, to: 'pairs.end', isAdmin: byAdmin });
    const now = deps.now();
    const { workspaceId, userId: by } = caller;
    if (!(await stores.pairs.end(pair, { by, now }))) throw new UserFacingError(NO_SUCH_PAIR);
    await stopPair(stores, { workspaceId, pairId: pair.id, now });
    await showOpenAgreement(stores, { ...pair, endedAt: now });
    await tellAll(stores, { pair, by, endedAt: now, isRestored: false });
    const subject = { kind: 'pair', id: pair.id } as const;
    await stores.audit.record({ workspaceId, actorId: by, action: 'pair.ended', subject, at: now });
    return pair;
  });
}

/** Takes the end of a pair back: what was agreed is in force again, and what lies ahead is planned anew. */
export async function restorePair(deps: Deps, o: Call): Promise<void> {
  const { caller, pairId } = o;
  const { workspaceId, userId: by } = caller;
  const found = await deps.pairs.find(workspaceId, pairId);
  const byAdmin = await isAdmin(o.client, caller);
  await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, {
      pairId,
      to: 'pairs.restore',
      isAdmin: byAdmin,
      ownerId: found?.endedBy ?? null,
    });
    const now = deps.now();
    const { endedAt } = pair;
    if (!endedAt) throw new UserFacingError('This is taken back already.');
    if (now > endedAt.plus({ hours: RESTORE_HOURS })) throw new UserFacingError(TOO_LATE);
    if (!(await stores.pairs.restore(pair))) throw new UserFacingError(PAIRED_AGAIN);
    for (const { userId } of [pair.executive, pair.ea])
      await replanMember(stores, { workspaceId, userId, now });
    await showOpenAgreement(stores, { ...pair, endedAt: null });
    await tellAll(stores, { pair, by, endedAt, isRestored: true });
    const subject = { kind: 'pair', id: pair.id } as const;
    const action = 'pair.restored';
    await stores.audit.record({ workspaceId, actorId: by, action, subject, at: now });
  });
}

const TOO_LATE = `This can be taken back for ${RESTORE_HOURS} hours only. Type /ea-setup to begin anew.`;
const PAIRED_AGAIN =
  'The two of you are a pair again already, or this was taken back. Type /ea-setup to see how you are set up.';

/** What waits to be accepted loses its buttons with the pair, and has them again with it. */
async function showOpenAgreement(stores: Stores, pair: Pair): Promise<void> {
  const latest = await stores.pairs.findLatest(pair);
  if (latest && !latest.acceptedAt) await showAgreement(stores, pair, latest);
}

async function tellAll(
  stores: Stores,
  o: { pair: Pair; by: string; endedAt: DateTime; isRestored: boolean },
): Promise<void> {
  const { pair, by, endedAt } = o;
  const readers = new Set([pair.executive.userId, pair.ea.userId, by]);
  for (const readerId of readers) {
    await stores.outbox.show({
      workspaceId: pair.workspaceId,
      pairId: pair.id,
      key: `pair-ended:${pair.id}:${endedAt.toMillis()}:${readerId}`,
      purpose: 'card',
      recipient: readerId,
      forBoth: true,
      message: buildEndedCard({ ...o, readerId }),
    });
  }
}

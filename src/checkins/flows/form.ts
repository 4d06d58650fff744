import type { DateTime } from 'luxon';
import { authorize, NOT_SET_UP } from '../../access/index.ts';
import { draftCheckin } from '../../delegations/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { memberOf, type Pair, partnerOf, type Role } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { isWritable } from '../domain/checkin.ts';
import type { CheckinKey } from '../store.ts';
import type { CheckinForm } from '../views/form.ts';

/** Finds which of the caller's pairs is meant: the one of this channel, else the only one; null when it must be asked. */
export async function findPair(
  deps: Deps,
  caller: Caller,
  channelId: string | null,
): Promise<{ pair: Pair | null; pairs: Pair[] }> {
  const pairs = await deps.pairs.listOf(caller.workspaceId, caller.userId);
  if (pairs.length === 0) {
    throw new UserFacingError(NOT_SET_UP);
  }
  const here = pairs.find((one) => one.channelId === channelId);
  return { pair: here ?? (pairs.length === 1 ? (pairs[0] ?? null) : null), pairs };
}

/** The caller's pair, for writing their own check-ins. Rejects with a sentence when `userId` is somebody else. */
export async function authorizeWriting(
  stores: Stores,
  caller: Caller,
  { pairId, userId: ownerId = caller.userId }: { pairId: string; userId?: string },
): Promise<{ pair: Pair; role: Role }> {
  return await authorize(stores, caller, { pairId, to: 'checkins.write', ownerId });
}

/** The form for one of the caller's own days, today when none is named, with what was already sent. */
export async function prepareCheckin(
  deps: Deps,
  caller: Caller,
  o: { pairId: string; userId?: string; dueOn?: string },
): Promise<CheckinForm> {
  const { pair, role } = await authorizeWriting(deps, caller, o);
  const today = localDay(pair, role, deps.now());
  const dueOn = o.dueOn ?? today;
  checkWritable(dueOn, today);
  const key = { workspaceId: caller.workspaceId, pairId: pair.id, userId: caller.userId, dueOn };
  const entry = await deps.checkins.find(key);
  return {
    pairId: pair.id,
    role,
    partnerName: partnerOf(pair, caller.userId).name,
    dueOn,
    ...(entry
      ? { answers: entry.answers, baseVersion: entry.version }
      : { ...(await draft(deps, { pair, role, key, today })), baseVersion: 0 }),
  };
}

/** How far back a first check-in looks for what got done. */
const FIRST_LOOK_BACK = { days: 1 };
const FURTHEST_LOOK_BACK = { days: 7 };

/** What an EA's check-in of today begins with: what their tasks say. */
async function draft(
  deps: Deps,
  o: { pair: Pair; role: Role; key: CheckinKey; today: string },
): Promise<Pick<CheckinForm, 'answers' | 'notice'>> {
  const { pair, role, key, today } = o;
  if (role !== 'ea' || key.dueOn !== today) return { answers: {} };
  const now = deps.now();
  const before = await deps.checkins.findBefore(key);
  const since = before?.submittedAt ?? now.minus(FIRST_LOOK_BACK);
  const furthest = now.minus(FURTHEST_LOOK_BACK);
  const drafted = await draftCheckin(deps, {
    pair,
    since: since > furthest ? since : furthest,
    now,
  });
  const answers = Object.fromEntries(Object.entries(drafted).filter(([, text]) => text !== ''));
  if (Object.keys(answers).length === 0) return { answers };
  return { answers, notice: 'Filled in from your tasks. Change what you like, then submit it.' };
}

/** The local day of one of the two. */
export function localDay(pair: Pair, role: Role, now: DateTime): string {
  return now.setZone(memberOf(pair, role).zone).toISODate() ?? '';
}

/** Rejects with a sentence for a day that is too long ago, or still ahead. */
export function checkWritable(dueOn: string, today: string): void {
  if (isWritable(dueOn, today)) return;
  throw new UserFacingError(
    'A check-in can be written on its day and for a week after. Type /ea-checkin to open the one of today.',
  );
}

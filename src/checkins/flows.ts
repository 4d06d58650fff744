import type { DateTime } from 'luxon';
import type { Deps, Stores } from '../deps.ts';
import { UserFacingError } from '../errors.ts';
import {
  loadPair,
  type MemberTerms,
  memberOf,
  type OnTermsInForce,
  type Pair,
  partnerOf,
  type Role,
  roleOf,
  termsCalendar,
} from '../pairs/index.ts';
import { planRoutine, type RoutineKind } from '../routines/index.ts';
import type { Caller } from '../slack/caller.ts';
import type { Recurrence } from '../time/recurrence.ts';
import {
  type Answers,
  type Checkin,
  isWritable,
  type SnoozeChoice,
  snoozeUntil,
} from './domain.ts';
import { type HistoryPage, PAGE_SIZE } from './views/dialogs.ts';
import type { CheckinForm } from './views/form.ts';
import {
  buildCheckinCard,
  buildPrompt,
  type CheckinRef,
  type PromptState,
} from './views/messages.ts';

const KIND = 'checkin';

/** Starts or changes the daily check-in of one person when their terms come into force. */
export const planCheckins: OnTermsInForce = async (stores, { pair, role, terms, now }) => {
  await planRoutine(stores, {
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    userId: memberOf(pair, role).userId,
    kind: KIND,
    recurrence: checkinRecurrence(terms),
    calendar: termsCalendar(terms),
    now,
  });
};

function checkinRecurrence(terms: MemberTerms): Recurrence {
  return {
    pattern: { kind: 'weekly', weekdays: terms.checkinDays },
    time: terms.checkinTime,
    onNonWorkingDay: 'skip',
  };
}

/** Sends the prompt, unless the person has checked in already. */
export const checkinKind: RoutineKind = {
  kind: KIND,
  async ask({ stores, routine, occurrence }) {
    const pair = await stores.pairs.find(routine.workspaceId, routine.pairId);
    if (!pair || pair.endedAt) return { notAsked: 'the pair has ended' };
    const { workspaceId, pairId, userId } = routine;
    const key = { workspaceId, pairId, userId, dueOn: occurrence.dueOn };
    if (await stores.checkins.find(key)) return 'done';
    await showPrompt(stores, {
      pair,
      ref: key,
      times: occurrence.askedTimes + 1,
      state: { type: 'open' },
    });
    return 'asked';
  },
};

/** Finds which of the caller's pairs is meant: the one of this channel, else the only one; null when it must be asked. */
export async function findPair(
  deps: Deps,
  caller: Caller,
  channelId: string,
): Promise<{ pair: Pair | null; pairs: Pair[] }> {
  const pairs = await deps.pairs.listOf(caller.workspaceId, caller.userId);
  if (pairs.length === 0) {
    throw new UserFacingError(
      'You are not set up with anyone yet. Type /ea-setup to begin: it takes two minutes.',
    );
  }
  const here = pairs.find((one) => one.channelId === channelId);
  return { pair: here ?? (pairs.length === 1 ? (pairs[0] ?? null) : null), pairs };
}

/** The form for one of the caller's own days, today when none is named, with what was already sent. */
export async function prepareCheckin(
  deps: Deps,
  caller: Caller,
  o: { pairId: string; dueOn?: string },
): Promise<CheckinForm> {
  const { pair, role } = await loadPair(deps, caller, o.pairId);
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
    answers: entry?.answers ?? {},
    baseVersion: entry?.version ?? 0,
  };
}

function localDay(pair: Pair, role: Role, now: DateTime): string {
  return now.setZone(memberOf(pair, role).zone).toISODate() ?? '';
}

function checkWritable(dueOn: string, today: string): void {
  if (isWritable(dueOn, today)) return;
  throw new UserFacingError(
    'This check-in is more than a week old, so it can no longer be written. `/ea-checkin` opens the one of today.',
  );
}

export type SubmitResult = { type: 'saved' } | { type: 'conflict'; form: CheckinForm };

/** Saves the caller's entry of one day and shows it in the channel. On a conflict nothing is saved and nothing typed is lost. */
export async function submitCheckin(
  deps: Deps,
  o: { caller: Caller; pairId: string; dueOn: string; answers: Answers; baseVersion: number },
): Promise<SubmitResult> {
  const { caller, answers } = o;
  return await deps.transact(async (stores): Promise<SubmitResult> => {
    const { pair, role } = await loadPair(stores, caller, o.pairId);
    const now = deps.now();
    checkWritable(o.dueOn, localDay(pair, role, now));
    const key = {
      workspaceId: caller.workspaceId,
      pairId: pair.id,
      userId: caller.userId,
      dueOn: o.dueOn,
    };
    const checkin = await stores.checkins.save({ key, answers, baseVersion: o.baseVersion, now });
    if (!checkin) {
      const current = await stores.checkins.find(key);
      if (current && sameAnswers(current.answers, answers)) return { type: 'saved' };
      const form = {
        pairId: pair.id,
        role,
        partnerName: partnerOf(pair, caller.userId).name,
        dueOn: o.dueOn,
        answers,
      };
      return {
        type: 'conflict',
        form: { ...form, baseVersion: current?.version ?? 0, notice: CHANGED },
      };
    }
    await showCard(stores, { pair, role, checkin });
    await closePrompt(stores, {
      pair,
      ref: key,
      now,
      state: { type: 'done', at: checkin.submittedAt },
    });
    return { type: 'saved' };
  });
}

const CHANGED =
  'This check-in was changed in another window. Below is what you typed here: saving it replaces the other version.';

/** Two presses of one button bring the same answers twice. */
function sameAnswers(a: Answers, b: Answers): boolean {
  const ids = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...ids].every((id) => a[id] === b[id]);
}

async function showCard(
  stores: Stores,
  o: { pair: Pair; role: Role; checkin: Checkin },
): Promise<void> {
  const { pair, role, checkin } = o;
  await stores.outbox.show({
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: `checkin:${checkin.id}:card`,
    purpose: 'card',
    recipient: pair.channelId,
    message: buildCheckinCard({ checkin, role, zone: memberOf(pair, role).zone }),
    tell: [pair.executive.userId, pair.ea.userId],
  });
}

async function showPrompt(
  stores: Stores,
  o: { pair: Pair; ref: CheckinRef; times: number; state: PromptState },
): Promise<void> {
  const { pair, times, state } = o;
  const ref: CheckinRef = { pairId: pair.id, userId: o.ref.userId, dueOn: o.ref.dueOn };
  const role = roleOf(pair, ref.userId) ?? 'ea';
  const partnerId = partnerOf(pair, ref.userId).userId;
  await stores.outbox.show({
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: `checkin-prompt:${pair.id}:${ref.userId}:${ref.dueOn}:${times}`,
    purpose: 'prompt',
    recipient: ref.userId,
    message: buildPrompt({ ref, partnerId, zone: memberOf(pair, role).zone, state }),
    tell: [partnerId],
  });
}

/** Marks the day's occurrence, if the routine had one, and turns its latest prompt into what became of it. */
async function closePrompt(
  stores: Stores,
  o: { pair: Pair; ref: CheckinRef; now: DateTime; state: Exclude<PromptState, { type: 'open' }> },
): Promise<boolean> {
  const { pair, ref, now, state } = o;
  const { userId, dueOn } = ref;
  const of = { workspaceId: pair.workspaceId, pairId: pair.id, userId, kind: KIND };
  const occurrence = await stores.routines.findOccurrence({ ...of, dueOn });
  if (!occurrence) return false;
  const reason = state.type === 'skipped' ? state.reason : null;
  const nextStepAt = state.type === 'snoozed' ? state.until : null;
  await stores.routines.change(occurrence, { state: state.type, reason, nextStepAt, now });
  if (occurrence.askedTimes > 0)
    await showPrompt(stores, { pair, ref, times: occurrence.askedTimes, state });
  return true;
}

/** Asks the caller again later; only this occurrence moves, never the routine. */
export async function snoozeCheckin(
  deps: Deps,
  o: { caller: Caller; ref: CheckinRef; choice: SnoozeChoice },
): Promise<void> {
  await putOff(deps, o, (now) => ({
    type: 'snoozed',
    until: snoozeUntil(o.choice, now),
  }));
}

/** Leaves the caller's check-in of that day out, with a reason or without. */
export async function skipCheckin(
  deps: Deps,
  o: { caller: Caller; ref: CheckinRef; reason: string | null },
): Promise<void> {
  await putOff(deps, o, () => ({ type: 'skipped', reason: o.reason }));
}

async function putOff(
  deps: Deps,
  { caller, ref }: { caller: Caller; ref: CheckinRef },
  decide: (now: DateTime) => Extract<PromptState, { type: 'snoozed' | 'skipped' }>,
): Promise<void> {
  checkOwn(caller, ref);
  await deps.transact(async (stores) => {
    const { pair } = await loadPair(stores, caller, ref.pairId);
    const key = {
      workspaceId: caller.workspaceId,
      pairId: pair.id,
      userId: caller.userId,
      dueOn: ref.dueOn,
    };
    if (await stores.checkins.find(key))
      throw new UserFacingError(
        'You have already sent this check-in. You can edit it from its card.',
      );
    const now = deps.now();
    if (!(await closePrompt(stores, { pair, ref, now, state: decide(now) }))) {
      throw new UserFacingError('There is no check-in planned for that day any more.');
    }
  });
}

export function checkOwn(caller: Caller, ref: CheckinRef): void {
  if (ref.userId !== caller.userId)
    throw new UserFacingError('Only the person who wrote this check-in can change it.');
}

/** One page of the pair's check-ins, for either of the two. */
export async function prepareHistory(
  deps: Deps,
  caller: Caller,
  o: { pairId: string; offset: number },
): Promise<HistoryPage> {
  const { pair } = await loadPair(deps, caller, o.pairId);
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
  const { pair } = await loadPair(deps, caller, ref.pairId);
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

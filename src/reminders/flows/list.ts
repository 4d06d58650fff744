import type { DateTime } from 'luxon';
import { authorize } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { skipOccurrence } from '../../routines/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { nextTimes } from '../domain/preview.ts';
import { isForSelf, RESTORE_HOURS, type Reminder } from '../domain/reminder.ts';
import { type ListEntry, type ListPage, PAGE_SIZE } from '../views/list.ts';
import { showLatest } from './answer.ts';
import { loadPeople, type People } from './form.ts';
import { lockOwn, lockVisible, planReminder, routineOf } from './save.ts';

/** One page of what the caller is reminded of and of what they gave to others. */
export async function prepareList(deps: Deps, caller: Caller, offset: number): Promise<ListPage> {
  return await deps.transact((stores) => readList(stores, { caller, offset, now: deps.now() }));
}

async function readList(
  stores: Stores,
  o: { caller: Caller; offset: number; now: DateTime },
): Promise<ListPage> {
  const { caller, now } = o;
  const { workspaceId, userId } = caller;
  const people = await loadPeople(stores, caller);
  const { reminders, total } = await stores.reminders.page({
    workspaceId,
    userId,
    offset: o.offset,
    size: PAGE_SIZE,
  });
  // The last entry of a page may have been deleted while it was shown.
  if (reminders.length === 0 && o.offset > 0)
    return await readList(stores, { ...o, offset: Math.max(0, o.offset - PAGE_SIZE) });
  const entries: ListEntry[] = [];
  for (const reminder of reminders) {
    const calendar = await stores.reminders.calendarOf({ workspaceId, userId: reminder.forId });
    const consent = { workspaceId, pairId: reminder.pairId, userId: reminder.forId };
    const urgent =
      reminder.urgent && (isForSelf(reminder) || (await stores.reminders.acceptsUrgent(consent)));
    entries.push({
      reminder,
      otherName: nameOfOther(people, reminder, userId),
      isForMe: reminder.forId === userId,
      isMine: reminder.fromId === userId,
      receiverZone: calendar.zone,
      next: nextTimes({ ...reminder, urgent }, { calendar, now, count: 3 }),
    });
  }
  const consents = [];
  for (const pair of people.pairs) {
    const partner = pair.executive.userId === userId ? pair.ea : pair.executive;
    const acceptsUrgent = await stores.reminders.acceptsUrgent({
      workspaceId,
      pairId: pair.id,
      userId,
    });
    consents.push({ pairId: pair.id, partnerName: partner.name, acceptsUrgent });
  }
  return { entries, consents, total, offset: o.offset, zone: people.me.zone, deleted: null };
}

function nameOfOther(people: People, reminder: Reminder, userId: string): string | null {
  if (isForSelf(reminder)) return null;
  const otherId = reminder.forId === userId ? reminder.fromId : reminder.forId;
  return people.partners.find((one) => one.userId === otherId)?.name ?? null;
}

/** Lets a reminder rest, or wakes it: either of the two may. */
export async function pauseReminder(
  deps: Deps,
  o: { caller: Caller; reminderId: string; pause: boolean },
): Promise<void> {
  await deps.transact(async (stores) => {
    const reminder = await lockVisible(stores, o);
    await authorize(stores, o.caller, { pairId: reminder.pairId, to: 'reminders.pause' });
    const now = deps.now();
    const pausedAt = o.pause ? now : null;
    await stores.reminders.setPaused(reminder, pausedAt);
    await planReminder(stores, { ...reminder, pausedAt }, now);
  });
}

/** Deletes what the caller wrote; it can be restored for a day. What was sent and waits for an answer says so. */
export async function deleteReminder(
  deps: Deps,
  o: { caller: Caller; reminderId: string },
): Promise<ListPage['deleted']> {
  return await deps.transact(async (stores) => {
    const reminder = await lockOwn(stores, o);
    const deleted = { reminderId: reminder.id, text: reminder.text };
    if (reminder.deletedAt) return deleted;
    const now = deps.now();
    await stores.reminders.setDeleted(reminder, now);
    await planReminder(stores, { ...reminder, deletedAt: now }, now);
    const of = routineOf(reminder);
    const routine = await stores.routines.findOf(of);
    for (const { dueOn } of routine ? await stores.routines.lockOpen(routine) : []) {
      const reason = 'it was deleted';
      const occurrence = await skipOccurrence(stores, { ...of, dueOn }, { reason, now });
      await showLatest(stores, { reminder, occurrence, state: { type: 'deleted' } });
    }
    return deleted;
  });
}

/** Brings back what was deleted, with its next time planned anew. */
export async function restoreReminder(
  deps: Deps,
  o: { caller: Caller; reminderId: string },
): Promise<void> {
  await deps.transact(async (stores) => {
    const reminder = await lockOwn(stores, o);
    await stores.reminders.setDeleted(reminder, null);
    await planReminder(stores, { ...reminder, deletedAt: null }, deps.now());
  });
}

/** Says whether urgent reminders of the other one may reach the caller outside of working hours. */
export async function chooseUrgent(
  deps: Deps,
  o: { caller: Caller; pairId: string; accepts: boolean },
): Promise<void> {
  const { caller, pairId, accepts } = o;
  await deps.transact(async (stores) => {
    const { userId: ownerId } = caller;
    await authorize(stores, caller, { pairId, to: 'reminders.consent', ownerId });
    const key = { workspaceId: caller.workspaceId, pairId, userId: caller.userId };
    if ((await stores.reminders.acceptsUrgent(key)) === accepts) return;
    const now = deps.now();
    await stores.reminders.setAcceptsUrgent(key, { accepts, now });
    await stores.audit.record({
      workspaceId: caller.workspaceId,
      actorId: caller.userId,
      action: 'settings.changed',
      subject: { kind: 'setting', id: 'reminders.urgent' },
      at: now,
    });
  });
}

/** Removes for good what was deleted more than a day ago, with its routine. */
export async function purgeReminders(deps: Deps): Promise<void> {
  await deps.transact(async (stores) => {
    const before = deps.now().minus({ hours: RESTORE_HOURS });
    for (const reminder of await stores.reminders.claimDeleted(before, 100)) {
      await stores.routines.remove(routineOf(reminder));
      await stores.reminders.remove(reminder);
    }
  });
}

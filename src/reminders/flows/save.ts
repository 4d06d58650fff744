import type { DateTime } from 'luxon';
import { authorize } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { planRoutine, type RoutineOf } from '../../routines/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { printWhen } from '../../time/phrases/print.ts';
import { type Reminder, recurrenceOf } from '../domain/reminder.ts';
import type { ReminderCarried, ReminderFields, ReminderForm } from '../views/form.ts';
import type { Preview } from '../views/preview.ts';
import {
  findReceiver,
  loadPeople,
  type People,
  pairFor,
  preparePreview,
  readFields,
} from './form.ts';

/** The kind of routine that reminders are. */
export const KIND = 'reminder';

export type SaveResult =
  /** Nothing is saved yet: the person has to see how the time was understood. */
  { type: 'check'; form: ReminderForm } | { type: 'saved'; reminder: Reminder; preview: Preview };

/** Saves what was shown to the person as it was understood; anything else is shown first. */
export async function saveReminder(
  deps: Deps,
  o: { caller: Caller; carried: ReminderCarried; fields: ReminderFields },
): Promise<SaveResult> {
  const { caller, carried } = o;
  return await deps.transact(async (stores): Promise<SaveResult> => {
    const now = deps.now();
    const people = await loadPeople(stores, caller);
    const edited = carried.reminderId
      ? await lockOwn(stores, { caller, reminderId: carried.reminderId })
      : null;
    const fields = edited ? { ...o.fields, forId: edited.forId } : o.fields;
    const { receiver, timing } = readFields(fields, { people, now });
    const of = { caller, people, receiver, timing, urgent: fields.urgent, now };
    const preview = await preparePreview(stores, of);
    if (preview.seenKey !== carried.seen)
      return { type: 'check', form: toForm(people, { carried, fields, preview }) };
    const { text, urgent, tellWhenDone, repeats } = fields;
    const pairId = edited?.pairId ?? pairFor(people, receiver).id;
    await authorize(stores, caller, { pairId, to: 'reminders.give' });
    const content = { text, timing, urgent, tellWhenDone, repeats };
    const reminder = edited
      ? await stores.reminders.edit(edited, { ...content, now })
      : await stores.reminders.create({
          ...content,
          workspaceId: caller.workspaceId,
          pairId,
          fromId: caller.userId,
          forId: receiver.userId,
          now,
        });
    await planReminder(stores, reminder, now);
    return { type: 'saved', reminder, preview };
  });
}

function toForm(
  people: People,
  o: { carried: ReminderCarried; fields: ReminderFields; preview: Preview },
): ReminderForm {
  const { me, partners } = people;
  const { reminderId } = o.carried;
  const notice = 'This is how I understood it. Save it, or change it below.';
  return { ...o.fields, reminderId, me, partners, notice, preview: o.preview };
}

export function routineOf(reminder: Reminder): RoutineOf {
  const { workspaceId, pairId, forId, id } = reminder;
  return { workspaceId, pairId, userId: forId, kind: KIND, subject: id };
}

/** Plans its next time by what it says now: none while it is paused or deleted. */
export async function planReminder(
  stores: Stores,
  reminder: Reminder,
  now: DateTime,
): Promise<void> {
  const { workspaceId, forId } = reminder;
  const calendar = await stores.reminders.calendarOf({ workspaceId, userId: forId });
  const recurrence = recurrenceOf(reminder, calendar);
  await planRoutine(stores, { ...routineOf(reminder), recurrence, calendar, now });
}

/** The reminder, locked, which the caller wrote. Rejects with a sentence when it is not theirs or not there. */
export async function lockOwn(
  stores: Stores,
  o: { caller: Caller; reminderId: string },
): Promise<Reminder> {
  const reminder = await lockVisible(stores, o);
  const { pairId, fromId: ownerId } = reminder;
  await authorize(stores, o.caller, { pairId, to: 'reminders.change', ownerId });
  return reminder;
}

/** The reminder, locked, which is for the caller or from them. Rejects with a sentence otherwise. */
export async function lockVisible(
  stores: Stores,
  o: { caller: Caller; reminderId: string },
): Promise<Reminder> {
  const { workspaceId, userId } = o.caller;
  const reminder = await stores.reminders.lock({ workspaceId, id: o.reminderId });
  if (!reminder || (reminder.forId !== userId && reminder.fromId !== userId))
    throw new UserFacingError('This reminder is not there any more.');
  await authorize(stores, o.caller, { pairId: reminder.pairId, to: 'reminders.read' });
  return reminder;
}

/** The form to edit a reminder that the caller wrote, on the clock of its receiver. */
export async function prepareEdit(
  deps: Deps,
  caller: Caller,
  reminderId: string,
): Promise<ReminderForm> {
  return await deps.transact(async (stores) => {
    const reminder = await lockOwn(stores, { caller, reminderId });
    const people = await loadPeople(stores, caller);
    const { forId, text, timing, urgent, tellWhenDone, repeats } = reminder;
    const receiver = findReceiver(people, forId);
    if (!receiver || reminder.sentAt || reminder.deletedAt)
      throw new UserFacingError('This reminder was sent or deleted meanwhile.');
    const fields = { forId, text, urgent, tellWhenDone, repeats, when: printWhen(timing) };
    const { me, partners } = people;
    const of = { caller, people, receiver, timing, urgent, now: deps.now() };
    const preview = await preparePreview(stores, of).catch((error: unknown) => {
      if (error instanceof UserFacingError) return null;
      throw error;
    });
    return { ...fields, clock: 'theirs', reminderId, me, partners, notice: null, preview };
  });
}

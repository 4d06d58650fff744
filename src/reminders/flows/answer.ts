import type { DateTime } from 'luxon';
import { authorize } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import {
  answerOccurrence,
  type Occurrence,
  skipOccurrence,
  snoozeEnd,
  snoozeOccurrence,
} from '../../routines/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { atWallClock, type LocalDate } from '../../time/wall-clock.ts';
import type { Reminder } from '../domain/reminder.ts';
import type { SnoozeWish } from '../views/dialogs.ts';
import type { PromptState, ReminderRef } from '../views/messages.ts';
import { correctReport, report, showPrompt } from './prompt.ts';
import { lockVisible, planReminder, routineOf } from './save.ts';

/** The caller has done it; the writer is told if they asked for it. A second press changes nothing. */
export async function finishReminder(
  deps: Deps,
  o: { caller: Caller; ref: ReminderRef },
): Promise<void> {
  await deps.transact(async (stores) => {
    const reminder = await lockReceived(stores, o);
    const { dueOn } = o.ref;
    const now = deps.now();
    const occurrence = await answerOccurrence(stores, { ...routineOf(reminder), dueOn }, now);
    if (!occurrence) throw new UserFacingError(GONE);
    const at = occurrence.answeredAt ?? now;
    if (at < now) return;
    await showLatest(stores, { reminder, occurrence, state: { type: 'done', at } });
    const tell = reminder.tellWhenDone ? report : correctReport;
    await tell(stores, { reminder, dueOn, outcome: { type: 'done', at } });
  });
}

/** Reminds the caller again later; only this occurrence moves, never the series. */
export async function snoozeReminder(
  deps: Deps,
  o: { caller: Caller; ref: ReminderRef; chosen: SnoozeWish },
): Promise<void> {
  await deps.transact(async (stores) => {
    const reminder = await lockReceived(stores, o);
    const now = deps.now();
    const { workspaceId, userId } = o.caller;
    const calendar = await stores.reminders.calendarOf({ workspaceId, userId });
    const { chosen } = o;
    const end =
      typeof chosen === 'string'
        ? snoozeEnd(chosen, { calendar, now })
        : atWallClock(chosen.on, chosen.time, calendar.zone);
    if (end <= now)
      throw new UserFacingError('That is in the past. Choose a later time.', { field: 'time' });
    const of = { ...routineOf(reminder), dueOn: o.ref.dueOn };
    const { occurrence, until } = await snoozeOccurrence(stores, of, { until: end, now });
    await showLatest(stores, { reminder, occurrence, state: { type: 'snoozed', until } });
  });
}

/** Leaves this occurrence out. */
export async function skipReminder(
  deps: Deps,
  o: { caller: Caller; ref: ReminderRef },
): Promise<void> {
  await deps.transact(async (stores) => {
    const reminder = await lockReceived(stores, o);
    const occurrence = await skip(stores, { reminder, dueOn: o.ref.dueOn, now: deps.now() });
    await showLatest(stores, { reminder, occurrence, state: { type: 'skipped' } });
    const { dueOn } = o.ref;
    if (reminder.tellWhenDone)
      await report(stores, { reminder, dueOn, outcome: { type: 'skipped' } });
  });
}

/** Leaves this occurrence out and lets the series rest until a date of the caller's. */
export async function muteReminder(
  deps: Deps,
  o: { caller: Caller; ref: ReminderRef; untilOn: LocalDate },
): Promise<void> {
  const { caller, ref, untilOn } = o;
  await deps.transact(async (stores) => {
    const reminder = await lockReceived(stores, o);
    const now = deps.now();
    const { workspaceId, userId } = caller;
    const { zone } = await stores.reminders.calendarOf({ workspaceId, userId });
    if (untilOn <= (now.setZone(zone).toISODate() ?? ''))
      throw new UserFacingError('Choose a day after today.', { field: 'until' });
    await stores.reminders.setMuted(reminder, untilOn);
    await planReminder(stores, { ...reminder, mutedUntilOn: untilOn }, now);
    const of = { ...routineOf(reminder), dueOn: ref.dueOn };
    const open = await stores.routines.findOccurrence(of);
    const occurrence =
      open && isWaiting(open) ? await skip(stores, { reminder, dueOn: ref.dueOn, now }) : open;
    if (occurrence)
      await showLatest(stores, { reminder, occurrence, state: { type: 'muted', untilOn } });
  });
}

const GONE = 'This reminder is not there any more.';

function isWaiting({ state }: Occurrence): boolean {
  return state === 'due' || state === 'asked' || state === 'snoozed';
}

async function skip(
  stores: Stores,
  o: { reminder: Reminder; dueOn: LocalDate; now: DateTime },
): Promise<Occurrence> {
  const of = { ...routineOf(o.reminder), dueOn: o.dueOn };
  return await skipOccurrence(stores, of, { reason: null, now: o.now });
}

/** Only the one who is reminded answers. */
export async function lockReceived(
  stores: Stores,
  o: { caller: Caller; ref: ReminderRef },
): Promise<Reminder> {
  const { caller, ref } = o;
  const reminder = await lockVisible(stores, { caller, reminderId: ref.reminderId });
  const { pairId, forId: ownerId } = reminder;
  await authorize(stores, caller, { pairId, to: 'reminders.answer', ownerId });
  return reminder;
}

/** Turns the newest message of an occurrence into what became of it. */
export async function showLatest(
  stores: Stores,
  o: { reminder: Reminder; occurrence: Occurrence; state: PromptState },
): Promise<void> {
  const { reminder, occurrence, state } = o;
  if (occurrence.askedTimes === 0) return;
  await showPrompt(stores, { reminder, dueOn: occurrence.dueOn, number: occurrence, state });
}

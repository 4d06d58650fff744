import type { Deps } from '../../deps.ts';
import { nextWorkStart } from '../../routines/index.ts';
import type { Caller } from '../../slack/caller.ts';
import type { buildMuteModal, buildSnoozeModal } from '../views/dialogs.ts';
import type { ReminderRef } from '../views/messages.ts';
import { lockReceived } from './answer.ts';

/** What the caller may put a reminder off to. */
export async function prepareSnooze(
  deps: Deps,
  caller: Caller,
  ref: ReminderRef,
): Promise<Parameters<typeof buildSnoozeModal>[0]> {
  return await deps.transact(async (stores) => {
    const { text } = await lockReceived(stores, { caller, ref });
    const calendar = await stores.reminders.calendarOf(caller);
    return { ref, text, nextWorkAt: nextWorkStart(calendar, deps.now()), zone: calendar.zone };
  });
}

/** Until when the caller may let a series rest. */
export async function prepareMute(
  deps: Deps,
  caller: Caller,
  ref: ReminderRef,
): Promise<Parameters<typeof buildMuteModal>[0]> {
  return await deps.transact(async (stores) => {
    const { text } = await lockReceived(stores, { caller, ref });
    const { zone } = await stores.reminders.calendarOf(caller);
    return { ref, text, today: deps.now().setZone(zone).toISODate() ?? '' };
  });
}

import type { RoutineCall, RoutineKind } from '../../routines/index.ts';
import { nextWorkingInstant } from '../../time/working-time.ts';
import { isForSelf, type Reminder, windowEnd } from '../domain/reminder.ts';
import { report, showPrompt } from './prompt.ts';
import { KIND } from './save.ts';

type Call = Pick<RoutineCall, 'stores' | 'routine'>;

/** Sends a reminder, repeats it, and in the end tells the writer that there was no answer. */
export const reminderKind: RoutineKind = {
  kind: KIND,

  async ask(call) {
    const { stores, occurrence, now } = call;
    const reminder = await findOf(call);
    if (!reminder || reminder.deletedAt) return { notAsked: 'it was deleted' };
    if (reminder.pausedAt) return { notAsked: 'it is paused' };
    const { dueOn } = occurrence;
    const isRepeat = occurrence.askedTimes > 0;
    if (isRepeat)
      await showPrompt(stores, {
        reminder,
        dueOn,
        number: occurrence,
        state: { type: 'repeated' },
      });
    const number = { ...occurrence, askedTimes: occurrence.askedTimes + 1 };
    await showPrompt(stores, { reminder, dueOn, number, state: { type: 'open', isRepeat } });
    if (reminder.timing.kind === 'once') await stores.reminders.setSent(reminder, now);
    const isQuiet = nextWorkingInstant(call.routine.calendar, now)?.equals(now) === false;
    if (isQuiet && (await isUrgentNow(call, reminder)))
      await stores.reminders.logUrgent(reminder, now);
    return 'asked';
  },

  async windowEndsAt({ stores, routine, askedAt }) {
    const reminder = await findOf({ stores, routine });
    return reminder && windowEnd(reminder, routine.calendar, askedAt);
  },

  async reminderShares(call) {
    const repeats = (await findOf(call))?.repeats ?? 0;
    return Array.from({ length: repeats }, (_, index) => (index + 1) / (repeats + 1));
  },

  async remind(call) {
    const { stores, occurrence, nth } = call;
    const reminder = await findOf(call);
    if (!reminder || reminder.deletedAt) return 'done';
    const { dueOn } = occurrence;
    await showPrompt(stores, { reminder, dueOn, number: occurrence, state: { type: 'repeated' } });
    const number = { ...occurrence, remindedTimes: nth };
    await showPrompt(stores, { reminder, dueOn, number, state: { type: 'open', isRepeat: true } });
    return 'reminded';
  },

  async show(call) {
    const { stores, occurrence } = call;
    const reminder = await findOf(call);
    if (!reminder || occurrence.askedTimes === 0) return;
    const { dueOn } = occurrence;
    const state = { type: 'unanswered' } as const;
    await showPrompt(stores, { reminder, dueOn, number: occurrence, state });
    // Nothing counts against anybody, but the writer still has to know that there was no answer.
    const pair = await stores.pairs.find(reminder.workspaceId, reminder.pairId);
    if (occurrence.state === 'excused' && pair && !pair.endedAt)
      await reportUnanswered(stores, reminder, occurrence);
  },

  async tell(call) {
    const { stores, occurrence } = call;
    const reminder = await findOf(call);
    if (reminder) await reportUnanswered(stores, reminder, occurrence);
  },

  async isUrgent(call) {
    const reminder = await findOf(call);
    return reminder !== null && (await isUrgentNow(call, reminder));
  },
};

async function findOf({ stores, routine }: Call): Promise<Reminder | null> {
  return await stores.reminders.find({ workspaceId: routine.workspaceId, id: routine.subject });
}

async function reportUnanswered(
  stores: Call['stores'],
  reminder: Reminder,
  { dueOn, askedTimes, remindedTimes }: RoutineCall['occurrence'],
): Promise<void> {
  const outcome = { type: 'unanswered', asked: askedTimes + remindedTimes } as const;
  await report(stores, { reminder, dueOn, outcome });
}

/** The receiver's consent counts at the time of sending, not of writing. */
async function isUrgentNow({ stores }: Call, reminder: Reminder): Promise<boolean> {
  if (!reminder.urgent) return false;
  const { workspaceId, pairId, forId } = reminder;
  if (isForSelf(reminder)) return true;
  return await stores.reminders.acceptsUrgent({ workspaceId, pairId, userId: forId });
}

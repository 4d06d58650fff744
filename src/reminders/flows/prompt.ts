import type { Stores } from '../../deps.ts';
import type { Occurrence } from '../../routines/index.ts';
import { isForSelf, type Reminder } from '../domain/reminder.ts';
import {
  buildPrompt,
  buildReport,
  type PromptState,
  type ReportOutcome,
} from '../views/messages.ts';

/** Which message of an occurrence: each time of asking and each repeat has one of its own. */
export type PromptNumber = Pick<Occurrence, 'askedTimes' | 'remindedTimes'>;

/** Shows one message of an occurrence in its state; posts it when it is not there yet. */
export async function showPrompt(
  stores: Stores,
  o: { reminder: Reminder; dueOn: string; number: PromptNumber; state: PromptState },
): Promise<void> {
  const { reminder, dueOn, number, state } = o;
  const { workspaceId, pairId, forId, fromId } = reminder;
  const { zone } = await stores.reminders.calendarOf({ workspaceId, userId: forId });
  await stores.outbox.show({
    workspaceId,
    pairId,
    key: `reminder:${reminder.id}:${dueOn}:${number.askedTimes}.${number.remindedTimes}`,
    purpose: 'prompt',
    recipient: forId,
    forBoth: !isForSelf(reminder),
    message: buildPrompt({ reminder, dueOn, zone, state }),
    tell: isForSelf(reminder) ? [] : [fromId],
  });
}

function reportKey(reminder: Reminder, dueOn: string): string {
  return `reminder-report:${reminder.id}:${dueOn}`;
}

/** Tells the writer what became of an occurrence. One message per occurrence, brought up to date in place. */
export async function report(
  stores: Stores,
  o: { reminder: Reminder; dueOn: string; outcome: ReportOutcome },
): Promise<void> {
  const { reminder, dueOn, outcome } = o;
  if (isForSelf(reminder)) return;
  const { workspaceId, pairId, fromId } = reminder;
  const { zone } = await stores.reminders.calendarOf({ workspaceId, userId: fromId });
  await stores.outbox.show({
    workspaceId,
    pairId,
    key: reportKey(reminder, dueOn),
    purpose: 'card',
    recipient: fromId,
    forBoth: true,
    message: buildReport({ reminder, zone, outcome }),
  });
}

/** As `report`, but only where the writer was told something about this occurrence before. */
export async function correctReport(
  stores: Stores,
  o: { reminder: Reminder; dueOn: string; outcome: ReportOutcome },
): Promise<void> {
  const { reminder, dueOn, outcome } = o;
  const { workspaceId, pairId, fromId } = reminder;
  const { zone } = await stores.reminders.calendarOf({ workspaceId, userId: fromId });
  await stores.outbox.updateIfPosted({
    workspaceId,
    pairId,
    key: reportKey(reminder, dueOn),
    message: buildReport({ reminder, zone, outcome }),
  });
}

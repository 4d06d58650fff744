import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import { authorize } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { Pair } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { dayOf } from '../../time/local-date.ts';
import { LOG_DAYS_BACK, noticeDue, type TimeEntry } from '../domain/hours.ts';
import type { LogCarried, LogFields, LogForm } from '../views/log.ts';
import { buildHoursNotice } from '../views/messages.ts';
import { keyOf, loadHours } from './forecast.ts';

/** The form with one delegation chosen already. */
export async function prepareLogOf(
  deps: Deps,
  caller: Caller,
  delegationId: string,
): Promise<LogForm> {
  const { workspaceId } = caller;
  const found = await deps.delegations.find({ workspaceId, id: delegationId });
  if (!found) throw new UserFacingError('This task is not there any more.');
  const { id, number, title, pairId } = found;
  const { pair } = await authorize(deps, caller, { pairId, to: 'time.log' });
  const today = localDate(deps.now(), pair.ea.zone);
  return {
    pairId: pair.id,
    formId: randomUUID(),
    options: [{ id, number, title }],
    chosen: number,
    today,
  };
}

/** What the form offers: open work, and what was finished lately. */
export async function prepareLog(deps: Deps, caller: Caller, pairId: string): Promise<LogForm> {
  const { pair } = await authorize(deps, caller, { pairId, to: 'time.log' });
  const options = await deps.workload.listLoggable(keyOf(pair), {
    since: deps.now().minus({ days: 14 }),
    limit: 100,
  });
  if (options.length === 0)
    throw new UserFacingError(
      'There is no task to log time on yet. /ea-delegate writes one down, also for what you do on your own.',
    );
  return {
    pairId: pair.id,
    formId: randomUUID(),
    options,
    today: localDate(deps.now(), pair.ea.zone),
  };
}

function localDate(now: DateTime, zone: string): string {
  return now.setZone(zone).toISODate() ?? '';
}

/** Writes down the caller's own time. A form that is sent twice is written once. */
export async function logTime(
  deps: Deps,
  o: { caller: Caller; carried: LogCarried; fields: LogFields },
): Promise<TimeEntry> {
  const { caller, carried, fields } = o;
  return await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId: carried.pairId, to: 'time.log' });
    const { workspaceId, userId } = caller;
    const now = deps.now();
    const of = keyOf(pair);
    const found = await stores.delegations.findByNumber(of, fields.number);
    const delegation = found && (await stores.delegations.lock({ workspaceId, id: found.id }));
    if (!delegation || delegation.deletedAt)
      throw new UserFacingError('This task is not there any more. Choose another one.', {
        field: 'task',
      });
    checkDate(fields.workedOn, localDate(now, pair.ea.zone));
    const id = `${pair.id}:${carried.formId}`;
    const known = await stores.workload.findEntry(workspaceId, id);
    if (known) return known;
    const entry = await stores.workload.addEntry({
      ...of,
      id,
      delegationId: delegation.id,
      userId,
      minutes: fields.minutes,
      workedOn: fields.workedOn,
      now,
    });
    await tellHours(stores, { pair, userId, now });
    return entry;
  });
}

function checkDate(on: string, today: string): void {
  const refuse = (sentence: string) => new UserFacingError(sentence, { field: 'on' });
  if (on > today) throw refuse('This day is still to come. Choose today or an earlier day.');
  if (dayOf(today) - dayOf(on) > LOG_DAYS_BACK)
    throw refuse(`Time can be logged for the last ${LOG_DAYS_BACK} days. Choose a later day.`);
}

/** Takes back what the caller logged. */
export async function removeTime(
  deps: Deps,
  o: { caller: Caller; entryId: string; pairId: string },
): Promise<void> {
  const { caller, entryId, pairId } = o;
  await deps.transact(async (stores) => {
    await authorize(stores, caller, { pairId, to: 'time.log' });
    const entry = await stores.workload.findEntry(caller.workspaceId, entryId);
    if (entry && (entry.userId !== caller.userId || entry.pairId !== pairId))
      throw new UserFacingError('Only the person who logged this time can take it back.');
    await stores.workload.removeEntry(caller.workspaceId, entryId);
  });
}

/** Chooses whether one month's unused hours can be used in the next. */
export async function chooseRollOver(
  deps: Deps,
  o: { caller: Caller; pairId: string; rollsOver: boolean },
): Promise<void> {
  const { caller, rollsOver } = o;
  await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId: o.pairId, to: 'hours.edit' });
    const by = caller.userId;
    await stores.workload.setRollsOver(keyOf(pair), { rollsOver, by, now: deps.now() });
  });
}

/** Tells a person that 75, 90 or 100 % of the month's hours are used: each once a month, and never a lower one after a higher. */
export async function tellHours(
  stores: Stores,
  o: { pair: Pair; userId: string; now: DateTime },
): Promise<void> {
  const { pair, userId, now } = o;
  const use = await loadHours(stores, { pair, now });
  const of = { ...keyOf(pair), userId, month: use.month };
  const percent = noticeDue(use, await stores.workload.toldPercent(of));
  if (percent === null) return;
  await stores.workload.noteTold(of, { percent, now });
  await stores.outbox.post({
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: `hours:${pair.id}:${use.month}:${percent}:${userId}`,
    purpose: 'alert',
    recipient: userId,
    forBoth: true,
    message: buildHoursNotice({ use, percent, pairId: pair.id }),
  });
}

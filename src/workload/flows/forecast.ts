import type { DateTime } from 'luxon';
import { recurrenceOf } from '../../charter/index.ts';
import { DUTY_ID_PREFIX } from '../../delegations/index.ts';
import type { Stores } from '../../deps.ts';
import type { Pair, Role } from '../../pairs/index.ts';
import type { WorkingCalendar } from '../../time/working-time.ts';
import { buildForecast, dutyWork, type Forecast, forecastDays } from '../domain/forecast.ts';
import { type HoursUse, hoursUse, monthBefore, monthOf } from '../domain/hours.ts';
import { type HandoverCounts, SCOPE_DAYS, SCORE_DAYS, type ScopeTimes } from '../domain/shares.ts';

export function keyOf(pair: Pair): { workspaceId: string; pairId: string } {
  return { workspaceId: pair.workspaceId, pairId: pair.id };
}

export async function calendarOf(
  stores: Pick<Stores, 'away'>,
  pair: Pair,
  role: Role,
): Promise<WorkingCalendar> {
  const { userId, workspaceId, zone, weekly } = pair[role];
  return (await stores.away.findCalendar({ workspaceId, userId })) ?? { zone, weekly };
}

export type LoadedForecast = Forecast & {
  /** How many of the work are duties to come. */
  duties: number;
  /** Open work that has no due date and so is not in it. */
  undated: number;
};

/** The next seven days of the EA. */
export async function loadForecast(
  stores: Stores,
  o: { pair: Pair; now: DateTime },
): Promise<LoadedForecast> {
  const { pair, now } = o;
  const of = keyOf(pair);
  const calendar = await calendarOf(stores, pair, 'ea');
  const days = forecastDays(calendar, now);
  const charter = await stores.charter.findInForce(of);
  const duties = (charter?.duties ?? [])
    .filter(({ owner }) => owner === 'ea')
    .map((duty) => ({ recurrence: recurrenceOf(duty), minutes: duty.estimateMinutes }));
  const toCome = dutyWork(duties, { calendar, now, days });
  const work = [await stores.workload.dueWork(of, days), toCome];
  return {
    ...buildForecast({ calendar, days, work }),
    duties: toCome.reduce((sum, { count }) => sum + count, 0),
    undated: await stores.workload.countUndated(of),
  };
}

/** This month's hours, on the EA's clock. */
export async function loadHours(
  stores: Stores,
  o: { pair: Pair; now: DateTime },
): Promise<HoursUse & { rollsOver: boolean }> {
  const { pair, now } = o;
  const of = keyOf(pair);
  const month = monthOf(now.setZone(pair.ea.zone).toISODate() ?? '');
  const rollsOver = await stores.workload.rollsOver(of);
  const use = hoursUse({
    month,
    hoursPerMonth: pair.hoursPerMonth,
    rollsOver,
    startedOn: pair.startedOn,
    used: await stores.workload.usedIn(of, month),
    usedBefore: await stores.workload.usedIn(of, monthBefore(month)),
  });
  return { ...use, rollsOver };
}

export async function loadScope(
  stores: Stores,
  o: { pair: Pair; now: DateTime },
): Promise<ScopeTimes> {
  const since = o.now.minus({ days: SCOPE_DAYS });
  return await stores.workload.scopeTimes(keyOf(o.pair), { since, dutyPrefix: DUTY_ID_PREFIX });
}

export async function loadHandover(
  stores: Stores,
  o: { pair: Pair; now: DateTime },
): Promise<HandoverCounts> {
  const since = o.now.minus({ days: SCORE_DAYS });
  return await stores.workload.handoverCounts(keyOf(o.pair), {
    since,
    dutyPrefix: DUTY_ID_PREFIX,
  });
}

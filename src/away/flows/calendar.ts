import type { DateTime } from 'luxon';
import { NOT_SET_UP } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { replanMember } from '../../routines/index.ts';
import type { WorkingCalendar } from '../../time/working-time.ts';
import { planExceptions } from '../domain/holidays.ts';
import { awayInstants } from '../domain/leave.ts';
import type { PersonKey } from '../store.ts';

/** What these flows need of everything that there is. */
export type FlowDeps = Stores & Pick<Deps, 'transact' | 'now'>;

/**
 * Writes a person's holidays and leave into their working calendar and plans anew what depends on it. Call in the
 * transaction of the change, after `lockPerson`.
 */
export async function rewriteCalendar(
  stores: Stores,
  o: PersonKey & { now: DateTime },
): Promise<void> {
  const { workspaceId, userId, now } = o;
  const key = { workspaceId, userId };
  const calendar = await openCalendar(stores, o);
  const leaves = await stores.away.listLeaves(key);
  await stores.away.writeCalendar(key, {
    exceptions: calendar.exceptions,
    away: awayInstants(leaves, calendar, now),
    now,
  });
  await replanMember(stores, { ...key, now });
  await stores.decisions.wake({ ...key, now });
}

/** The person's hours with their holidays and without any leave: what leave is laid out on. */
export async function openCalendar(
  stores: Stores,
  o: PersonKey & { now: DateTime },
): Promise<WorkingCalendar & Pick<Required<WorkingCalendar>, 'exceptions'>> {
  const key = { workspaceId: o.workspaceId, userId: o.userId };
  const calendar = await stores.away.findCalendar(key);
  if (!calendar) throw new UserFacingError(NOT_SET_UP);
  const plan = await stores.away.findHolidayPlan(key);
  return {
    zone: calendar.zone,
    weekly: calendar.weekly,
    exceptions: planExceptions(plan, o.now),
  };
}

const BATCH = 100;

/** Writes the holidays of the years that come into view, once a year for each person. One that fails is logged. */
export async function rollHolidays(deps: FlowDeps & Pick<Deps, 'log'>): Promise<void> {
  const year = deps.now().year + 2;
  for (const key of await deps.away.listOutdated(year, BATCH)) {
    const rolling = deps.transact(async (stores) => {
      await stores.away.lockPerson(key);
      if (await stores.away.claimYear(key, year))
        await rewriteCalendar(stores, { ...key, now: deps.now() });
    });
    await rolling.catch((error: unknown) => {
      deps.log.error({ err: error, ...key }, 'holidays of a person could not be written');
    });
  }
}

import type { OnCharterSigned } from '../../charter/index.ts';
import { recurrenceOf } from '../../charter/index.ts';
import type { Stores } from '../../deps.ts';
import { memberOf, type Pair, type Role } from '../../pairs/index.ts';
import { planRoutine, type RoutineOf } from '../../routines/index.ts';
import type { WorkingCalendar } from '../../time/working-time.ts';

/** The kind of routine that duties are. */
export const KIND = 'duty';

/** Plans every duty of a signed version on the clock of its owner; those that it no longer has come no more. */
export const planDuties: OnCharterSigned = async (stores, { pair, before, charter, now }) => {
  const kept = new Set(charter.duties.map((duty) => `${duty.id} ${duty.owner}`));
  for (const { id, owner } of before?.duties ?? []) {
    if (!kept.has(`${id} ${owner}`)) await stores.routines.remove(routineOf(pair, { id, owner }));
  }
  const calendars = {
    executive: await calendarOf(stores, pair, 'executive'),
    ea: await calendarOf(stores, pair, 'ea'),
  };
  for (const duty of charter.duties) {
    const recurrence = recurrenceOf(duty);
    const calendar = calendars[duty.owner];
    await planRoutine(stores, { ...routineOf(pair, duty), recurrence, calendar, now });
  }
};

export function routineOf(pair: Pair, duty: { id: string; owner: Role }): Required<RoutineOf> {
  return {
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    userId: memberOf(pair, duty.owner).userId,
    kind: KIND,
    subject: duty.id,
  };
}

async function calendarOf(stores: Stores, pair: Pair, role: Role): Promise<WorkingCalendar> {
  const { workspaceId, userId, zone, weekly } = memberOf(pair, role);
  return (await stores.away.findCalendar({ workspaceId, userId })) ?? { zone, weekly };
}

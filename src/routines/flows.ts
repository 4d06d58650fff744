import type { DateTime } from 'luxon';
import type { Deps, Stores } from '../deps.ts';
import { nextOccurrence, type Recurrence } from '../time/recurrence.ts';
import type { WorkingCalendar } from '../time/working-time.ts';
import {
  advanceRoutine,
  isWorthAsking,
  MISSED_WHILE_AWAY,
  type Occurrence,
  type OccurrenceKey,
  type Routine,
} from './domain.ts';
import { askJob } from './queues.ts';

/** What a feature does when a routine of its kind is due: writes its prompt, or says that there is no need to. */
export type RoutineKind = {
  kind: string;
  ask(o: {
    stores: Stores;
    routine: Routine;
    occurrence: Occurrence;
    now: DateTime;
  }): Promise<'asked' | 'done' | { notAsked: string }>;
};

/** Sets the one routine of this kind that a person has in a pair; its next time lies strictly after now. */
export async function planRoutine(
  stores: Stores,
  o: {
    workspaceId: string;
    pairId: string;
    userId: string;
    kind: string;
    subject?: string;
    recurrence: Recurrence;
    calendar: WorkingCalendar;
    now: DateTime;
  },
): Promise<void> {
  const { calendar, recurrence, now, ...of } = o;
  const before = await stores.routines.findOf(of);
  const afterOn = before?.lastDueOn ?? null;
  const next = nextOccurrence(recurrence, calendar, { after: now, ...(afterOn && { afterOn }) });
  await stores.routines.plan({ ...of, recurrence, next, now });
}

const BATCH = 200;

/** Finds what is due, plans the next times and queues the questions; each batch is one transaction. */
export async function sweepRoutines(deps: Deps): Promise<void> {
  let claimed: number;
  do {
    claimed = await deps.transact(async (stores) => {
      const now = deps.now();
      const due = await stores.routines.claimDue(now, BATCH);
      const keys: OccurrenceKey[] = [];
      for (const routine of due) {
        keys.push(...(await stores.routines.advance(routine, advanceRoutine(routine, now), now)));
      }
      await stores.enqueue(askJob, keys);
      return due.length;
    });
  } while (claimed === BATCH);
}

/** Asks again what was put off until now. */
export async function sweepSnoozed(deps: Deps): Promise<void> {
  await deps.transact(async (stores) => {
    await stores.enqueue(askJob, await stores.routines.claimSnoozed(deps.now(), BATCH));
  });
}

/** Asks one occurrence, once: a second call finds it asked. Its kind decides what is sent. */
export async function askOccurrence(
  deps: Deps,
  kinds: readonly RoutineKind[],
  key: OccurrenceKey,
): Promise<void> {
  await deps.transact(async (stores) => {
    const found = await stores.routines.lockOccurrence(key);
    if (!found || (found.occurrence.state !== 'due' && found.occurrence.state !== 'snoozed'))
      return;
    const { routine, occurrence } = found;
    const now = deps.now();
    const due = { on: occurrence.dueOn, at: occurrence.dueAt };
    if (occurrence.state === 'due' && !isWorthAsking({ due, calendar: routine.calendar, now })) {
      await stores.routines.change(key, { state: 'not_asked', reason: MISSED_WHILE_AWAY, now });
      return;
    }
    const kind = kinds.find((one) => one.kind === routine.kind);
    if (!kind) throw new Error(`no feature asks routines of kind ${routine.kind}`);
    const result = await kind.ask({ stores, routine, occurrence, now });
    if (typeof result === 'string') {
      const askedTimes = occurrence.askedTimes + (result === 'asked' ? 1 : 0);
      await stores.routines.change(key, { state: result, askedTimes, now });
    } else await stores.routines.change(key, { state: 'not_asked', reason: result.notAsked, now });
  });
}

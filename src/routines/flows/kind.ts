import type { DateTime } from 'luxon';
import type { Stores } from '../../deps.ts';
import { isSingle } from '../domain/advance.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Routine } from '../domain/routine.ts';
import type { Manners } from '../domain/steps.ts';
import { REMINDER_SHARES } from '../domain/window.ts';

/** One step of one occurrence. Everything that is written goes through `stores`: it is one transaction. */
export type RoutineCall = {
  stores: Stores;
  routine: Routine;
  /** As it stands; for `show`, as it has become. */
  occurrence: Occurrence;
  now: DateTime;
};

/** What a feature does with routines of its kind. The engine decides when, and calls each once. */
export type RoutineKind = {
  kind: string;
  /** Writes the prompt, or says that there is no need to. Called again after a snooze. */
  ask(call: RoutineCall): Promise<'asked' | 'done' | { notAsked: string }>;
  /**
   * Until when an answer to a question asked at `askedAt` is on time. Without it, or with null, no answer is
   * expected: nobody is reminded and nothing is ever missed.
   */
  windowEndsAt?(o: {
    stores: Stores;
    routine: Routine;
    askedAt: DateTime;
  }): DateTime | null | Promise<DateTime | null>;
  /** Shares of the response window at which `remind` is called; 0.5 and 0.8 when left out. */
  reminderShares?: readonly number[] | ((call: RoutineCall) => Promise<readonly number[]>);
  /** Writes the n-th reminder, or says that it is done already. */
  remind?(call: RoutineCall & { nth: number }): Promise<'reminded' | 'done'>;
  /** Brings what was sent in line with a state that the engine has set: missed, excused or not asked. */
  show?(call: RoutineCall): Promise<void>;
  /** Tells the other side once that it was missed, inside their working hours. Never called after an answer. */
  tell?(call: RoutineCall & { partnerId: string }): Promise<void>;
  /** On leave or a day off: left out for good (the default), or asked at the next work start. */
  whenAway?: 'excuse' | 'wait';
  /** Whether quiet hours do not apply to this occurrence. */
  isUrgent?(call: RoutineCall): boolean | Promise<boolean>;
};

/** How this occurrence is to be treated. A routine that keeps its days off is never left out for one. */
export async function mannersOf(kind: RoutineKind, call: RoutineCall): Promise<Manners> {
  const keepsDaysOff = call.routine.recurrence.onNonWorkingDay === 'keep';
  return {
    whenAway: keepsDaysOff ? 'wait' : (kind.whenAway ?? 'excuse'),
    isUrgent: (await kind.isUrgent?.(call)) ?? false,
    isSingle: isSingle(call.routine.recurrence),
    shares: kind.remind ? await sharesOf(kind, call) : [],
  };
}

async function sharesOf(kind: RoutineKind, call: RoutineCall): Promise<readonly number[]> {
  const shares = kind.reminderShares ?? REMINDER_SHARES;
  return typeof shares === 'function' ? await shares(call) : shares;
}

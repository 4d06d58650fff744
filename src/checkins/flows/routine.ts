import {
  type MemberTerms,
  memberOf,
  type OnTermsInForce,
  termsCalendar,
} from '../../pairs/index.ts';
import { planRoutine, type RoutineKind } from '../../routines/index.ts';
import type { Recurrence } from '../../time/recurrence.ts';
import { KIND, showPrompt } from './prompt.ts';

/** Starts or changes the daily check-in of one person when their terms come into force. */
export const planCheckins: OnTermsInForce = async (stores, { pair, role, terms, now }) => {
  await planRoutine(stores, {
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    userId: memberOf(pair, role).userId,
    kind: KIND,
    recurrence: checkinRecurrence(terms),
    calendar: termsCalendar(terms),
    now,
  });
};

function checkinRecurrence(terms: MemberTerms): Recurrence {
  return {
    pattern: { kind: 'weekly', weekdays: terms.checkinDays },
    time: terms.checkinTime,
    onNonWorkingDay: 'skip',
  };
}

/** Sends the prompt, unless the person has checked in already. */
export const checkinKind: RoutineKind = {
  kind: KIND,
  async ask({ stores, routine, occurrence }) {
    const pair = await stores.pairs.find(routine.workspaceId, routine.pairId);
    if (!pair || pair.endedAt) return { notAsked: 'the pair has ended' };
    const { workspaceId, pairId, userId } = routine;
    const key = { workspaceId, pairId, userId, dueOn: occurrence.dueOn };
    if (await stores.checkins.find(key)) return 'done';
    await showPrompt(stores, {
      pair,
      ref: key,
      times: occurrence.askedTimes + 1,
      state: { type: 'open' },
    });
    return 'asked';
  },
};

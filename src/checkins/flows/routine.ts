import type { MemberTerms, Pair, RoutineOfTerms } from '../../pairs/index.ts';
import {
  type Occurrence,
  type RoutineCall,
  type RoutineKind,
  untilEndOfWork,
} from '../../routines/index.ts';
import type { PromptState } from '../views/prompt.ts';
import { canRepeat, correctMissed, KIND, settlePrompts, showPrompt, tellMissed } from './prompt.ts';

/** When somebody is asked, by their terms. */
export function checkinRoutine(terms: MemberTerms): RoutineOfTerms {
  return {
    kind: KIND,
    recurrence: {
      pattern: { kind: 'weekly', weekdays: terms.checkinDays },
      time: terms.checkinTime,
      onNonWorkingDay: 'skip',
    },
  };
}

/** Working time that everybody has at least to answer a prompt. */
const AT_LEAST_MINUTES = 120;

/** A prompt that could not be sent for so long is not sent any more: the next one is about to come. */
const ASKED_FOR_HOURS = 20;

/** Asks for a check-in, unless the person has sent it already; answers are on time until the day's work ends. */
export const checkinKind: RoutineKind = {
  kind: KIND,

  async ask(call) {
    const prompt = await loadPrompt(call);
    if (!prompt) return { notAsked: 'the pair has ended' };
    if (await isSent(call)) return 'done';
    await showOpen(call, prompt, { asked: call.occurrence.askedTimes + 1 });
    return 'asked';
  },

  windowEndsAt: ({ routine, askedAt }) =>
    untilEndOfWork({
      calendar: routine.calendar,
      from: askedAt,
      atLeastMinutes: AT_LEAST_MINUTES,
    }),

  async remind(call) {
    const prompt = await loadPrompt(call);
    if (!prompt || (await isSent(call))) return 'done';
    await showOpen(call, prompt, { reminder: call.nth });
    return 'reminded';
  },

  async show(call) {
    const prompt = await loadPrompt(call);
    const state = stateOf(call.occurrence);
    if (prompt && state) await settlePrompts(call.stores, { ...prompt, state });
    if (prompt && call.occurrence.state === 'excused') await correctMissed(call.stores, prompt);
  },

  async tell(call) {
    const prompt = await loadPrompt(call);
    if (prompt) await tellMissed(call.stores, prompt);
  },
};

type LoadedPrompt = Parameters<typeof tellMissed>[1];

async function loadPrompt(call: RoutineCall): Promise<LoadedPrompt | null> {
  const { workspaceId, pairId, userId } = call.routine;
  const { occurrence } = call;
  const pair: Pair | null = await call.stores.pairs.find(workspaceId, pairId);
  return pair && { pair, ref: { pairId, userId, dueOn: occurrence.dueOn }, occurrence };
}

async function isSent({ stores, routine, occurrence }: RoutineCall): Promise<boolean> {
  const { workspaceId, pairId, userId } = routine;
  const key = { workspaceId, pairId, userId, dueOn: occurrence.dueOn };
  return (await stores.checkins.find(key)) !== null;
}

async function showOpen(
  { stores, now }: RoutineCall,
  prompt: LoadedPrompt,
  message: { asked: number } | { reminder: number },
): Promise<void> {
  const isReminder = 'reminder' in message;
  const repeat = await canRepeat(stores, prompt);
  const state = { type: 'open', canRepeat: repeat, isReminder } as const;
  const notAfter = now.plus({ hours: ASKED_FOR_HOURS });
  await showPrompt(stores, { ...prompt, message, state, notAfter });
}

function stateOf(occurrence: Occurrence): PromptState | null {
  const { state, reason } = occurrence;
  if (state === 'missed') return { type: 'missed' };
  if (state === 'excused' || state === 'not_asked') return { type: 'excused', reason };
  return null;
}

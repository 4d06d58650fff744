import type { DateTime } from 'luxon';
import type { Deps } from '../../deps.ts';
import type { DueStep, Occurrence } from '../domain/occurrence.ts';
import type { Manners } from '../domain/steps.ts';
import * as rules from '../domain/steps.ts';
import type { LockedOccurrence, OccurrenceChange } from '../store/occurrences.ts';
import { mannersOf, type RoutineCall, type RoutineKind } from './kind.ts';

type StepCall = RoutineCall & {
  kind: RoutineKind;
  partner: LockedOccurrence['partner'];
  plannedAt: DateTime;
};

/** Takes each of these steps; one that fails does not hold up the others, and is tried again with them. */
export async function takeSteps(
  deps: Deps,
  kinds: readonly RoutineKind[],
  steps: readonly DueStep[],
): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) {
    await takeStep(deps, kinds, step).catch((error: unknown) => errors.push(error));
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} steps failed`);
}

/** Takes one step of one occurrence, once: a second call finds another step, or none. */
export async function takeStep(
  deps: Deps,
  kinds: readonly RoutineKind[],
  due: DueStep,
): Promise<void> {
  await deps.transact(async (stores) => {
    const found = await stores.routines.lockOccurrence(due);
    if (!found) return;
    const { routine, occurrence, partner } = found;
    if (occurrence.nextStep !== due.step || occurrence.nextStepAt !== null) return;
    const kind = kinds.find((one) => one.kind === routine.kind);
    if (!kind) throw new Error(`no feature asks routines of kind ${routine.kind}`);
    const { plannedAt } = due;
    const call = { stores, routine, occurrence, now: deps.now(), kind, partner, plannedAt };
    if (found.stopped) await end(call, { state: 'excused', reason: found.stopped });
    else await STEPS[due.step](call);
  });
}

const STEPS: Record<DueStep['step'], (call: StepCall) => Promise<void>> = {
  ask: takeAsk,
  remind: takeRemind,
  close: takeClose,
  tell: takeTell,
  excuse: (call) => end(call, { state: 'excused', reason: rules.AWAY }),
};

async function takeAsk(call: StepCall): Promise<void> {
  const { kind, routine, occurrence, plannedAt, now } = call;
  const manners = await mannersOf(kind, call);
  const { calendar } = routine;
  const decision = rules.decideAsk({ occurrence, plannedAt, calendar, manners, now });
  if (decision.type === 'wait')
    return await change(call, { next: { step: 'ask', at: decision.until } });
  if (decision.type !== 'ask') {
    const state = decision.type === 'excuse' ? 'excused' : 'not_asked';
    return await end(call, { state, reason: decision.reason });
  }
  const result = await kind.ask(call);
  if (result === 'done') return await finish(call);
  if (result !== 'asked') return await end(call, { state: 'not_asked', reason: result.notAsked });
  const asked = {
    askedAt: now,
    windowEndsAt:
      (await kind.windowEndsAt?.({ stores: call.stores, routine, askedAt: now })) ?? null,
    remindedTimes: occurrence.remindedTimes,
  };
  const askedTimes = occurrence.askedTimes + 1;
  await change(call, {
    state: 'asked',
    askedTimes,
    ...asked,
    next: planNext(call, manners, asked),
  });
}

async function takeRemind(call: StepCall): Promise<void> {
  const { kind, routine, occurrence, now } = call;
  const manners = await mannersOf(kind, call);
  const { calendar } = routine;
  const decision = rules.decideRemind({ occurrence, calendar, manners, now });
  if (decision.type === 'wait')
    return await change(call, { next: { step: 'remind', at: decision.until } });
  let { remindedTimes } = occurrence;
  if (decision.type === 'remind') {
    if ((await kind.remind?.({ ...call, nth: decision.nth })) === 'done') return await finish(call);
    remindedTimes = decision.nth;
  }
  const next = planNext(call, manners, { ...occurrence, remindedTimes });
  await change(call, { remindedTimes, next });
}

function planNext(
  { routine, now }: StepCall,
  { shares }: Manners,
  asked: Pick<Occurrence, 'askedAt' | 'windowEndsAt' | 'remindedTimes'>,
) {
  return rules.planNext({ occurrence: asked, calendar: routine.calendar, shares, now });
}

async function takeClose(call: StepCall): Promise<void> {
  const { kind, routine, occurrence, plannedAt, now } = call;
  const { askedAt } = occurrence;
  const { stores } = call;
  const windowEndsAt =
    (askedAt && (await kind.windowEndsAt?.({ stores, routine, askedAt }))) ?? null;
  const { calendar } = routine;
  const decision = rules.decideClose({ plannedAt, windowEndsAt, calendar, now });
  if (decision.type === 'excuse')
    return await end(call, { state: 'excused', reason: decision.reason });
  if (decision.type === 'wait') {
    const { shares } = await mannersOf(kind, call);
    const extended = { ...occurrence, windowEndsAt: decision.windowEndsAt };
    const next = rules.planNext({ occurrence: extended, calendar, shares, now });
    return await change(call, { windowEndsAt: decision.windowEndsAt, next });
  }
  const next = kind.tell ? { step: 'tell' as const, at: tellAt(call) } : null;
  await end(call, { state: 'missed', next });
}

function tellAt({ partner, now }: StepCall): DateTime {
  return rules.tellAt(partner.calendar, now);
}

async function takeTell(call: StepCall): Promise<void> {
  const at = tellAt(call);
  if (at > call.now) return await change(call, { next: { step: 'tell', at } });
  if (call.occurrence.state === 'missed')
    await call.kind.tell?.({ ...call, partnerId: call.partner.userId });
  await change(call, { next: null });
}

/** Done before it was asked or without our noticing: never late. */
async function finish(call: StepCall): Promise<void> {
  await change(call, { state: 'done', standing: 'on_time', answeredAt: call.now, next: null });
}

/** Sets an end state and lets what was sent say so. */
async function end(call: StepCall, o: OccurrenceChange): Promise<void> {
  const { stores, routine, now } = call;
  const occurrence = await stores.routines.change(call.occurrence, { next: null, ...o, now });
  await call.kind.show?.({ stores, routine, occurrence, now });
}

async function change(call: StepCall, o: OccurrenceChange): Promise<void> {
  await call.stores.routines.change(call.occurrence, { ...o, now: call.now });
}

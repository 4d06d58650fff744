import type { Charter, Duty } from '../../charter/index.ts';
import {
  buildEntry,
  createDelegations,
  delegationIdOf,
  OPEN,
  refOf,
} from '../../delegations/index.ts';
import type { Pair } from '../../pairs/index.ts';
import { type RoutineCall, type RoutineKind, untilEndOfWork } from '../../routines/index.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import { DELEGATION_PRIORITY } from '../domain.ts';
import { buildDuePrompt, buildOwnPrompt, type OwnState } from '../views/prompts.ts';
import { KIND } from './plan.ts';

/** Working time that there is at least for a duty, however late on its day it is asked for. */
const AT_LEAST_MINUTES = 60;

type Asked = { pair: Pair; duty: Duty; charter: Charter };

/**
 * What a duty does on its day. The EA's becomes a delegation, due at the end of the day's work and accepted already,
 * since both signed it; the executive's becomes a message with a button.
 */
export const dutyKind: RoutineKind = {
  kind: KIND,

  async ask(call) {
    const asked = await load(call);
    if (!asked) return { notAsked: 'it is no longer in the charter' };
    if (asked.duty.owner === 'executive') {
      await showOwn(call, { ...asked, state: { type: 'open' } });
      return 'asked';
    }
    await handOver(call, asked);
    await showDue(call, asked);
    return 'done';
  },

  windowEndsAt: ({ routine, askedAt }) =>
    untilEndOfWork({
      calendar: routine.calendar,
      from: askedAt,
      atLeastMinutes: AT_LEAST_MINUTES,
    }),

  async show(call) {
    const asked = await load(call);
    const { state, askedTimes } = call.occurrence;
    if (!asked || asked.duty.owner === 'ea' || askedTimes === 0) return;
    await showOwn(call, { ...asked, state: { type: state === 'missed' ? 'missed' : 'excused' } });
  },
};

async function load({ stores, routine }: RoutineCall): Promise<Asked | null> {
  const { workspaceId, pairId, subject } = routine;
  const pair = await stores.pairs.find(workspaceId, pairId);
  const charter = await stores.charter.findInForce({ workspaceId, pairId });
  const duty = charter?.duties.find(({ id }) => id === subject);
  return pair && charter && duty ? { pair, duty, charter } : null;
}

async function handOver(
  { stores, routine, occurrence, now }: RoutineCall,
  { pair, duty }: Asked,
): Promise<void> {
  const minutes = Math.max(duty.estimateMinutes ?? 0, AT_LEAST_MINUTES);
  const { calendar } = routine;
  const dueAt = untilEndOfWork({ calendar, from: now, atLeastMinutes: minutes });
  await createDelegations(stores, {
    pair,
    now,
    isShown: false,
    content: [
      {
        id: delegationIdOf({ pairId: pair.id, dutyId: duty.id, on: occurrence.dueOn }),
        title: duty.title,
        definitionOfDone: duty.doneMeans ?? '',
        priority: DELEGATION_PRIORITY[duty.priority],
        dueAt,
        dueZone: dueAt && calendar.zone,
        level: 'do',
        category: duty.category,
        estimateMinutes: duty.estimateMinutes,
        sopUrl: duty.sopUrl,
        createdBy: pair.executive.userId,
        state: 'accepted',
      },
    ],
  });
}

/** One message for all duties that come at the same time of a day. */
async function showDue(
  { stores, occurrence }: RoutineCall,
  { pair, duty, charter }: Asked,
): Promise<void> {
  const on = occurrence.dueOn;
  const { workspaceId, id: pairId } = pair;
  const entries = [];
  for (const one of charter.duties) {
    if (one.owner !== 'ea' || one.timing.time !== duty.timing.time) continue;
    const id = delegationIdOf({ pairId, dutyId: one.id, on });
    const delegation = await stores.delegations.find({ workspaceId, id });
    if (!delegation) continue;
    const value = refOf(delegation);
    const note = one.sopUrl ? null : 'no SOP';
    entries.push(buildEntry({ pair, delegation, actionId: OPEN, value, note }));
  }
  await stores.outbox.show({
    workspaceId,
    pairId,
    key: `duties:${pairId}:${on}:${duty.timing.time}`,
    purpose: 'prompt',
    recipient: pair.ea.userId,
    forBoth: true,
    message: buildDuePrompt({ on, entries }),
  });
}

/** Shows the message of a duty of the executive as it is now. */
export async function showOwn(
  { stores, occurrence }: Pick<RoutineCall, 'stores'> & { occurrence: { dueOn: LocalDate } },
  { pair, duty, state }: { pair: Pair; duty: Duty; state: OwnState },
): Promise<void> {
  const { dueOn } = occurrence;
  await stores.outbox.show({
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: `duty:${pair.id}:${duty.id}:${dueOn}`,
    purpose: 'prompt',
    recipient: pair.executive.userId,
    forBoth: true,
    message: buildOwnPrompt({ pairId: pair.id, duty, dueOn, zone: pair.executive.zone, state }),
  });
}

import {
  type MemberTerms,
  type Pair,
  partnerOf,
  type Role,
  type RoutineOfTerms,
  roleOf,
} from '../../pairs/index.ts';
import type { RoutineCall, RoutineKind } from '../../routines/index.ts';
import { hasNews } from '../domain/handoff.ts';
import { findClockChanges } from '../domain/overlap.ts';
import { dueWarning, lastWorkEnd, wasAway } from '../domain/warning.ts';
import { buildClockWarning } from '../views/bridge.ts';
import { buildHandoff } from '../views/handoff.ts';
import { collectHandoff } from './collect.ts';

const KIND = 'handoff';

/** Minutes after work starts: the check-in is asked first, then come the answers to questions. */
const AFTER_START_MINUTES = 2;

/** One at the start of each of somebody's working days. */
export function handoffRoutine(terms: MemberTerms): RoutineOfTerms {
  return {
    kind: KIND,
    recurrence: {
      pattern: { kind: 'weekly', weekdays: terms.workdays },
      time: shortlyAfter(terms.workStartTime),
      onNonWorkingDay: 'skip',
    },
  };
}

function shortlyAfter(time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const later = Math.min(hours * 60 + minutes + AFTER_START_MINUTES, 24 * 60 - 1);
  return [Math.floor(later / 60), later % 60].map((one) => String(one).padStart(2, '0')).join(':');
}

/** Hands over what the partner did since the person stopped, when there is something to say, and warns of the clocks. */
export const handoffKind: RoutineKind = {
  kind: KIND,

  async ask(call) {
    const { stores, routine } = call;
    const pair = await stores.pairs.find(routine.workspaceId, routine.pairId);
    const role = pair && roleOf(pair, routine.userId);
    if (!pair || !role) return { notAsked: 'the pair has ended' };
    const warned = await warnOfClocks(call, pair);
    const told = await handOver(call, { pair, role });
    return warned || told ? 'done' : { notAsked: 'there is nothing to say' };
  },
};

async function handOver(
  { stores, routine, occurrence, now }: RoutineCall,
  { pair, role }: { pair: Pair; role: Role },
): Promise<boolean> {
  const since = lastWorkEnd(routine.calendar, now);
  const handoff = await collectHandoff(stores, { pair, role, since, now });
  const isBack = wasAway(routine.calendar, since, now);
  if (!hasNews(handoff, isBack)) return false;
  const { workspaceId, userId, pairId } = routine;
  await stores.outbox.post({
    workspaceId,
    pairId,
    key: `handoff:${pairId}:${userId}:${occurrence.dueOn}`,
    purpose: 'card',
    recipient: userId,
    forBoth: true,
    message: buildHandoff({
      handoff,
      partnerId: partnerOf(pair, userId).userId,
      zone: routine.calendar.zone,
      since,
      isBack,
    }),
  });
  return true;
}

async function warnOfClocks(call: RoutineCall, pair: Pair): Promise<boolean> {
  const { stores, routine, now } = call;
  const { workspaceId, userId, calendar } = routine;
  const partner = partnerOf(pair, userId);
  const theirs = await stores.reminders.calendarOf({ workspaceId, userId: partner.userId });
  const changes = findClockChanges({ mine: calendar, theirs }, { now, days: WARN_DAYS });
  let warned = false;
  for (const change of changes) {
    const when = dueWarning(change, { calendar, now });
    if (!when) continue;
    const posted = await stores.outbox.post({
      workspaceId,
      pairId: pair.id,
      key: `bridge-clocks:${pair.id}:${userId}:${change.at.toUTC().toISODate()}:${when}`,
      purpose: 'card',
      recipient: userId,
      forBoth: true,
      message: buildClockWarning({
        change,
        when,
        zones: { myZone: calendar.zone, theirZone: theirs.zone },
        partnerId: partner.userId,
      }),
    });
    warned ||= posted;
  }
  return warned;
}

/** Days ahead that a warning may come: a long leave can lie between the last working day and the change. */
const WARN_DAYS = 40;

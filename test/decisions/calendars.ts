import { DateTime } from 'luxon';
import type { Clocks } from '../../src/decisions/domain/clock.ts';
import type { Decision } from '../../src/decisions/domain/decision.ts';
import type { WorkingCalendar } from '../../src/time/working-time.ts';

/** Monday to Friday from one time to another. */
export function weekdays(zone: string, start = '09:00', end = '17:00'): WorkingCalendar {
  const day: [string, string][] = [[start, end]];
  return { zone, weekly: { mon: day, tue: day, wed: day, thu: day, fri: day } };
}

/** Dana in New York and Ana in Manila, who share no hour unless Ana works in the evening. */
export function clocksOf(o: { ea?: WorkingCalendar; executive?: WorkingCalendar } = {}): Clocks {
  return {
    executive: o.executive ?? weekdays('America/New_York'),
    ea: o.ea ?? weekdays('Asia/Manila'),
    acceptsUrgent: { executive: true, ea: true },
  };
}

export const utc = (iso: string) => DateTime.fromISO(iso, { zone: 'utc' });

/** A question asked on Tuesday 3 March 2026, 10:00 in Manila, that is to be answered by 17:00 in New York. */
export function askedDecision(changes: Partial<Decision> = {}): Decision {
  const askedAt = utc('2026-03-03T02:00:00Z');
  return {
    workspaceId: 'T1',
    id: 'd1',
    pairId: 'p1',
    number: 1,
    checkinId: null,
    question: 'Should I book the earlier flight?',
    options: [],
    deadlineAt: utc('2026-03-03T22:00:00Z'),
    defaultChoice: null,
    urgent: false,
    needsTalk: false,
    delegationNumber: null,
    state: 'open',
    choice: null,
    missing: null,
    added: null,
    askedAt,
    shownAt: null,
    remindedTimes: 0,
    talkedAt: null,
    answeredAt: null,
    closedAt: null,
    waitingSince: askedAt,
    responseSeconds: 0,
    blockedSeconds: 0,
    eaNewsAt: null,
    executiveNewsAt: null,
    revision: 1,
    version: 1,
    ...changes,
  };
}

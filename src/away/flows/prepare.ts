import { UserFacingError } from '../../errors.ts';
import { partnerOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { shorten } from '../../slack/text.ts';
import { readDateRange } from '../../time/date-range-text.ts';
import { formatInBothZones } from '../../time/format.ts';
import { describeMisspelt, findMisspelt } from '../../time/phrases/misspelt.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import { zoneCity } from '../../time/zones.ts';
import { nextHolidays } from '../domain/holidays.ts';
import {
  checkLeaveRange,
  describeRange,
  type LeavePlan,
  type LeaveRange,
  leaveInstants,
  readLeaveType,
} from '../domain/leave.ts';
import type { PersonKey } from '../store.ts';
import { type LeaveForm, MAX_REASON } from '../views/form.ts';
import type { Absences } from '../views/list.ts';
import { type FlowDeps, openCalendar } from './calendar.ts';
import { loadOwnLeave, localDate, prepareShown } from './leave.ts';

/** The form for new leave, filled in with what was typed and saying how it was read. */
export async function prepareNew(
  deps: FlowDeps,
  caller: Caller,
  typed: string,
): Promise<LeaveForm> {
  const now = deps.now();
  const { zone } = await openCalendar(deps, { ...caller, now });
  const today = localDate(now, zone);
  const empty = planOn(today);
  if (typed === '') return { leaveId: null, plan: empty, notices: [] };
  const { type, rest } = readLeaveType(typed);
  const dates = rest === '' ? 'today' : rest;
  const read = readDateRange(dates, today);
  const misspelt = findMisspelt(read.ok ? read.value.rest : dates);
  if (misspelt || !read.ok) {
    // No date stands in for one that was not understood.
    const plan = { ...empty, type: type ?? empty.type, firstOn: null, lastOn: null };
    const notices = [
      ...(misspelt ? [`${describeMisspelt(misspelt)} You wrote “${quote(typed)}”.`] : []),
      ...(read.ok ? ['Choose the days below.'] : [read.message]),
    ];
    return { leaveId: null, plan, notices };
  }
  const { first, last, startsAtMidday, endsAtMidday } = read.value;
  const plan: LeavePlan = {
    ...empty,
    type: type ?? empty.type,
    firstOn: first,
    lastOn: last,
    startsAtMidday,
    endsAtMidday,
    reason: read.value.rest.slice(0, MAX_REASON) || null,
  };
  const checked = checkLeaveRange(plan, today);
  const echo = checked.ok
    ? await describeReading(deps, { caller, typed, range: plan })
    : [checked.message];
  return { leaveId: null, plan, notices: echo };
}

/** The form to change leave of the caller. */
export async function prepareChange(
  deps: FlowDeps,
  caller: Caller,
  leaveId: string,
): Promise<LeaveForm> {
  const leave = await loadOwnLeave(deps, caller, leaveId);
  const { isOver } = await prepareShown(deps, { leave, now: deps.now() });
  if (isOver) throw new UserFacingError('This leave is over, so it cannot be changed any more.');
  return { leaveId, plan: leave, notices: [] };
}

function planOn(today: LocalDate): LeavePlan {
  return {
    type: 'vacation',
    firstOn: today,
    lastOn: today,
    startsAtMidday: false,
    endsAtMidday: false,
    coverId: null,
    reason: null,
  };
}

async function describeReading(
  deps: FlowDeps,
  o: { caller: Caller; typed: string; range: LeaveRange },
): Promise<string[]> {
  const { caller, range } = o;
  const calendar = await openCalendar(deps, { ...caller, now: deps.now() });
  const { from, until } = leaveInstants(range, calendar);
  const pairs = await deps.pairs.listOf(caller.workspaceId, caller.userId);
  const partners = pairs.map((pair) => partnerOf(pair, caller.userId));
  const others = partners.filter((one) => one.zone !== calendar.zone).slice(0, 3);
  return [
    `I read “${quote(o.typed)}” as ${describeRange(range)}. Check it below before you save.`,
    ...others.map(
      ({ name, zone }) =>
        `With ${name} in ${zoneCity(zone)}: from ${formatInBothZones(from, calendar.zone, zone)} until ${formatInBothZones(until, calendar.zone, zone)}.`,
    ),
  ];
}

function quote(typed: string): string {
  return shorten(typed, 100);
}

/** What the caller and those they work with have planned. */
export async function prepareList(
  deps: FlowDeps,
  caller: Caller,
): Promise<{ mine: Absences; partners: Absences[] }> {
  const pairs = await deps.pairs.listOf(caller.workspaceId, caller.userId);
  const people = new Map(
    pairs
      .map((pair) => partnerOf(pair, caller.userId))
      .map((one): [string, string] => [one.userId, one.name]),
  );
  const mine = await listAbsences(deps, { ...caller, name: 'You' });
  const partners: Absences[] = [];
  for (const [userId, name] of people) {
    partners.push(await listAbsences(deps, { workspaceId: caller.workspaceId, userId, name }));
  }
  return { mine, partners };
}

async function listAbsences(deps: FlowDeps, o: PersonKey & { name: string }): Promise<Absences> {
  const key = { workspaceId: o.workspaceId, userId: o.userId };
  const now = deps.now();
  const { zone } = await openCalendar(deps, { ...key, now });
  const today = localDate(now, zone);
  const leaves = await deps.away.listLeaves(key, { from: today });
  const plan = await deps.away.findHolidayPlan(key);
  return {
    name: o.name,
    leaves: await Promise.all(leaves.map((leave) => prepareShown(deps, { leave, now }))),
    holidays: nextHolidays(plan, { today, count: 5 }),
  };
}

/** Whether the caller has leave that is not over. */
export async function hasLeave(deps: FlowDeps, caller: Caller): Promise<boolean> {
  const now = deps.now();
  const { zone } = await openCalendar(deps, { ...caller, now });
  const leaves = await deps.away.listLeaves(caller, { from: localDate(now, zone) });
  return leaves.length > 0;
}

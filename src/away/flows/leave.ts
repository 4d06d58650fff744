import type { WebClient } from '@slack/web-api';
import type { DateTime } from 'luxon';
import { authorizeOwner } from '../../access/index.ts';
import type { Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { partnerOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { fetchPerson } from '../../slack/people.ts';
import { dayOf, formatDay } from '../../time/local-date.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import {
  checkLeaveRange,
  describeRange,
  hasStarted,
  isOverlapping,
  isSamePlan,
  type Leave,
  type LeavePlan,
  leaveInstants,
  leaveTypeName,
} from '../domain/leave.ts';
import { buildOwnCard, buildPartnerNotice, type ShownLeave } from '../views/cards.ts';
import { type LeaveForm, rangeField } from '../views/form.ts';
import { type FlowDeps, openCalendar, rewriteCalendar } from './calendar.ts';

export type SaveResult =
  | { type: 'saved'; leave: Leave }
  /** These days touch leave that is planned already: the form to change that one instead. */
  | { type: 'overlap'; form: LeaveForm };

/** Saves leave of the caller, new or changed, and shows it to both. A form sent twice is saved once. */
export async function saveLeave(
  deps: FlowDeps,
  o: { caller: Caller; client: WebClient; leaveId: string | null; plan: LeavePlan },
): Promise<SaveResult> {
  const { caller, plan, leaveId } = o;
  await checkCover(o.client, caller, plan.coverId);
  return await deps.transact(async (stores): Promise<SaveResult> => {
    const now = deps.now();
    await stores.away.lockPerson(caller);
    const before = leaveId ? await loadOwnLeave(stores, caller, leaveId) : null;
    const { zone } = await openCalendar(stores, { ...caller, now });
    const today = localDate(now, zone);
    checkRange({ plan, today, before });
    if (before && before.lastOn < today) throw new UserFacingError(OVER, { field: 'lastOn' });
    const others = (await stores.away.listLeaves(caller, { from: earliest(plan, today) })).filter(
      (one) => one.id !== leaveId && isOverlapping(one, plan),
    );
    const [other, another] = others;
    if (other && !before && isSamePlan(other, plan)) return { type: 'saved', leave: other };
    if (other && (another || before))
      throw new UserFacingError(nameOverlaps(others), { field: 'firstOn' });
    if (other) return { type: 'overlap', form: offerChange(other, plan) };
    const leave = before
      ? await stores.away.changeLeave(before, { plan, now })
      : await stores.away.addLeave(caller, { plan, now });
    await rewriteCalendar(stores, { ...caller, now });
    await showLeave(stores, { leave, now });
    return { type: 'saved', leave };
  });
}

/** Takes the caller's leave back; leave whose days lie partly behind ends with yesterday instead, and stays known. */
export async function cancelLeave(
  deps: FlowDeps,
  o: { caller: Caller; leaveId: string },
): Promise<void> {
  const { caller } = o;
  await deps.transact(async (stores) => {
    const now = deps.now();
    await stores.away.lockPerson(caller);
    const before = await loadOwnLeave(stores, caller, o.leaveId);
    const { zone } = await openCalendar(stores, { ...caller, now });
    const today = localDate(now, zone);
    if (before.lastOn < today) throw new UserFacingError(OVER);
    const leave = hasStarted(before, today)
      ? await stores.away.changeLeave(before, {
          plan: { ...before, lastOn: formatDay(dayOf(today) - 1), endsAtMidday: false },
          now,
        })
      : await stores.away.cancelLeave(before, { now });
    await rewriteCalendar(stores, { ...caller, now });
    await showLeave(stores, { leave, now });
  });
}

const OVER = 'This leave is over, so it cannot be changed any more.';

/** The caller's leave that still stands. Rejects with a sentence for anybody else's. */
export async function loadOwnLeave(
  stores: Stores,
  caller: Caller,
  leaveId: string,
): Promise<Leave> {
  const leave = await stores.away.findLeave(caller.workspaceId, leaveId);
  authorizeOwner(caller, { to: 'leave.change', ownerId: leave?.userId ?? null });
  if (!leave || leave.cancelledAt) {
    throw new UserFacingError('This leave is cancelled already. Type /ea-away to plan a new one.');
  }
  return leave;
}

/** Leave with what its buttons and instants need. */
export async function prepareShown(
  stores: Stores,
  o: { leave: Leave; now: DateTime },
): Promise<ShownLeave & { zone: string }> {
  const { leave, now } = o;
  const { workspaceId, userId } = leave;
  const calendar = await openCalendar(stores, { workspaceId, userId, now });
  const today = localDate(now, calendar.zone);
  return {
    leave,
    ...leaveInstants(leave, calendar),
    hasStarted: hasStarted(leave, today),
    isOver: leave.lastOn < today,
    zone: calendar.zone,
  };
}

/** Shows leave, as it is now, to the person and once to each partner. */
async function showLeave(stores: Stores, o: { leave: Leave; now: DateTime }): Promise<void> {
  const { leave } = o;
  const { workspaceId, userId, id } = leave;
  const { zone, ...shown } = await prepareShown(stores, o);
  const pairs = await stores.pairs.listOf(workspaceId, userId);
  const partnerZones = pairs.map((pair) => partnerOf(pair, userId).zone);
  await stores.outbox.show({
    workspaceId,
    key: `leave:${id}:own`,
    purpose: 'card',
    recipient: userId,
    message: buildOwnCard({ shown, zone, partnerZones }),
  });
  for (const pair of pairs) {
    const partner = partnerOf(pair, userId);
    await stores.outbox.show({
      workspaceId,
      pairId: pair.id,
      key: `leave:${id}:pair:${pair.id}`,
      purpose: 'card',
      recipient: partner.userId,
      message: buildPartnerNotice({ shown, zone, partnerZone: partner.zone }),
      tell: [userId],
    });
  }
}

function checkRange(o: { plan: LeavePlan; today: LocalDate; before: Leave | null }): void {
  const checked = checkLeaveRange(o.plan, o.today, o.before?.firstOn);
  if (checked.ok) return;
  const field = 'field' in checked ? rangeField(checked.field) : 'lastOn';
  throw new UserFacingError(checked.message, { field });
}

async function checkCover(
  client: WebClient,
  caller: Caller,
  coverId: string | null,
): Promise<void> {
  if (!coverId) return;
  const refuse = (sentence: string) => new UserFacingError(sentence, { field: 'cover' });
  if (coverId === caller.userId)
    throw refuse('You cannot stand in for yourself. Choose somebody else.');
  const cover = await fetchPerson(client, { workspaceId: caller.workspaceId, userId: coverId });
  if (!cover) throw refuse('Slack does not know this person here. Choose somebody else.');
  if (cover.kind === 'bot') throw refuse(`${cover.name} is an app, not a person. Choose a person.`);
  if (cover.kind === 'deactivated')
    throw refuse(`The Slack account of ${cover.name} is deactivated. Choose somebody else.`);
}

function offerChange(existing: Leave, plan: LeavePlan): LeaveForm {
  return {
    leaveId: existing.id,
    plan,
    notices: [
      `You already have leave in this time: ${describeRange(existing)} (${leaveTypeName(existing.type)}). Saving changes that one to what you see below. To keep it, press Cancel or choose other days.`,
    ],
  };
}

function nameOverlaps(others: readonly Leave[]): string {
  const named = others.slice(0, 3).map((one) => describeRange(one));
  return `You already have leave in this time: ${named.join('; ')}. Choose other days, or cancel that first in /ea-away list.`;
}

function earliest(plan: LeavePlan, today: LocalDate): LocalDate {
  return plan.firstOn < today ? plan.firstOn : today;
}

export function localDate(now: DateTime, zone: string): LocalDate {
  return now.setZone(zone).toISODate() ?? '';
}

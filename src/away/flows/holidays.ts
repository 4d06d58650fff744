import type { DateTime } from 'luxon';
import { authorize } from '../../access/index.ts';
import type { Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import { partnerOf } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import { formatLocalDate } from '../../time/format.ts';
import {
  type HolidayArea,
  holidaysFor,
  listHolidayCountries,
  listHolidayRegions,
} from '../../time/holidays.ts';
import { checkNotPast } from '../../time/validate.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import { daysOff, type HolidayPlan, nextHolidays, yearsAround } from '../domain/holidays.ts';
import { buildCompanyDay } from '../views/company-day.ts';
import { COUNTRY_FIELD, type HolidaysChange, type HolidaysForm } from '../views/holidays.ts';
import { type FlowDeps, openCalendar, rewriteCalendar } from './calendar.ts';
import { localDate } from './leave.ts';

/** Days off that the form offers to be worked. */
const OFFERED = 20;
const SHOWN = 5;

/** The form with the caller's holidays, and the next ones of those they work with. */
export async function prepareHolidays(
  deps: FlowDeps,
  caller: Caller,
  notice?: string,
): Promise<HolidaysForm> {
  const now = deps.now();
  const { zone } = await openCalendar(deps, { ...caller, now });
  const today = localDate(now, zone);
  const plan = await deps.away.findHolidayPlan(caller);
  const worked = plan.corrections
    .filter((one) => !one.isOff && one.on >= today)
    .map(({ on, name }) => ({ on, name, isWorked: true }));
  const off = nextHolidays(plan, { today, count: OFFERED - Math.min(worked.length, 5) });
  const choices = [...off.map((one) => ({ ...one, isWorked: false })), ...worked];
  const country = listHolidayCountries().find(({ code }) => code === plan.country) ?? null;
  return {
    country,
    region: plan.region,
    regions: country ? listHolidayRegions(country.code) : [],
    next: off.slice(0, SHOWN),
    choices: choices.toSorted((a, b) => (a.on < b.on ? -1 : 1)),
    partners: await listPartners(deps, caller),
    ...(notice && { notice }),
  };
}

async function listPartners(deps: FlowDeps, caller: Caller): Promise<HolidaysForm['partners']> {
  const { workspaceId, userId } = caller;
  const pairs = await deps.pairs.listOf(workspaceId, userId);
  const people = new Map(
    pairs.map((pair) => partnerOf(pair, userId)).map((one) => [one.userId, one]),
  );
  const partners: HolidaysForm['partners'] = [];
  for (const person of people.values()) {
    const plan = await deps.away.findHolidayPlan({ workspaceId, userId: person.userId });
    const today = localDate(deps.now(), person.zone);
    partners.push({ name: person.name, next: nextHolidays(plan, { today, count: SHOWN }) });
  }
  return partners;
}

/** Saves country, region and corrections of the caller. A company day is offered to each partner. */
export async function saveHolidays(
  deps: FlowDeps,
  o: { caller: Caller; change: HolidaysChange },
): Promise<void> {
  const { caller, change } = o;
  await deps.transact(async (stores) => {
    const now = deps.now();
    await stores.away.lockPerson(caller);
    const { zone } = await openCalendar(stores, { ...caller, now });
    const today = localDate(now, zone);
    const plan = await stores.away.findHolidayPlan(caller);
    await saveArea(stores, { caller, change, plan, now });
    await saveWorked(stores, { caller, change, plan, now });
    if (change.added) await addDay(stores, { caller, added: change.added, plan, today, now });
    await rewriteCalendar(stores, { ...caller, now });
  });
}

async function saveArea(
  stores: Stores,
  o: { caller: Caller; change: HolidaysChange; plan: HolidayPlan; now: DateTime },
): Promise<void> {
  const { country } = o.change;
  if (!country) return;
  // A region belongs to the country that was shown with it.
  const region = country === o.plan.country ? o.change.region : null;
  const years = yearsAround(o.now);
  const result = holidaysFor({ country, ...(region && { region }), years });
  if (!result.ok) {
    const field = result.reason === 'unknown_region' ? 'region' : COUNTRY_FIELD;
    throw new UserFacingError(result.message, { field });
  }
  await stores.away.chooseHolidays(o.caller, {
    country,
    region,
    throughYear: years.at(-1) ?? o.now.year,
  });
}

/** Only dates that the form offered change: others keep their correction. */
async function saveWorked(
  stores: Stores,
  o: { caller: Caller; change: HolidaysChange; plan: HolidayPlan; now: DateTime },
): Promise<void> {
  const { caller, change, plan } = o;
  const names = new Map(daysOff(plan, yearsAround(o.now)).map(({ on, name }) => [on, name]));
  for (const on of change.offered) {
    const existing = plan.corrections.find((one) => one.on === on);
    const isWorked = existing?.isOff === false;
    if (change.worked.includes(on) === isWorked) continue;
    const name = names.get(on) ?? existing?.name ?? formatLocalDate(on);
    const correction =
      isWorked || (existing?.isOff && !isPublic(plan, on))
        ? null
        : { isOff: false, name, isCompany: false };
    await stores.away.correctHoliday(caller, { on, correction });
  }
}

/** Whether the date is off without any correction. */
function isPublic(plan: HolidayPlan, on: LocalDate): boolean {
  const year = Number(on.slice(0, 4));
  return daysOff({ ...plan, corrections: [] }, [year]).some((one) => one.on === on);
}

async function addDay(
  stores: Stores,
  o: {
    caller: Caller;
    added: NonNullable<HolidaysChange['added']>;
    plan: HolidayPlan;
    today: LocalDate;
    now: DateTime;
  },
): Promise<void> {
  const { caller, added } = o;
  const { workspaceId, userId } = caller;
  const date = checkNotPast(added.on, o.today);
  if (!date.ok) throw new UserFacingError(date.message, { field: 'addOn' });
  if (date.value > localDate(o.now.plus({ years: 2 }), 'utc')) {
    throw new UserFacingError('Days off can be added two years ahead. Choose an earlier day.', {
      field: 'addOn',
    });
  }
  const name = added.name ?? (added.isCompany ? 'Company day' : 'Day off');
  const correction = { isOff: true, name, isCompany: added.isCompany };
  await stores.away.correctHoliday(caller, { on: added.on, correction });
  if (!added.isCompany) return;
  for (const pair of await stores.pairs.listOf(workspaceId, userId)) {
    await stores.outbox.show({
      workspaceId,
      pairId: pair.id,
      key: companyDayKey({ pairId: pair.id, userId, on: added.on }),
      purpose: 'card',
      recipient: partnerOf(pair, userId).userId,
      forBoth: true,
      message: buildCompanyDay({ pairId: pair.id, userId, on: added.on, name, isShared: false }),
    });
  }
}

function companyDayKey(o: { pairId: string; userId: string; on: LocalDate }): string {
  return `company-day:${o.pairId}:${o.userId}:${o.on}`;
}

/** Takes the partner's company day over as the caller's own day off. */
export async function shareCompanyDay(
  deps: FlowDeps,
  o: { caller: Caller; pairId: string; userId: string; on: LocalDate },
): Promise<void> {
  const { caller, on } = o;
  await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId: o.pairId, to: 'holidays.share' });
    const { workspaceId } = caller;
    const partner = partnerOf(pair, caller.userId);
    if (partner.userId !== o.userId)
      throw new UserFacingError('This is your own company day: it is off for you already.');
    const plan = await stores.away.findHolidayPlan({ workspaceId, userId: partner.userId });
    const day = plan.corrections.find((one) => one.on === on && one.isOff && one.isCompany);
    if (!day) throw new UserFacingError('Your partner works on this day after all.');
    const now = deps.now();
    await stores.away.lockPerson(caller);
    const correction = { isOff: true, name: day.name, isCompany: true };
    await stores.away.correctHoliday(caller, { on, correction });
    await rewriteCalendar(stores, { ...caller, now });
    const of = { pairId: pair.id, userId: partner.userId, on };
    await stores.outbox.updateIfPosted({
      workspaceId,
      pairId: pair.id,
      key: companyDayKey(of),
      message: buildCompanyDay({ ...of, name: day.name, isShared: true }),
    });
  });
}

/** Countries whose name contains what was typed; names that start with it come first. */
export function searchCountries(typed: string): HolidayArea[] {
  const wanted = typed.trim().toLowerCase();
  const found = listHolidayCountries().filter(
    ({ code, name }) => name.toLowerCase().includes(wanted) || code.toLowerCase() === wanted,
  );
  const starts = (one: HolidayArea) => Number(one.name.toLowerCase().startsWith(wanted));
  return found.toSorted((a, b) => starts(b) - starts(a));
}

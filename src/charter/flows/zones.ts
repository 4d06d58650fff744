import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import { authorize, mayDo } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { Pair } from '../../pairs/index.ts';
import type { Caller } from '../../slack/caller.ts';
import type { LocalDate } from '../../time/wall-clock.ts';
import {
  type Category,
  describeRule,
  describeZoneChanges,
  findCategory,
  MAX_CATEGORIES,
  ruleInForce,
  type ZoneRule,
} from '../domain/zones.ts';
import type { CategoryCarried, CategoryFields, CategoryForm } from '../views/category.ts';
import { buildZoneNotice, type ZonesPage } from '../views/zones.ts';
import { keyOf } from './open.ts';

/** A pair's categories as the caller may see or change them. */
export async function prepareZones(
  stores: Stores & Pick<Deps, 'now'>,
  caller: Caller,
  o: { pairId: string; removed?: Category | null },
): Promise<ZonesPage> {
  const { pair, role } = await authorize(stores, caller, { pairId: o.pairId, to: 'zones.read' });
  const { categories } = await stores.charter.findZones(keyOf(pair));
  return {
    pairId: pair.id,
    categories,
    mayEdit: mayDo(role, 'zones.edit'),
    executiveName: pair.executive.name,
    executiveIsAway: await isExecutiveAway(stores, pair, stores.now()),
    removed: o.removed ?? null,
  };
}

async function isExecutiveAway(
  stores: Pick<Stores, 'away'>,
  pair: Pair,
  at: DateTime,
): Promise<boolean> {
  const { workspaceId } = pair;
  const calendar = await stores.away.findCalendar({ workspaceId, userId: pair.executive.userId });
  return (calendar?.away ?? []).some(({ from, until }) => from <= at && at < until);
}

export type ZoneNow = ZoneRule & {
  category: string;
  isForAbsence: boolean;
  /** 'Do: the EA decides, spends at most 200 USD (while Dana is away)'. Not escaped. */
  words: string;
  /** The same for both cases, where it differs: true also when the executive comes and goes. Not escaped. */
  standing: string;
};

/** What counts for a category of a pair at `now`; null when there is no such category, or nobody has set zones. */
export async function findZone(
  stores: Pick<Stores, 'charter' | 'away'>,
  o: { pair: Pair; category: string | null; now: DateTime },
): Promise<ZoneNow | null> {
  const { pair, now } = o;
  if (o.category === null) return null;
  const { categories, version } = await stores.charter.findZones(keyOf(pair));
  const category = findCategory(categories, o.category);
  if (!category || version === 0) return null;
  const executiveIsAway = category.whenAway !== null && (await isExecutiveAway(stores, pair, now));
  const rule = ruleInForce(category, { executiveIsAway });
  const when = rule.isForAbsence ? ` (while ${pair.executive.name} is away)` : '';
  const away = category.whenAway
    ? `; while ${pair.executive.name} is away: ${describeRule(category.whenAway)}`
    : '';
  return {
    ...rule,
    category: category.name,
    words: `${describeRule(rule)}${when}`,
    standing: `${describeRule(category)}${away}`,
  };
}

/** Names of a pair's categories, in the order in which the executive sees them. */
export async function listCategoryNames(
  stores: Pick<Stores, 'charter'>,
  pair: Pair,
): Promise<string[]> {
  const { categories } = await stores.charter.findZones(keyOf(pair));
  return categories.map(({ name }) => name);
}

/** The form of a category, or an empty one. */
export async function prepareCategory(
  deps: Deps,
  caller: Caller,
  o: { pairId: string; categoryId: string | null },
): Promise<CategoryForm> {
  const { pair } = await authorize(deps, caller, { pairId: o.pairId, to: 'zones.edit' });
  const { version, categories } = await deps.charter.findZones(keyOf(pair));
  const category = categories.find(({ id }) => id === o.categoryId) ?? null;
  if (o.categoryId && !category) throw new UserFacingError(GONE);
  return { pairId: pair.id, version, category };
}

const GONE = 'This category was removed meanwhile. Type /ea-charter zones to see the others.';

/** Saves a new or changed category. */
export async function saveCategory(
  deps: Deps,
  o: { caller: Caller; carried: CategoryCarried; fields: CategoryFields },
): Promise<ZonesPage> {
  const { caller, carried, fields } = o;
  const { pairId, categoryId } = carried;
  return await changeZones(deps, caller, {
    pairId,
    change: (categories, version) => {
      if (version !== carried.version)
        throw new UserFacingError(
          'The zones were changed meanwhile. Go back to the zones and open this again.',
          { field: 'name' },
        );
      checkName(categories, { name: fields.name, except: categoryId });
      if (!categoryId) return [...categories, { ...fields, id: randomUUID() }];
      if (!categories.some(({ id }) => id === categoryId)) throw new UserFacingError(GONE);
      return categories.map((one) => (one.id === categoryId ? { ...fields, id: one.id } : one));
    },
  });
}

function checkName(
  categories: readonly Category[],
  o: { name: string; except: string | null },
): void {
  const same = findCategory(categories, o.name);
  if (same && same.id !== o.except)
    throw new UserFacingError('There is a category with this name already.', { field: 'name' });
  if (!o.except && categories.length >= MAX_CATEGORIES)
    throw new UserFacingError(`There can be at most ${MAX_CATEGORIES} categories.`, {
      field: 'name',
    });
}

/** Removes a category; what was handed over in it keeps its name. */
export async function removeCategory(
  deps: Deps,
  o: { caller: Caller; pairId: string; categoryId: string },
): Promise<ZonesPage> {
  let removed: Category | null = null;
  const page = await changeZones(deps, o.caller, {
    pairId: o.pairId,
    change: (categories) => {
      removed = categories.find(({ id }) => id === o.categoryId) ?? null;
      return categories.filter(({ id }) => id !== o.categoryId);
    },
  });
  return { ...page, removed };
}

export async function restoreCategory(
  deps: Deps,
  o: { caller: Caller; pairId: string; category: Category },
): Promise<ZonesPage> {
  return await changeZones(deps, o.caller, {
    pairId: o.pairId,
    change: (categories) => {
      if (categories.some(({ id }) => id === o.category.id)) return [...categories];
      checkName(categories, { name: o.category.name, except: null });
      return [...categories, o.category];
    },
  });
}

async function changeZones(
  deps: Deps,
  caller: Caller,
  o: {
    pairId: string;
    change: (categories: readonly Category[], version: number) => Category[];
  },
): Promise<ZonesPage> {
  return await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId: o.pairId, to: 'zones.edit' });
    const of = keyOf(pair);
    await stores.charter.lockPair(of);
    const { categories: before, version, told } = await stores.charter.findZones(of);
    const after = o.change(before, version);
    if (describeZoneChanges(before, after).length > 0) {
      const now = deps.now();
      const on = now.setZone(pair.ea.zone).toISODate() ?? '';
      const from = told?.on === on ? told.from : [...before];
      await stores.charter.saveZones(of, {
        categories: after,
        told: { on, from },
        by: caller.userId,
        now,
      });
      await tellEa(stores, { pair, on, lines: describeZoneChanges(from, after) });
    }
    return await prepareZones({ ...stores, now: deps.now }, caller, { pairId: pair.id });
  });
}

/** One message on each of the EA's days, brought up to date with everything that changed on it. */
async function tellEa(
  stores: Stores,
  o: { pair: Pair; on: LocalDate; lines: string[] },
): Promise<void> {
  const { pair, on, lines } = o;
  const { workspaceId, id: pairId, executive, ea } = pair;
  await stores.outbox.show({
    workspaceId,
    pairId,
    key: `zones:${pairId}:${on}`,
    purpose: 'card',
    recipient: ea.userId,
    forBoth: true,
    message: buildZoneNotice({ pairId, executiveId: executive.userId, lines }),
  });
}

import type { LocalDate } from '../../time/wall-clock.ts';

/** How free the EA is in a category: decides alone, asks first, or leaves it to the executive. */
export const ZONES = ['do', 'maybe', 'never'] as const;

export type Zone = (typeof ZONES)[number];

/** Whole units of a currency, such as 200 USD. */
export type SpendingLimit = { amount: number; currency: string };

/** A zone and how much may be spent in it without asking; null when nothing is said about money. */
export type ZoneRule = { zone: Zone; limit: SpendingLimit | null };

/** A kind of work. While the executive is away `whenAway` counts, if there is one. */
export type Category = ZoneRule & { id: string; name: string; whenAway: ZoneRule | null };

export type ZoneList = {
  workspaceId: string;
  pairId: string;
  /** 0 while nobody has changed what every pair starts with. */
  version: number;
  categories: Category[];
  /** The EA's local date of the last notice, and what there was before the first change on it. */
  told: { on: LocalDate; from: Category[] } | null;
};

export const MAX_CATEGORIES = 30;
export const MAX_CATEGORY_NAME = 40;

/** What every pair starts with: nothing is handed over without asking, and nothing is closed. */
export const DEFAULT_CATEGORIES: readonly Category[] = [
  'Calendar',
  'Email',
  'Travel',
  'Meetings',
  'Documents',
  'Research',
  'Purchases',
  'Finance',
  'Events',
  'Personal',
  'Other',
].map((name) => ({
  id: name.toLowerCase(),
  name,
  zone: 'maybe' as const,
  limit: null,
  whenAway: null,
}));

/** The category with this name, whatever its case and spaces; undefined when the pair has none. */
export function findCategory(
  categories: readonly Category[],
  name: string | null,
): Category | undefined {
  if (name === null) return undefined;
  return categories.find((one) => nameKey(one.name) === nameKey(name));
}

function nameKey(name: string): string {
  return name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

/** What counts now for a category, and whether it is the rule for the executive's absence. */
export function ruleInForce(
  category: Category,
  o: { executiveIsAway: boolean },
): ZoneRule & { isForAbsence: boolean } {
  const isForAbsence = o.executiveIsAway && category.whenAway !== null;
  const { zone, limit } = (isForAbsence && category.whenAway) || category;
  return { zone, limit, isForAbsence };
}

export type LimitText = { ok: true; value: SpendingLimit | null } | { ok: false };

/** '200 USD', 'EUR 1,500' or '$200'; empty for no limit. */
export function readLimit(text: string | null): LimitText {
  const typed = (text ?? '').trim();
  if (typed === '') return { ok: true, value: null };
  const match = /^(\D{0,4}?) ?(\d{1,3}(?:[ ,’'.]\d{3})+|\d{1,9}) ?(\D{0,4})$/u.exec(typed);
  if (!match) return { ok: false };
  const [, before = '', digits = '', after = ''] = match;
  const currency = `${before}${after}`.trim().toUpperCase();
  const known = /^(?:[A-Z]{3}|[$€£¥₱₹₩₫฿]|[A-Z]{1,2}\$)$/u.test(currency);
  if ((before.trim() && after.trim()) || !known) return { ok: false };
  return { ok: true, value: { amount: Number(digits.replaceAll(/\D/g, '')), currency } };
}

/** '1,500 USD'. */
export function formatLimit({ amount, currency }: SpendingLimit): string {
  return `${String(amount).replaceAll(/\B(?=(\d{3})+$)/g, ',')} ${currency}`;
}

const ZONE_WORDS: Record<Zone, string> = {
  do: 'Do: the EA decides',
  maybe: 'Maybe: the EA asks first',
  never: 'Never: stays with the executive',
};

export function zoneWords(zone: Zone): string {
  return ZONE_WORDS[zone];
}

/** 'Do: the EA decides, spends at most 200 USD'. */
export function describeRule({ zone, limit }: ZoneRule): string {
  return limit ? `${zoneWords(zone)}, spends at most ${formatLimit(limit)}` : zoneWords(zone);
}

/** How one list differs from another, as lines to read; empty when it does not. */
export function describeZoneChanges(
  before: readonly Category[],
  after: readonly Category[],
): string[] {
  const old = new Map(before.map((one) => [one.id, one]));
  const kept = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((one) => {
      const was = old.get(one.id);
      const now = describeCategory(one);
      if (!was) return [`New: ${now}`];
      return describeCategory(was) === now ? [] : [`${describeCategory(was)} → ${now}`];
    }),
    ...before.filter(({ id }) => !kept.has(id)).map(({ name }) => `Removed: ${name}`),
  ];
}

export function describeCategory(category: Category): string {
  const away = category.whenAway
    ? `; while the executive is away: ${describeRule(category.whenAway)}`
    : '';
  return `${category.name}: ${describeRule(category)}${away}`;
}

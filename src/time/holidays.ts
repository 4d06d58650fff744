import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import { DAY_MS, dayOf, formatDay } from './local-date.ts';
import type { LocalDate } from './wall-clock.ts';
import type { WorkingCalendar } from './working-time.ts';

/** A country's code ('PH'), a region's code within it ('BY', or 'BY-A' for a part of one), and corrections. */
export type HolidayRequest = {
  country: string;
  region?: string;
  years: readonly number[];
  /** Days off that the calendar does not know, or names differently. */
  added?: Record<LocalDate, string>;
  /** Days that are worked all the same. */
  removed?: readonly LocalDate[];
};

/** The name of each day off by date, or the sentence that says why there are none. */
export type HolidayResult =
  | { ok: true; holidays: Record<LocalDate, string> }
  | { ok: false; reason: 'unknown_country' | 'unknown_region' | 'no_data'; message: string };

export type HolidayArea = { code: string; name: string };

const load = createRequire(import.meta.url);

/** The world's holidays take 20 MB of memory, so they are loaded when somebody first asks for them. */
function loadHolidays(): typeof Holidays {
  return load('date-holidays') as typeof Holidays;
}

function toAreas(names: Record<string, string> | undefined): HolidayArea[] {
  return Object.entries(names ?? {})
    .map(([code, name]) => ({ code, name }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Countries whose holidays are known, by English name. */
export function listHolidayCountries(): HolidayArea[] {
  return toAreas(new (loadHolidays())().getCountries('en'));
}

/** Regions of a country that differ in holidays, parts of regions as 'BY-A'. Empty where all are alike. */
export function listHolidayRegions(country: string): HolidayArea[] {
  const source = new (loadHolidays())();
  return toAreas(source.getStates(country, 'en')).flatMap((state) => [
    state,
    ...toAreas(source.getRegions(country, state.code, 'en')).map((part) => ({
      code: `${state.code}-${part.code}`,
      name: `${state.name}, ${part.name}`,
    })),
  ]);
}

function publicHolidays(request: HolidayRequest): Map<LocalDate, string> {
  const [state, part] = (request.region ?? '').split('-');
  const place = {
    country: request.country,
    ...(state ? { state } : {}),
    ...(part ? { region: part } : {}),
  };
  const source = new (loadHolidays())(place, { types: ['public'] });
  const found = new Map<LocalDate, string>();
  for (const year of request.years) {
    for (const holiday of source.getHolidays(year, 'en')) {
      // A holiday from noon or later leaves the morning: it is no day off.
      if (!holiday.date.startsWith('00:00:00', 11)) continue;
      const first = dayOf(holiday.date.slice(0, 10));
      const length = Math.floor((holiday.end.getTime() - holiday.start.getTime()) / DAY_MS);
      for (let day = first; day < first + Math.max(1, length); day += 1) {
        const on = formatDay(day);
        const named = found.get(on);
        found.set(on, named && named !== holiday.name ? `${named}, ${holiday.name}` : holiday.name);
      }
    }
  }
  return found;
}

function refusal(request: HolidayRequest): HolidayResult | null {
  const country = listHolidayCountries().find(({ code }) => code === request.country);
  if (!country) {
    return {
      ok: false,
      reason: 'unknown_country',
      message: `There is no holiday calendar for the country “${request.country}”. Add the days off by hand.`,
    };
  }
  const regions = listHolidayRegions(request.country);
  if (request.region !== undefined && !regions.some(({ code }) => code === request.region)) {
    return {
      ok: false,
      reason: 'unknown_region',
      message: `There is no holiday calendar for the region “${request.region}” of ${country.name}. Choose another region, or the whole country.`,
    };
  }
  return null;
}

/** Public holidays with their substitute days, corrected. Estimated dates, such as those of Eid, are as good as the source. A country without data is refused, never taken for one without holidays. */
export function holidaysFor(request: HolidayRequest): HolidayResult {
  const refused = refusal(request);
  if (refused) return refused;
  const found = publicHolidays(request);
  if (found.size === 0 && request.years.length > 0) {
    return {
      ok: false,
      reason: 'no_data',
      message: `The holiday calendar for “${request.country}” has no days in ${request.years.join(', ')}. Add the days off by hand.`,
    };
  }
  for (const on of request.removed ?? []) found.delete(on);
  for (const [on, name] of Object.entries(request.added ?? {}))
    found.set(formatDay(dayOf(on)), name);
  const dates = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { ok: true, holidays: Object.fromEntries(dates) };
}

/** Holidays as exceptions of a working calendar: nobody works on them. Hours set by hand for a date win. */
export function holidayExceptions(
  holidays: Record<LocalDate, string>,
  own: WorkingCalendar['exceptions'] = {},
): Record<LocalDate, [string, string][]> {
  const closed = Object.keys(holidays).map((on): [LocalDate, [string, string][]] => [on, []]);
  return { ...Object.fromEntries(closed), ...own };
}

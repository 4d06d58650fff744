import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import {
  type HolidayRequest,
  holidayExceptions,
  holidaysFor,
  listHolidayCountries,
  listHolidayRegions,
} from '../../src/time/holidays.ts';
import { type WorkingCalendar, workingTimeBetween } from '../../src/time/working-time.ts';

function holidays(request: HolidayRequest): Record<string, string> {
  const result = holidaysFor(request);
  if (!result.ok) throw new Error(result.message);
  return result.holidays;
}

describe('holidays', () => {
  test('of the United States include the days given instead of a weekend', () => {
    expect(holidays({ country: 'US', years: [2027] })).toMatchObject({
      '2027-07-04': 'Independence Day',
      '2027-07-05': 'Independence Day (substitute day)',
      '2027-11-25': 'Thanksgiving Day',
    });
  });

  test('of the Philippines can be corrected when Eid is proclaimed for another day', () => {
    const estimated = holidays({ country: 'PH', years: [2026] });
    expect(estimated['2026-03-20']).toBe('End of Ramadan (Eid al-Fitr)');
    const corrected = holidays({
      country: 'PH',
      years: [2026],
      removed: ['2026-03-20'],
      added: { '2026-03-21': 'Eid al-Fitr' },
    });
    expect(corrected).toEqual({
      ...Object.fromEntries(Object.entries(estimated).filter(([on]) => on !== '2026-03-20')),
      '2026-03-21': 'Eid al-Fitr',
    });
  });

  test('that last several days close each of them', () => {
    const found = holidays({ country: 'TR', years: [2026] });
    const bayram = Object.keys(found).filter((on) => on.startsWith('2026-05-2'));
    expect(bayram).toEqual(['2026-05-27', '2026-05-28', '2026-05-29']);
    expect(found['2026-05-30']).toBe(found['2026-05-27']);
    expect(found['2026-05-31']).toBeUndefined();
  });

  test('that begin at noon leave the day a working day', () => {
    expect(holidays({ country: 'IS', years: [2026] })['2026-12-24']).toBeUndefined();
  });

  test('differ by region and by part of a region', () => {
    const years = [2026];
    const country = Object.keys(holidays({ country: 'DE', years })).length;
    const state = Object.keys(holidays({ country: 'DE', region: 'BY', years })).length;
    const city = Object.keys(holidays({ country: 'DE', region: 'BY-A', years })).length;
    expect(state).toBeGreaterThan(country);
    expect(city).toBeGreaterThan(state);
  });

  test('of several years come in order', () => {
    const dates = Object.keys(holidays({ country: 'GB', years: [2027, 2026] }));
    expect(dates).toEqual(dates.toSorted());
    expect(dates.filter((on) => on.startsWith('2027')).length).toBeGreaterThan(4);
  });

  test('can be chosen by country and region', () => {
    expect(listHolidayCountries()).toContainEqual({ code: 'PH', name: 'Philippines' });
    expect(listHolidayRegions('US')).toContainEqual({ code: 'CA', name: 'California' });
    expect(listHolidayRegions('DE')).toContainEqual({
      code: 'BY-A',
      name: 'Bayern, Stadt Augsburg',
    });
    expect(listHolidayRegions('XX')).toEqual([]);
  });

  test.each<[HolidayRequest, string, string]>([
    [
      { country: 'XX', years: [2026] },
      'unknown_country',
      'There is no holiday calendar for the country “XX”. Add the days off by hand.',
    ],
    [
      { country: 'DE', region: 'XX', years: [2026] },
      'unknown_region',
      'There is no holiday calendar for the region “XX” of Germany. Choose another region, or the whole country.',
    ],
  ])(
    'of a place without data are refused, never taken for none: %j',
    (request, reason, message) => {
      expect(holidaysFor(request)).toEqual({ ok: false, reason, message });
    },
  );

  test('become days without work, unless hours were set for that date by hand', () => {
    const exceptions = holidayExceptions(holidays({ country: 'PH', years: [2026] }), {
      '2026-05-01': [['09:00', '10:00']],
    });
    const calendar: WorkingCalendar = {
      zone: 'Asia/Manila',
      weekly: { thu: [['09:00', '17:00']], fri: [['09:00', '17:00']] },
      exceptions,
    };
    const from = DateTime.fromISO('2026-04-27', { zone: 'Asia/Manila' });
    expect(workingTimeBetween(calendar, from, from.plus({ weeks: 1 }))).toBe(9 * 3_600_000);
    const easter = DateTime.fromISO('2026-03-30', { zone: 'Asia/Manila' });
    expect(workingTimeBetween(calendar, easter, easter.plus({ weeks: 1 }))).toBe(0);
  });
});

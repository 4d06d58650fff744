import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import {
  daysOff,
  type HolidayPlan,
  nextHolidays,
  planExceptions,
  yearsAround,
} from '../../src/away/domain/holidays.ts';

const NOW = DateTime.fromISO('2026-11-23T00:00:00Z');

function plan(changes: Partial<HolidayPlan> = {}): HolidayPlan {
  return { country: 'PH', region: null, corrections: [], ...changes };
}

const off = (on: string, name: string) => ({ on, name, isOff: true, isCompany: false });
const worked = (on: string) => ({ on, name: 'worked', isOff: false, isCompany: false });

describe('the days off of a person', () => {
  test('are the public holidays of the country, in order', () => {
    const next = nextHolidays(plan(), { today: '2026-11-23', count: 3 });
    expect(next.map(({ on }) => on)).toEqual(['2026-11-30', '2026-12-25', '2026-12-30']);
  });

  test('include added days and leave out those that are worked', () => {
    const corrected = plan({
      corrections: [off('2026-12-24', 'Company day'), worked('2026-12-25')],
    });
    const next = nextHolidays(corrected, { today: '2026-11-23', count: 3 });
    expect(next).toEqual([
      { on: '2026-11-30', name: 'Bonifacio Day' },
      { on: '2026-12-24', name: 'Company day' },
      { on: '2026-12-30', name: 'Rizal Day' },
    ]);
  });

  test('differ by region', () => {
    const alabama = daysOff(plan({ country: 'US', region: 'AL' }), [2026]).map(({ on }) => on);
    const all = daysOff(plan({ country: 'US' }), [2026]).map(({ on }) => on);
    expect(alabama).not.toEqual(all);
  });

  test.each([null, 'XX'])('without data for the country %s are only the added ones', (country) => {
    const added = plan({ country, corrections: [off('2026-12-24', 'Company day')] });
    expect(daysOff(added, [2026])).toEqual([{ on: '2026-12-24', name: 'Company day' }]);
  });
});

test('the calendar holds last year, this one and the next two', () => {
  expect(yearsAround(NOW)).toEqual([2025, 2026, 2027, 2028]);
  const exceptions = planExceptions(plan(), NOW);
  const years = new Set(Object.keys(exceptions).map((on) => on.slice(0, 4)));
  expect([...years]).toEqual(['2025', '2026', '2027', '2028']);
  expect(exceptions['2026-12-25']).toEqual([]);
});

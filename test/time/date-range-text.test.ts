import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readDateRange } from '../../src/time/date-range-text.ts';
import { dayOf, formatDay } from '../../src/time/local-date.ts';

/** A Monday. */
const TODAY = '2026-11-23';

function read(text: string, today = TODAY): string {
  const result = readDateRange(text, today);
  if (!result.ok) return result.message;
  const { first, last, startsAtMidday, endsAtMidday, rest } = result.value;
  const from = startsAtMidday ? `${first} midday` : first;
  const until = endsAtMidday ? `${last} midday` : last;
  return `${from} to ${until}${rest && ` (${rest})`}`;
}

describe('what people write becomes the days they mean', () => {
  test.each([
    ['today', '2026-11-23 to 2026-11-23'],
    ['tomorrow', '2026-11-24 to 2026-11-24'],
    ['24 Dec', '2026-12-24 to 2026-12-24'],
    ['1st of december', '2026-12-01 to 2026-12-01'],
    ['may 3', '2027-05-03 to 2027-05-03'],
    ['2027-02-10', '2027-02-10 to 2027-02-10'],
    ['24.12.2026', '2026-12-24 to 2026-12-24'],
    ['friday', '2026-11-27 to 2026-11-27'],
    ['next friday', '2026-12-04 to 2026-12-04'],
    ['in 3 days', '2026-11-26 to 2026-11-26'],
    ['24 Dec to 2 Jan', '2026-12-24 to 2027-01-02'],
    ['24-28 December', '2026-12-24 to 2026-12-28'],
    ['1st to 5th of december', '2026-12-01 to 2026-12-05'],
    ['Dec 24 through Dec 28', '2026-12-24 to 2026-12-28'],
    ['28 Dec to 2 Jan 2027', '2026-12-28 to 2027-01-02'],
    ['2026-12-24 to 2027-01-02', '2026-12-24 to 2027-01-02'],
    ['monday to friday', '2026-11-23 to 2026-11-27'],
    ['friday to monday', '2026-11-27 to 2026-11-30'],
    ['until friday', '2026-11-23 to 2026-11-27'],
    ['today until friday', '2026-11-23 to 2026-11-27'],
    ['this week', '2026-11-23 to 2026-11-29'],
    ['next week', '2026-11-30 to 2026-12-06'],
    ['2 days', '2026-11-23 to 2026-11-24'],
    ['3 days from monday', '2026-11-23 to 2026-11-25'],
    ['friday for three days', '2026-11-27 to 2026-11-29'],
    ['for 2 weeks starting tomorrow', '2026-11-24 to 2026-12-07'],
    ['friday afternoon', '2026-11-27 midday to 2026-11-27'],
    ['friday pm', '2026-11-27 midday to 2026-11-27'],
    ['friday morning', '2026-11-27 to 2026-11-27 midday'],
    ['half day friday', '2026-11-27 midday to 2026-11-27'],
    ['this afternoon', '2026-11-23 midday to 2026-11-23'],
    ['tomorrow afternoon to friday', '2026-11-24 midday to 2026-11-27'],
    ['monday afternoon to thursday morning', '2026-11-23 midday to 2026-11-26 midday'],
    ['tomorrow dentist', '2026-11-24 to 2026-11-24 (dentist)'],
    ['24 Dec - 2 Jan family visit', '2026-12-24 to 2027-01-02 (family visit)'],
    ['yesterday', '2026-11-22 to 2026-11-22'],
    ['24 Dec 2025 to 2 Jan 2026', '2025-12-24 to 2026-01-02'],
  ])('%s', (text, days) => {
    expect(read(text)).toBe(days);
  });

  test('a leap day is the next one that there is', () => {
    expect(read('29 Feb 2028')).toBe('2028-02-29 to 2028-02-29');
  });

  test('31 December and 1 January are read on either side of the year', () => {
    expect(read('1 jan', '2026-12-31')).toBe('2027-01-01 to 2027-01-01');
    expect(read('tomorrow', '2026-12-31')).toBe('2027-01-01 to 2027-01-01');
  });
});

describe('what is no date is said in a sentence', () => {
  test.each([
    ['31 Feb', 'There is no 31 February 2026: that month has 28 days.'],
    ['24 Dec to 31 feb 2027', 'There is no 31 February 2027: that month has 28 days.'],
    ['2026-02-31', 'There is no 31 February 2026: that month has 28 days.'],
    ['dec 32', 'There is no 32 December 2026: that month has 31 days.'],
    ['29 february 2027', 'There is no 29 February 2027: that month has 28 days.'],
  ])('%s', (text, message) => {
    expect(read(text)).toBe(message);
  });

  test.each(['nonsense', '', '25:00', 'morgen', '24 décembre', '<!channel>', '🎉'])(
    '“%s” is not guessed',
    (text) => {
      expect(read(text)).toContain(`I could not read “${text}” as a date.`);
    },
  );

  test('two separate days are named, not merged', () => {
    expect(read('tomorrow and friday')).toContain('found “tomorrow” and “friday”');
  });

  test('a very long text is shortened in the sentence', () => {
    expect(read('x'.repeat(3000)).length).toBeLessThan(250);
  });
});

test('every date reads back as itself, written three ways, on whatever day', () => {
  const day = fc.integer({ min: dayOf('2026-01-01'), max: dayOf('2034-12-31') });
  const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  fc.assert(
    fc.property(day, day, (on, today) => {
      const date = formatDay(on);
      const [year, month, number] = date.split('-').map(Number);
      const name = months[(month ?? 1) - 1];
      const expected = `${date} to ${date}`;
      const now = formatDay(today);
      expect(read(date, now)).toBe(expected);
      expect(read(`${number} ${name} ${year}`, now)).toBe(expected);
      expect(read(`${name} ${number}, ${year}`, now)).toBe(expected);
    }),
    { numRuns: 300 },
  );
});

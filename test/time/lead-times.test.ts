import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatLeadTimes, readLeadTimes } from '../../src/time/lead-times.ts';

test.each([
  ['1 day, 2 h', '1 day, 2 h'],
  ['2h and a day', '1 day, 2 h'],
  ['30 min; 3 days before; 1 h 30', '3 days, 1 h 30 min, 30 min'],
  ['an hour', '1 h'],
  ['60 min, 1 h', '1 h'],
  ['2 working days', '2 days'],
  ['  ', ''],
])('understands “%s”', (typed, expected) => {
  const read = readLeadTimes(typed);
  expect(read.ok && formatLeadTimes(read.value)).toBe(expected);
});

test.each([
  ['soon', 'I do not understand “soon”.'],
  ['11 days', 'at most 10 days'],
  ['41 h', 'or 40 h of working time'],
  ['1 day, 2', 'I do not understand “2”.'],
  ['0 min', 'I do not understand “0 min”.'],
  ['1 h, 2 h, 3 h, 4 h', 'Choose at most 3 times.'],
])('says what is wrong with “%s”', (typed, sentence) => {
  const read = readLeadTimes(typed);
  expect(!read.ok && read.message).toContain(sentence);
});

test('what is shown is understood again as the same', () => {
  const LeadTime = fc.oneof(
    fc.record({ days: fc.integer({ min: 1, max: 10 }) }),
    fc.record({ minutes: fc.integer({ min: 1, max: 2400 }) }),
  );
  fc.assert(
    fc.property(fc.array(LeadTime, { maxLength: 3 }), (times) => {
      const shown = formatLeadTimes(times);
      const read = readLeadTimes(shown);
      const again = read.ok ? readLeadTimes(formatLeadTimes(read.value)) : read;
      expect(read.ok).toBe(true);
      expect(again).toEqual(read);
    }),
  );
});

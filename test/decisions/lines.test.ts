import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matchLines, readLines, sameness } from '../../src/decisions/domain/lines.ts';

describe('the lines of a check-in', () => {
  test.each<[string, { question: string; options: string[] }[]]>([
    ['Book the flight?', [{ question: 'Book the flight?', options: [] }]],
    ['Which seat? aisle / window', [{ question: 'Which seat?', options: ['aisle', 'window'] }]],
    [
      '1) Which seat? (aisle / window)',
      [{ question: 'Which seat?', options: ['aisle', 'window'] }],
    ],
    ['Aisle or window?', [{ question: 'Aisle or window?', options: ['Aisle', 'window'] }]],
    ['Should I book or wait?', [{ question: 'Should I book or wait?', options: [] }]],
    ['Is it on or off?', [{ question: 'Is it on or off?', options: [] }]],
    [
      '- one\n• two\n\n   \n',
      [
        { question: 'one', options: [] },
        { question: 'two', options: [] },
      ],
    ],
    ['none', []],
    ['No.', []],
    ['n/a', []],
    ['---', []],
    ['Same?\nsame ?', [{ question: 'Same?', options: [] }]],
    ['Pick? a / A', [{ question: 'Pick? a / A', options: [] }]],
  ])('%j', (text, expected) => {
    expect(readLines(text)).toEqual(expected);
  });

  test('however they are edited, nothing is asked twice and no answer is lost', () => {
    const word = fc.constantFrom('alpha?', 'beta?', 'gamma?', 'delta?', 'none');
    const text = fc.array(word, { maxLength: 5 }).map((lines) => lines.join('\n'));
    const state = fc.constantFrom(
      'open',
      'expired',
      'needs_more',
      'answered',
      'acted',
      'withdrawn',
    );
    fc.assert(
      fc.property(text, text, fc.array(state, { minLength: 5, maxLength: 5 }), (a, b, states) => {
        const before = readLines(a).map((line, index) => ({
          ...line,
          id: String(index),
          state: states[index] ?? ('open' as const),
        }));
        const lines = readLines(b);
        const { add, reword, withdraw } = matchLines(before, lines);
        const touched = [...reword.map(({ decision }) => decision), ...withdraw];
        expect(new Set(touched).size).toBe(touched.length);
        expect(touched.every(({ state: one }) => one === 'open' || one === 'expired')).toBe(true);
        const kept = before.filter((one) => !touched.includes(one)).map(sameness);
        const result = [...kept, ...reword.map(({ line }) => sameness(line)), ...add.map(sameness)];
        expect(new Set(result).size).toBe(result.length);
        for (const line of lines) expect(result).toContain(sameness(line));
      }),
    );
  });
});

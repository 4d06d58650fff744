import { describe, expect, test } from '@jest/globals';
import {
  type HandoffReport,
  isReported,
  listOf,
  MAX_LINES,
} from '../../src/bridge/domain/handoff.ts';

const report = (text: string): HandoffReport[] => [
  { dueOn: '2026-03-02', parts: [{ label: 'Planned next', text }] },
];

describe('a task that the check-in names', () => {
  test.each([
    ['by its number', 'On it: #7 tomorrow', true],
    ['by its title alone', '- book the  Flights!', true],
    ['among other lines', 'The visa\nBook the flights\nThe car', true],
    ['by a longer number', 'On it: #71', false],
    ['by a part of another sentence', 'Asked who can book the flights', false],
    ['beyond what is shown', `${'x'.repeat(600)}\nBook the flights`, false],
  ])('%s', (_, text, expected) => {
    expect(isReported(report(text), { number: 7, title: 'Book the flights' })).toBe(expected);
  });
});

test('a long list is counted, not shown', () => {
  const lines = Array.from({ length: 11 }, (_, index) => ({ text: `${index}`, outcome: null }));
  const list = listOf(lines, { more: 30, isMore: false });
  expect([list.lines.length, list.more]).toEqual([MAX_LINES, 33]);
});

import { expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { findMisspelt } from '../../../src/time/phrases/misspelt.ts';
import { findWhen } from '../../../src/time/phrases/when.ts';

test.each([
  ['fryday', 'Friday'],
  ['monday to wensday', 'Wednesday'],
  ['buy milk tomorow', 'tomorrow'],
  ['every tusday and friday', 'Tuesday'],
  ['Saterday', 'Saturday'],
])('“%s” has a word that nearly says when: %s is meant', (text, meant) => {
  expect(findMisspelt(text)?.meant).toBe(meant);
});

test.each([
  'friday',
  'every Monday and Thursdays',
  'pay the money back',
  'watch the match in March',
  'sunny day at the beach',
  'midday call with Freda',
  '',
])('“%s” is left as it is', (text) => {
  expect(findMisspelt(text)).toBeNull();
});

test('a time that no clock has is named, wherever it stands, and nothing else takes its place', () => {
  const context = { now: DateTime.fromISO('2026-03-05T15:20:00Z'), zone: 'America/New_York' };
  for (const typed of ['call Bob tomorrow at 25:00', 'call Bob at 25:00 tomorrow']) {
    const { when, text } = findWhen(typed, context);
    expect([text, when?.ok === false && when.message]).toEqual([
      'call Bob',
      '“25:00” is not a time. Write it as HH:mm, from 00:00 to 23:59.',
    ]);
  }
});

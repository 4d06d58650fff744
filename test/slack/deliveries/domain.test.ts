import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_ATTEMPTS, nextStep, retryDelaySeconds } from '../../../src/slack/deliveries/domain.ts';

describe('waiting before the next attempt', () => {
  test('doubles from two seconds up to half an hour', () => {
    expect([1, 2, 3, 10, 11, 50].map((attempt) => retryDelaySeconds(attempt, 0))).toEqual([
      2, 4, 8, 1024, 1800, 1800,
    ]);
  });

  test('is never less than three quarters of that, nor less than a second', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (attempt, random) => {
          const full = Math.min(2 ** attempt, 1800);
          const delay = retryDelaySeconds(attempt, random);
          expect(delay).toBeLessThanOrEqual(full);
          expect(delay).toBeGreaterThanOrEqual(Math.max(1, Math.floor(full * 0.75)));
        },
      ),
    );
  });

  test('adds up to about a day before it is given up', () => {
    let seconds = 0;
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt += 1)
      seconds += retryDelaySeconds(attempt, 0.5);
    expect(seconds / 3600).toBeGreaterThan(20);
    expect(seconds / 3600).toBeLessThan(26);
  });
});

describe('after an attempt', () => {
  const sure = (attempts: number) => ({ attempts, uncertain: false });

  test('to look for a message that was put off, the message is still to be looked for', () => {
    const limited = { type: 'limited', method: 'conversations.history', seconds: 7 } as const;
    for (const outcome of [limited, { type: 'handed_back' } as const])
      expect(nextStep({ attempts: 2, uncertain: true }, outcome, 0).state).toBe('uncertain');
  });

  test('that nobody answered, the message is looked for, though not at once', () => {
    const step = nextStep(sure(1), { type: 'uncertain', error: 'no_answer' }, 0);
    expect(step).toMatchObject({ state: 'uncertain', waitSeconds: 45, attempts: 1 });
  });

  test('that Slack put off or that was not begun, the attempt does not count', () => {
    const limited = { type: 'limited', method: 'chat.postMessage', seconds: 7 } as const;
    expect(nextStep(sure(5), limited, 0)).toMatchObject({ waitSeconds: 7, attempts: 4 });
    expect(nextStep(sure(1), { type: 'handed_back' }, 0)).toMatchObject({
      state: 'pending',
      waitSeconds: 0,
      attempts: 0,
    });
  });

  test('that was the last one, it is a dead letter with the reason', () => {
    const outcome = { type: 'retry', error: 'ECONNREFUSED' } as const;
    expect(nextStep(sure(MAX_ATTEMPTS), outcome, 0)).toEqual({
      state: 'failed',
      error: 'ECONNREFUSED',
    });
    expect(nextStep(sure(MAX_ATTEMPTS - 1), outcome, 0).state).toBe('pending');
  });
});

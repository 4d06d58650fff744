import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DateTime } from 'luxon';
import {
  choicesOf,
  type Decision,
  isOver,
  isWaiting,
} from '../../src/decisions/domain/decision.ts';
import { applyEvent, type DecisionEvent } from '../../src/decisions/domain/transitions.ts';
import { askedDecision, clocksOf, utc } from './calendars.ts';

const calendars = clocksOf();

function after(decision: Decision, event: DecisionEvent, at: string): Decision {
  const result = applyEvent(decision, event, { calendars, now: utc(at) });
  if (!result.ok) throw new Error(result.message);
  return result.decision;
}

const refusal = (decision: Decision, event: DecisionEvent, at: string) => {
  const result = applyEvent(decision, event, { calendars, now: utc(at) });
  return result.ok ? null : result.message;
};

const yes = { type: 'answer', choice: 'yes', revision: 1 } as const;
const no = { type: 'answer', choice: 'no', revision: 1 } as const;

describe('what becomes of a decision', () => {
  test('an answer ends the wait, counted in the working time of each', () => {
    const answered = after(askedDecision(), yes, '2026-03-03T16:30:00Z');
    expect(answered).toMatchObject({ state: 'answered', choice: 'yes', waitingSince: null });
    expect(answered.responseSeconds).toBe(2.5 * 3600);
    expect(answered.blockedSeconds).toBe(7 * 3600);
  });

  test('time in which the EA owes an explanation is no wait', () => {
    const more = { type: 'ask_more', missing: 'Which airline?', revision: 1 } as const;
    const asked = after(askedDecision(), more, '2026-03-03T15:00:00Z');
    const deadlineAt = utc('2026-03-04T22:00:00Z');
    const added = after(
      asked,
      { type: 'add_more', added: 'PAL', deadlineAt },
      '2026-03-04T02:00:00Z',
    );
    expect(added).toMatchObject({ state: 'open', added: 'PAL', shownAt: null });
    expect(added.deadlineAt.equals(deadlineAt)).toBe(true);
    const answered = after(added, no, '2026-03-04T15:00:00Z');
    expect(answered.responseSeconds).toBe(2 * 3600);
    expect(answered.blockedSeconds).toBe(7 * 3600 + 7 * 3600);
  });

  test('without an answer the default holds from the deadline, and both are told', () => {
    const decision = askedDecision({ defaultChoice: 'no' });
    const lapsed = after(decision, { type: 'lapse' }, '2026-03-04T03:00:00Z');
    expect(lapsed).toMatchObject({ state: 'defaulted', choice: 'no' });
    expect(lapsed.answeredAt?.equals(decision.deadlineAt)).toBe(true);
    expect(lapsed.eaNewsAt).not.toBeNull();
    expect(lapsed.executiveNewsAt).not.toBeNull();
    expect(lapsed.responseSeconds).toBe(8 * 3600);
  });

  test('without a default the wait goes on after the deadline, and a late answer counts', () => {
    const expired = after(askedDecision(), { type: 'lapse' }, '2026-03-03T22:00:00Z');
    expect(expired).toMatchObject({ state: 'expired', choice: null });
    expect(expired.waitingSince).not.toBeNull();
    expect(after(expired, yes, '2026-03-04T15:00:00Z').responseSeconds).toBe(9 * 3600);
  });

  test('an answer taken back before the EA heard of it leaves no news', () => {
    const answered = after(askedDecision(), yes, '2026-03-03T15:00:00Z');
    const open = after(answered, { type: 'take_back' }, '2026-03-03T15:01:00Z');
    expect(open).toMatchObject({ state: 'open', choice: null, eaNewsAt: null });
    const told = after(
      { ...answered, eaNewsAt: null },
      { type: 'take_back' },
      '2026-03-04T15:01:00Z',
    );
    expect(told).toMatchObject({ state: 'expired' });
    expect(told.eaNewsAt).not.toBeNull();
  });

  test.each<[string, Partial<Decision>, DecisionEvent, string]>([
    ['an answer after it was acted on', { state: 'acted', choice: 'no' }, yes, 'acted on already'],
    ['an answer to a withdrawn one', { state: 'withdrawn' }, yes, 'was withdrawn'],
    ['an answer to another wording', { revision: 2 }, yes, 'was changed meanwhile'],
    [
      'an option that there is not',
      { options: ['a', 'b'] },
      { type: 'answer', choice: '3', revision: 1 },
      'was changed meanwhile',
    ],
    ['acting on what is open', {}, { type: 'act' }, 'no answer to act on'],
    [
      'withdrawing what is answered',
      { state: 'answered', choice: 'no' },
      { type: 'withdraw' },
      'answered already',
    ],
    [
      'adding where nothing is missing',
      {},
      { type: 'add_more', added: 'x', deadlineAt: utc('2026-03-05T00:00:00Z') },
      'Nothing more is asked',
    ],
  ])('%s is refused with a sentence', (...[, changes, event, sentence]) => {
    expect(refusal(askedDecision(changes), event, '2026-03-03T15:00:00Z')).toContain(sentence);
  });
});

const anyEvent: fc.Arbitrary<(now: DateTime) => DecisionEvent> = fc.oneof(
  fc
    .record({
      choice: fc.constantFrom('yes', 'no', '1', '2', '7', ''),
      revision: fc.constantFrom(1, 2),
    })
    .map((one) => () => ({ type: 'answer' as const, ...one })),
  fc
    .constantFrom('a', 'b')
    .map((missing) => () => ({ type: 'ask_more' as const, missing, revision: 1 })),
  fc.constant(() => ({ type: 'take_back' as const })),
  fc.constantFrom('a', 'b').map((added) => (now: DateTime) => ({
    type: 'add_more' as const,
    added,
    deadlineAt: now.plus({ hours: 20 }),
  })),
  fc.constant(() => ({ type: 'act' as const })),
  fc.constant(() => ({ type: 'withdraw' as const })),
  fc.constant(() => ({ type: 'lapse' as const })),
);

test('no sequence of presses by either side, in any order and doubled, reaches an impossible state', () => {
  const steps = fc.array(
    fc.record({ event: anyEvent, minutes: fc.nat(900), doubled: fc.boolean() }),
    { maxLength: 25 },
  );
  const start = fc.record({
    options: fc.constantFrom<string[]>([], ['aisle', 'window']),
    hasDefault: fc.boolean(),
  });
  fc.assert(
    fc.property(start, steps, ({ options, hasDefault }, list) => {
      const [first = null] = choicesOf({ options });
      let decision = askedDecision({ options, defaultChoice: hasDefault ? first : null });
      let now = decision.askedAt;
      for (const { event, minutes, doubled } of list) {
        now = now.plus({ minutes });
        const apply = (to: Decision) => applyEvent(to, event(now), { calendars, now });
        const result = apply(decision);
        const next = result.ok ? result.decision : decision;
        if (result.ok && doubled) {
          const again = apply(next);
          const changed = again.ok && again.decision !== next;
          expect(changed).toBe(false);
        }
        expectPossible(next);
        expect(next.responseSeconds).toBeGreaterThanOrEqual(decision.responseSeconds);
        expect(next.blockedSeconds).toBeGreaterThanOrEqual(decision.blockedSeconds);
        if (isOver(decision.state)) expect(next).toBe(decision);
        if (next !== decision) expect(next.version).toBe(decision.version + 1);
        decision = next;
      }
    }),
    { numRuns: 400 },
  );
});

function expectPossible(decision: Decision): void {
  const { state, choice, waitingSince, missing, answeredAt } = decision;
  const hasAnswer = ['answered', 'defaulted', 'acted'].includes(state);
  expect(choice !== null).toBe(hasAnswer);
  expect(answeredAt !== null).toBe(hasAnswer);
  expect(waitingSince !== null).toBe(isWaiting(state));
  if (state === 'needs_more') expect(missing).not.toBeNull();
  if (choice !== null) expect(choicesOf(decision)).toContain(choice);
  if (isOver(state)) expect([decision.eaNewsAt, decision.executiveNewsAt]).toContain(null);
}

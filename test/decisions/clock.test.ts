import { describe, expect, test } from '@jest/globals';
import {
  nextStepAt,
  plannedSteps,
  reminderTimes,
  suggestDeadline,
} from '../../src/decisions/domain/clock.ts';
import type { Decision } from '../../src/decisions/domain/decision.ts';
import { tallyWaits } from '../../src/decisions/domain/tally.ts';
import { askedDecision, clocksOf, utc, weekdays } from './calendars.ts';

const iso = (
  decision: Decision,
  step: string,
  { clocks = clocksOf(), now = decision.askedAt } = {},
) =>
  plannedSteps(decision, clocks, now)
    .filter((one) => one.step === step)
    .map(({ at }) => at.toUTC().toISO({ suppressMilliseconds: true }));

describe('when a decision is shown', () => {
  test('at the work start of the executive, a minute after the check-in', () => {
    expect(iso(askedDecision(), 'show')).toEqual(['2026-03-03T14:01:00Z']);
  });

  test('at once when it is urgent, unless the executive does not accept that', () => {
    const urgent = askedDecision({ urgent: true });
    expect(iso(urgent, 'show')).toEqual(['2026-03-03T02:00:00Z']);
    const strict = { ...clocksOf(), acceptsUrgent: { executive: false, ea: true } };
    expect(iso(urgent, 'show', { clocks: strict })).toEqual(['2026-03-03T14:01:00Z']);
  });

  test('after leave, when the executive is back', () => {
    const away = [{ from: utc('2026-03-03T05:00:00Z'), until: utc('2026-03-09T04:00:00Z') }];
    const clocks = clocksOf({ executive: { ...weekdays('America/New_York'), away } });
    const decision = askedDecision({ deadlineAt: utc('2026-03-12T21:00:00Z') });
    expect(iso(decision, 'show', { clocks })).toEqual(['2026-03-09T13:01:00Z']);
  });

  test('not at night after a time in which Tandem was down', () => {
    const now = utc('2026-03-04T03:00:00Z');
    const decision = askedDecision({ deadlineAt: utc('2026-03-05T22:00:00Z') });
    expect(iso(decision, 'show', { now: now })).toEqual(['2026-03-04T14:01:00Z']);
  });
});

describe('a decision that needs a talk', () => {
  const evening = clocksOf({ ea: weekdays('Asia/Manila', '14:00', '23:30') });
  const talk = askedDecision({ needsTalk: true, deadlineAt: utc('2026-03-06T22:00:00Z') });

  test('waits for the start of the time in which both work', () => {
    expect(iso(talk, 'talk', { clocks: evening })).toEqual(['2026-03-03T14:00:00Z']);
    expect(iso(talk, 'show', { clocks: evening })).toEqual([]);
  });

  test('comes again on the next day, once a day', () => {
    const talkedAt = utc('2026-03-03T14:00:00Z');
    const now = utc('2026-03-03T14:20:00Z');
    expect(iso({ ...talk, talkedAt, shownAt: talkedAt }, 'talk', { clocks: evening, now })).toEqual(
      ['2026-03-04T14:00:00Z'],
    );
  });

  test('is asked like any other when the two share no time before the deadline', () => {
    expect(iso(talk, 'talk')).toEqual([]);
    expect(iso(talk, 'show')).toEqual(['2026-03-03T14:01:00Z']);
  });
});

describe('reminders', () => {
  const shown = askedDecision({ shownAt: utc('2026-03-03T14:00:00Z') });

  test('come at half and at four fifths of the working time until the deadline', () => {
    const times = reminderTimes(shown, clocksOf()).map((at) => at.toUTC().toFormat('HH:mm'));
    expect(times).toEqual(['18:00', '20:24']);
    expect(iso(shown, 'remind')).toEqual(['2026-03-03T18:00:00Z']);
    expect(iso({ ...shown, remindedTimes: 2 }, 'remind')).toEqual([]);
  });

  test('do not come when a default takes care of it', () => {
    expect(iso({ ...shown, defaultChoice: 'yes' }, 'remind')).toEqual([]);
  });
});

test('the EA hears at the next work start, at once when it is urgent', () => {
  const eaNewsAt = utc('2026-03-03T16:00:00Z');
  const answered = askedDecision({
    state: 'answered',
    choice: 'yes',
    eaNewsAt,
    waitingSince: null,
  });
  expect(iso(answered, 'tell_ea', { now: eaNewsAt })).toEqual(['2026-03-04T01:01:00Z']);
  const urgent = { ...answered, urgent: true };
  expect(iso(urgent, 'tell_ea', { now: eaNewsAt })).toEqual(['2026-03-03T16:00:00Z']);
});

test('nothing is left for the clock once it is closed', () => {
  const closed = askedDecision({ state: 'acted', choice: 'yes', waitingSince: null });
  expect(nextStepAt(closed, clocksOf(), closed.askedAt)).toBeNull();
});

test.each([
  ['2026-03-03T02:00:00Z', '2026-03-03T22:00:00Z'],
  ['2026-03-03T15:00:00Z', '2026-03-03T22:00:00Z'],
  ['2026-03-03T20:00:00Z', '2026-03-04T22:00:00Z'],
  ['2026-03-06T21:00:00Z', '2026-03-09T21:00:00Z'],
])('asked at %s, a deadline to start from is %s', (now, expected) => {
  const at = suggestDeadline(clocksOf(), utc(now)).toUTC();
  expect(at.toISO({ suppressMilliseconds: true })).toBe(expected);
});

test('the figures say how many they are of, and nothing is zero that is not known', () => {
  const now = utc('2026-03-03T16:00:00Z');
  const none = tallyWaits({ waiting: [], answered: [], calendars: clocksOf(), now });
  expect(none).toMatchObject({ waiting: 0, answered: 0, medianSeconds: null });
  const answered = [60, 600, 240].map((responseSeconds) =>
    askedDecision({ state: 'answered', waitingSince: null, responseSeconds, blockedSeconds: 60 }),
  );
  const some = tallyWaits({ waiting: [askedDecision()], answered, calendars: clocksOf(), now });
  expect(some).toEqual({
    waiting: 1,
    waitingBlockedSeconds: 7 * 3600,
    answered: 3,
    medianSeconds: 240,
    blockedSeconds: 180,
  });
});

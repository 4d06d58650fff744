import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { GRACE_MINUTES, isCounted, standingOf } from '../../src/routines/domain/occurrence.ts';
import { nextWorkStart, snoozeEnd } from '../../src/routines/domain/snooze.ts';
import {
  decideAsk,
  decideClose,
  decideRemind,
  type Manners,
  planNext,
  tellAt,
} from '../../src/routines/domain/steps.ts';
import { REMINDER_SHARES, untilEndOfWork } from '../../src/routines/domain/window.ts';
import { isWorkingDay } from '../../src/time/calendar-windows.ts';
import { nextWorkingInstant, workingTimeBetween } from '../../src/time/working-time.ts';
import { calendars } from '../time/random-calendars.ts';
import { MANILA } from './engine.ts';

const at = (text: string) => DateTime.fromISO(text, { zone: MANILA.zone });
const clock = (instant: DateTime | null) =>
  instant?.setZone(MANILA.zone).toFormat('yyyy-MM-dd HH:mm');
const manners: Manners = {
  whenAway: 'excuse',
  isUrgent: false,
  isSingle: false,
  shares: REMINDER_SHARES,
};

describe('the response window', () => {
  test.each([
    ['asked when the day starts', '2026-03-03T09:00', '2026-03-03 17:00'],
    ['asked two hours before the end', '2026-03-03T15:00', '2026-03-03 17:00'],
    ['asked half an hour before the end', '2026-03-03T16:30', '2026-03-04 10:30'],
    ['asked on a Friday evening', '2026-03-06T18:00', '2026-03-09 11:00'],
  ])('%s', (_, from, end) => {
    const calendar = MANILA;
    expect(clock(untilEndOfWork({ calendar, from: at(from), atLeastMinutes: 120 }))).toBe(end);
  });

  test('of somebody who never works has no end', () => {
    const calendar = { zone: 'UTC', weekly: {} };
    const from = at('2026-03-03T09:00');
    expect(untilEndOfWork({ calendar, from, atLeastMinutes: 120 })).toBeNull();
  });

  test.each([
    ['2026-03-03T17:00', 'on_time'],
    ['2026-03-03T17:00:01', 'grace'],
    ['2026-03-03T17:15', 'grace'],
    ['2026-03-03T17:15:01', 'late'],
  ])('answered at %s is %s', (text, standing) => {
    expect(standingOf(at('2026-03-03T17:00'), at(text))).toBe(standing);
  });

  test('only what was done or missed counts', () => {
    const states = [
      'due',
      'asked',
      'snoozed',
      'done',
      'missed',
      'skipped',
      'excused',
      'not_asked',
    ] as const;
    expect(states.filter(isCounted)).toEqual(['done', 'missed']);
  });
});

describe('a question', () => {
  const decide = (
    now: string,
    o: Partial<Manners> & { plannedAt?: string; away?: [string, string] } = {},
  ) => {
    const away = o.away ? [{ from: at(o.away[0]), until: at(o.away[1]) }] : [];
    return decideAsk({
      occurrence: { dueOn: '2026-03-03', askedTimes: 0 },
      plannedAt: at(o.plannedAt ?? '2026-03-03T09:00'),
      calendar: { ...MANILA, away },
      manners: { ...manners, ...o },
      now: at(now),
    });
  };

  test('is asked at its time', () => {
    expect(decide('2026-03-03T09:00')).toEqual({ type: 'ask' });
  });

  test('waits for work in quiet hours, unless it is urgent', () => {
    const planned = { plannedAt: '2026-03-03T18:00' };
    expect(decide('2026-03-03T18:00', planned)).toMatchObject({ type: 'wait' });
    expect(decide('2026-03-03T18:00', { ...planned, isUrgent: true })).toEqual({ type: 'ask' });
  });

  test('is excused on leave, or waits where its kind says so', () => {
    const away: [string, string] = ['2026-03-03T00:00', '2026-03-05T00:00'];
    expect(decide('2026-03-03T09:00', { away })).toEqual({ type: 'excuse', reason: 'away' });
    const waiting = decide('2026-03-03T09:00', { away, whenAway: 'wait' });
    expect(waiting.type === 'wait' && clock(waiting.until)).toBe('2026-03-05 09:00');
  });

  test('is excused when the afternoon that it was planned for is off', () => {
    const away: [string, string] = ['2026-03-03T13:00', '2026-03-04T00:00'];
    const planned = '2026-03-03T16:00';
    expect(decide(planned, { away, plannedAt: planned })).toEqual({
      type: 'excuse',
      reason: 'away',
    });
  });

  test('that nobody was there to ask is not asked later', () => {
    expect(decide('2026-03-04T09:00')).toMatchObject({ type: 'not_asked' });
  });
});

describe('the end of the window', () => {
  const close = (now: string, windowEndsAt: string | null, plannedAt = '2026-03-03T17:15') =>
    decideClose({
      plannedAt: at(plannedAt),
      windowEndsAt: windowEndsAt === null ? null : at(windowEndsAt),
      calendar: MANILA,
      now: at(now),
    });

  test.each([
    ['is missed', '2026-03-03T17:15', '2026-03-03T17:00', 'miss'],
    ['moves with longer hours on the same day', '2026-03-03T17:15', '2026-03-03T19:00', 'wait'],
    [
      'is excused when leave has pushed it to another day',
      '2026-03-03T17:15',
      '2026-03-05T10:00',
      'excuse',
    ],
    ['is excused when the person works no more', '2026-03-03T17:15', null, 'excuse'],
    ['is excused when Tandem was down', '2026-03-03T18:16', '2026-03-03T17:00', 'excuse'],
  ])('%s', (...[, now, windowEndsAt, type]) => {
    expect(close(now, windowEndsAt).type).toBe(type);
  });

  test('the other side hears of it at their next work start', () => {
    const newYork = { ...MANILA, zone: 'America/New_York' };
    const told = tellAt(newYork, at('2026-03-03T17:15'));
    expect(told.setZone('America/New_York').toFormat('yyyy-MM-dd HH:mm')).toBe('2026-03-03 09:00');
  });
});

describe('a snooze', () => {
  test.each([
    ['before work', '2026-03-03T07:00', '2026-03-03 09:00'],
    ['at work', '2026-03-03T10:00', '2026-03-04 09:00'],
    ['after work', '2026-03-03T18:00', '2026-03-04 09:00'],
    ['on a Friday', '2026-03-06T10:00', '2026-03-09 09:00'],
  ])('until the next work start, chosen %s', (_, now, start) => {
    expect(clock(nextWorkStart(MANILA, at(now)))).toBe(start);
  });

  test.each([
    ['20m', '10:20'],
    ['1h', '11:00'],
    ['3h', '13:00'],
  ] as const)('of %s ends at %s', (choice, time) => {
    const end = snoozeEnd(choice, { calendar: MANILA, now: at('2026-03-03T10:00') });
    expect(clock(end)).toBe(`2026-03-03 ${time}`);
  });
});

describe('whatever the calendar', () => {
  const start = DateTime.fromISO('2026-03-01T00:00:00Z', { zone: 'utc' });
  const zones = ['Asia/Manila', 'America/New_York', 'Australia/Lord_Howe'] as const;
  const cases = fc.constantFrom(...zones).chain((zone) =>
    fc.record({
      calendar: calendars(zone, start.toMillis(), 20),
      asked: fc.integer({ min: 0, max: 20 * 1440 }).map((minutes) => start.plus({ minutes })),
      delays: fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 12, maxLength: 12 }),
    }),
  );

  test('at most two reminders, in order, at work and before the window ends; then it ends once', () => {
    fc.assert(
      fc.property(cases, ({ calendar, asked, delays }) => {
        const windowEndsAt = untilEndOfWork({ calendar, from: asked, atLeastMinutes: 120 });
        if (!windowEndsAt) return;
        expect(workingTimeBetween(calendar, asked, windowEndsAt)).toBeGreaterThanOrEqual(
          120 * 60_000,
        );
        let occurrence = { askedAt: asked, windowEndsAt, remindedTimes: 0 };
        let now: DateTime = asked;
        let sent = 0;
        let step = planNext({ occurrence, calendar, shares: REMINDER_SHARES, now });
        for (const delay of [...delays, 0, 0, 0, 0, 0, 0, 0, 0]) {
          if (step?.step !== 'remind') break;
          expect(step.at > now).toBe(true);
          now = step.at.plus({ minutes: delay });
          const decision = decideRemind({ occurrence, calendar, manners, now });
          if (decision.type === 'wait') {
            expect(decision.until > now).toBe(true);
            step = { step: 'remind', at: decision.until };
            continue;
          }
          if (decision.type === 'remind') {
            sent += 1;
            expect(now < windowEndsAt).toBe(true);
            expect(nextWorkingInstant(calendar, now)?.toMillis()).toBe(now.toMillis());
            expect(decision.nth).toBeGreaterThan(occurrence.remindedTimes);
            occurrence = { ...occurrence, remindedTimes: decision.nth };
          }
          step = planNext({ occurrence, calendar, shares: REMINDER_SHARES, now });
        }
        expect(sent).toBeLessThanOrEqual(2);
        expect(step?.step).toBe('close');
        expect(step?.at.toMillis()).toBe(windowEndsAt.plus({ minutes: GRACE_MINUTES }).toMillis());
      }),
      { numRuns: 300 },
    );
  });

  test('a question is only asked at work, on a working day', () => {
    fc.assert(
      fc.property(cases, ({ calendar, asked, delays: [delay = 0] }) => {
        const now = asked.plus({ minutes: delay });
        const dueOn = asked.setZone(calendar.zone).toISODate() ?? '';
        const occurrence = { dueOn, askedTimes: 0 };
        const decision = decideAsk({ occurrence, plannedAt: asked, calendar, manners, now });
        if (decision.type === 'wait') expect(decision.until > now).toBe(true);
        if (decision.type !== 'ask') return;
        expect(isWorkingDay(calendar, dueOn)).toBe(true);
        const opensAt = nextWorkingInstant(calendar, now);
        expect(opensAt === null || opensAt.toMillis() === now.toMillis()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

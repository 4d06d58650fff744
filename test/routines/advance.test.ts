import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { advanceRoutine } from '../../src/routines/domain/advance.ts';
import { applyControls, type DueRoutine } from '../../src/routines/domain/routine.ts';
import { isWorkingDay, workingSpansOn } from '../../src/time/calendar-windows.ts';
import { nextOccurrence, type Recurrence } from '../../src/time/recurrence.ts';
import type { WorkingCalendar } from '../../src/time/working-time.ts';

const HOURS: [string, string][] = [['09:00', '17:00']];
const WEEK = { mon: HOURS, tue: HOURS, wed: HOURS, thu: HOURS, fri: HOURS };
const MANILA: WorkingCalendar = { zone: 'Asia/Manila', weekly: WEEK };
const DAILY: Recurrence = {
  pattern: { kind: 'weekly', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
  time: '09:00',
  onNonWorkingDay: 'skip',
};

const at = (text: string, zone = 'Asia/Manila') => DateTime.fromISO(text, { zone });

function dueRoutine(o: {
  on: string;
  at: DateTime;
  calendar?: WorkingCalendar;
  recurrence?: Recurrence;
}): DueRoutine {
  return {
    workspaceId: 'T1',
    id: 'R1',
    pairId: 'P1',
    userId: 'U1',
    kind: 'checkin',
    subject: '',
    recurrence: o.recurrence ?? DAILY,
    calendar: o.calendar ?? MANILA,
    due: { on: o.on, at: o.at },
  };
}

describe('after an outage', () => {
  const monday = dueRoutine({ on: '2026-03-02', at: at('2026-03-02T09:00') });

  test.each([
    ['a minute late', '2026-03-02T09:01', ['due'], '2026-03-03'],
    ['the same afternoon', '2026-03-02T16:59', ['due'], '2026-03-03'],
    ['after that day has ended', '2026-03-02T17:00', ['not_asked'], '2026-03-03'],
    [
      'three days down, back in the morning',
      '2026-03-05T10:00',
      ['not_asked', 'not_asked', 'not_asked', 'due'],
      '2026-03-06',
    ],
    [
      'three days down, back at night',
      '2026-03-05T22:00',
      ['not_asked', 'not_asked', 'not_asked', 'not_asked'],
      '2026-03-06',
    ],
    ['a minute before the next time', '2026-03-03T08:59', ['not_asked'], '2026-03-03'],
  ])('%s', (...[, now, states, next]) => {
    const result = advanceRoutine(monday, at(now));
    expect(result.occurrences.map((one) => one.state)).toEqual(states);
    expect(result.next?.on).toBe(next);
  });

  test('what was not asked says why', () => {
    const [missed] = advanceRoutine(monday, at('2026-03-05T10:00')).occurrences;
    expect(missed).toMatchObject({
      on: '2026-03-02',
      reason: 'Tandem was not running at that time',
    });
  });

  test('of two that could both still be asked, the later one is', () => {
    const night: [string, string][] = [['22:00', '06:00']];
    const calendar: WorkingCalendar = { zone: 'Asia/Manila', weekly: { mon: night, tue: night } };
    const recurrence: Recurrence = { ...DAILY, time: '00:30' };
    const due = dueRoutine({ on: '2026-03-02', at: at('2026-03-02T00:30'), calendar, recurrence });
    const { occurrences } = advanceRoutine(due, at('2026-03-03T01:00'));
    expect(occurrences.map((one) => one.state)).toEqual(['not_asked', 'due']);
  });

  test('a night shift that started the day before is still its own day', () => {
    const nights: WorkingCalendar = { zone: 'Asia/Manila', weekly: { mon: [['22:00', '06:00']] } };
    const due = { on: '2026-03-03', at: at('2026-03-03T01:00'), calendar: nights };
    const recurrence: Recurrence = { ...DAILY, time: '01:00', onNonWorkingDay: 'keep' };
    const states = (now: string) =>
      advanceRoutine(dueRoutine({ ...due, recurrence }), at(now)).occurrences.map(
        (one) => one.state,
      );
    expect(states('2026-03-03T05:59')).toEqual(['due']);
    expect(states('2026-03-03T06:00')).toEqual(['not_asked']);
  });
});

describe('clocks', () => {
  test('a zone changed at noon does not ask the same local date again', () => {
    const asked = '2026-03-03';
    const noon = at('2026-03-03T12:00');
    const lisbon = { ...MANILA, zone: 'Europe/Lisbon' };
    // 12:00 in Manila is 04:00 in Lisbon, so that day's 09:00 lies ahead there.
    expect(nextOccurrence(DAILY, lisbon, { after: noon })?.on).toBe('2026-03-03');
    expect(nextOccurrence(DAILY, lisbon, { after: noon, afterOn: asked })?.on).toBe('2026-03-04');
  });

  test.each([
    ['forward', '2026-03-06', '2026-03-09', '2026-03-09T13:00:00.000Z'],
    ['back', '2026-10-30', '2026-11-02', '2026-11-02T14:00:00.000Z'],
  ])('clocks going %s keep nine in the morning', (...[, friday, monday, instant]) => {
    const calendar = { ...MANILA, zone: 'America/New_York' };
    const due = dueRoutine({ on: friday, at: at(`${friday}T09:00`, calendar.zone), calendar });
    const { next } = advanceRoutine(due, due.due.at);
    expect(next?.on).toBe(monday);
    expect(next?.at.toJSDate().toISOString()).toBe(instant);
  });

  test('a zone that changed between planning and asking does not ask the same date in the new one', () => {
    const calendar = { ...MANILA, zone: 'America/New_York' };
    const due = dueRoutine({ on: '2026-03-03', at: at('2026-03-03T09:00'), calendar });
    const { next } = advanceRoutine(due, due.due.at);
    expect(next?.on).toBe('2026-03-04');
  });

  test('a clock that was set back asks nothing a second time', () => {
    const due = dueRoutine({ on: '2026-03-03', at: at('2026-03-03T09:00') });
    const { next } = advanceRoutine(due, at('2026-03-03T08:00'));
    expect(next?.on).toBe('2026-03-04');
  });
});

describe('what a person changed', () => {
  test('pauses, dates left out and a pattern of their own are added to what was agreed', () => {
    const changed = applyControls(
      { ...DAILY, skipOn: ['2026-03-04'] },
      {
        pattern: { kind: 'businessDayOfMonth', which: 'last' },
        onNonWorkingDay: 'before',
        skipOn: ['2026-03-31'],
        mutedUntilOn: '2026-03-10',
      },
    );
    expect(changed).toEqual({
      pattern: { kind: 'businessDayOfMonth', which: 'last' },
      time: '09:00',
      onNonWorkingDay: 'before',
      from: '2026-03-10',
      skipOn: ['2026-03-04', '2026-03-31'],
    });
    expect(nextOccurrence(changed, MANILA, at('2026-03-02T09:00'))?.on).toBe('2026-04-30');
  });
});

describe('whatever happens', () => {
  const zones = ['Asia/Manila', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'UTC'];
  const hours = fc.constantFrom<[string, string][]>(
    HOURS,
    [],
    [['22:00', '06:00']],
    [
      ['08:00', '12:00'],
      ['13:00', '18:00'],
    ],
  );
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  const start = DateTime.fromISO('2026-03-01T00:00:00Z', { zone: 'utc' });
  const calendars = fc
    .record({
      zone: fc.constantFrom(...zones),
      weekly: fc.tuple(hours, hours, hours, hours, hours, hours, hours),
      leave: fc.array(fc.record({ day: fc.nat(60), hours: fc.integer({ min: 1, max: 200 }) }), {
        maxLength: 3,
      }),
    })
    .map(
      ({ zone, weekly, leave }): WorkingCalendar => ({
        zone,
        weekly: Object.fromEntries(days.map((day, index) => [day, weekly[index] ?? []])),
        away: leave.map((one) => {
          const from = start.plus({ days: one.day });
          return { from, until: from.plus({ hours: one.hours }) };
        }),
      }),
    );
  const recurrences = fc.record({
    pattern: fc.constantFrom<Recurrence['pattern']>(
      { kind: 'weekly', weekdays: [...days] },
      { kind: 'weekly', weekdays: ['mon', 'thu'] },
      { kind: 'everyNthWeek', weeks: 2, weekdays: ['tue'], anchorOn: '2026-03-03' },
      { kind: 'businessDayOfMonth', which: 'last' },
    ),
    time: fc.constantFrom('00:30', '02:30', '09:00', '23:45'),
    onNonWorkingDay: fc.constantFrom<Recurrence['onNonWorkingDay']>('skip', 'before', 'after'),
  });
  /** How long Tandem is down before it looks again, and whether the person travels meanwhile. */
  const looks = fc.array(
    fc.record({
      hours: fc.integer({ min: 0, max: 130 }),
      zone: fc.option(fc.constantFrom(...zones)),
    }),
    { minLength: 5, maxLength: 30 },
  );

  test('no local date twice, one question at a time, and only on a working day within its hours', () => {
    fc.assert(
      fc.property(calendars, recurrences, looks, (first, recurrence, steps) => {
        let calendar = first;
        let now = start;
        let lastOn: string | undefined;
        let due = nextOccurrence(recurrence, calendar, now);
        const seen: string[] = [];
        for (const step of steps) {
          now = now.plus({ hours: step.hours });
          if (step.zone !== null && step.zone !== calendar.zone) {
            calendar = { ...calendar, zone: step.zone };
            due = nextOccurrence(recurrence, calendar, {
              after: now,
              ...(lastOn && { afterOn: lastOn }),
            });
          }
          if (!due || due.at > now) continue;
          const result = advanceRoutine(dueRoutine({ ...due, calendar, recurrence }), now);
          seen.push(...result.occurrences.map((one) => one.on));
          const asked = result.occurrences.filter((one) => one.state === 'due');
          expect(asked.length).toBeLessThanOrEqual(1);
          for (const one of asked) {
            expect(isWorkingDay(calendar, one.on)).toBe(true);
            const late = now.toMillis() - one.at.toMillis();
            const dayBefore = DateTime.fromISO(one.on).minus({ days: 1 }).toISODate() ?? '';
            const spans = [dayBefore, one.on].flatMap((on) => workingSpansOn(calendar, on));
            const ends = Math.max(...spans.map((span) => span.end));
            expect(late <= 15 * 60_000 || now.toMillis() < ends).toBe(true);
          }
          if (result.next) expect(result.next.at > now).toBe(true);
          lastOn = result.occurrences.at(-1)?.on;
          due = result.next;
        }
        expect(seen).toEqual([...new Set(seen)].toSorted());
      }),
      { numRuns: 150 },
    );
  });
});

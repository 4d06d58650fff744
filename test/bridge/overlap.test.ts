import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import {
  findClockChanges,
  nextShared,
  sharedToday,
  usualDay,
} from '../../src/bridge/domain/overlap.ts';
import { dueWarning, lastWorkEnd } from '../../src/bridge/domain/warning.ts';
import { weekdays } from '../decisions/calendars.ts';

const utc = (iso: string) => DateTime.fromISO(iso, { zone: 'utc' });
const newYork = weekdays('America/New_York');
const london = weekdays('Europe/London');
const manila = weekdays('Asia/Manila');
const manilaEvening = weekdays('Asia/Manila', '14:00', '23:00');

describe('the clocks of 2026', () => {
  const changes = (mine: typeof newYork, theirs: typeof newYork, from: string) =>
    findClockChanges({ mine, theirs }, { now: utc(from), days: 60 }).map(
      ({ on, before, after, zones }) =>
        `${on} ${zones.join('+')} ${before.minutes} -> ${after.minutes}`,
    );

  test.each([
    [
      '2026-02-20T12:00:00Z',
      newYork,
      london,
      ['2026-03-09 America/New_York 180 -> 240', '2026-03-30 Europe/London 240 -> 180'],
    ],
    [
      '2026-10-01T12:00:00Z',
      newYork,
      london,
      ['2026-10-26 Europe/London 180 -> 240', '2026-11-02 America/New_York 240 -> 180'],
    ],
    ['2026-02-20T12:00:00Z', newYork, manilaEvening, ['2026-03-09 America/New_York 60 -> 120']],
    ['2026-10-01T12:00:00Z', newYork, manilaEvening, ['2026-11-02 America/New_York 120 -> 60']],
    ['2026-02-20T12:00:00Z', newYork, manila, []],
    ['2026-02-20T12:00:00Z', london, manila, ['2026-03-30 Europe/London 0 -> 60']],
    ['2026-10-01T12:00:00Z', london, manila, ['2026-10-26 Europe/London 60 -> 0']],
    ['2026-05-01T12:00:00Z', newYork, london, []],
  ] as const)('from %s on', (...[from, mine, theirs, expected]) => {
    expect(changes(mine, theirs, from)).toEqual(expected);
    expect(changes(theirs, mine, from).map((one) => one.slice(11))).toEqual(
      expected.map((one) => one.slice(11)),
    );
  });

  test('leave and holidays are no change of the clocks', () => {
    const away = [{ from: utc('2026-03-09T00:00:00Z'), until: utc('2026-03-20T00:00:00Z') }];
    expect(changes({ ...newYork, away }, london, '2026-03-01T12:00:00Z')).toContain(
      '2026-03-09 America/New_York 180 -> 240',
    );
  });

  test('a shared time that only moves is told too', () => {
    const all = weekdays('Asia/Manila', '00:00', '24:00');
    const [change] = findClockChanges(
      { mine: all, theirs: weekdays('America/New_York', '06:00', '10:00') },
      { now: utc('2026-03-01T00:00:00Z'), days: 20 },
    );
    expect([change?.before.minutes, change?.after.minutes]).toEqual([240, 240]);
    expect(change?.before.mine).toEqual({ startTime: '19:00', endTime: '23:00' });
    expect(change?.after.mine).toEqual({ startTime: '18:00', endTime: '22:00' });
  });
});

describe('a warning', () => {
  const change = { at: utc('2026-11-01T06:00:00Z') };
  test.each([
    ['2026-10-23T13:02:00Z', null],
    ['2026-10-26T13:02:00Z', 'week'],
    ['2026-10-29T13:02:00Z', 'week'],
    ['2026-10-30T13:02:00Z', 'day'],
    ['2026-11-02T14:02:00Z', null],
  ])('at the work start of %s is for %s', (now, expected) => {
    expect(dueWarning(change, { calendar: newYork, now: utc(now) })).toBe(expected);
  });

  test('comes before a leave that lies in between', () => {
    const away = [{ from: utc('2026-10-17T00:00:00Z'), until: utc('2026-11-05T00:00:00Z') }];
    const calendar = { ...newYork, away };
    expect(dueWarning(change, { calendar, now: utc('2026-10-16T13:02:00Z') })).toBe('day');
  });
});

test('today is what is left of it, and next is what comes after', () => {
  const calendars = { mine: newYork, theirs: london };
  const now = utc('2026-03-03T15:30:00Z');
  const iso = (at: DateTime | undefined) => at?.toUTC().toFormat('dd HH:mm');
  const today = sharedToday(calendars, now).map(({ start, end }) => [iso(start), iso(end)]);
  expect(today).toEqual([['03 15:30', '03 17:00']]);
  const friday = utc('2026-03-06T18:00:00Z');
  expect(sharedToday(calendars, friday)).toEqual([]);
  expect(iso(nextShared(calendars, friday)?.start)).toBe('09 13:00');
  expect(nextShared({ mine: newYork, theirs: manila }, friday)).toBeNull();
  expect(usualDay({ mine: newYork, theirs: manila }, now, now.plus({ days: 7 }))).toEqual({
    minutes: 0,
    mine: null,
    theirs: null,
  });
});

test('news is what came after the last stretch of work, a leave before it or not', () => {
  const at = (calendar: typeof newYork, now: string) =>
    lastWorkEnd(calendar, utc(now)).toUTC().toISO({ suppressMilliseconds: true });
  expect(at(newYork, '2026-03-03T14:02:00Z')).toBe('2026-03-02T22:00:00Z');
  expect(at(newYork, '2026-03-02T14:02:00Z')).toBe('2026-02-27T22:00:00Z');
  const away = [{ from: utc('2026-02-20T05:00:00Z'), until: utc('2026-03-02T05:00:00Z') }];
  expect(at({ ...newYork, away }, '2026-03-02T14:02:00Z')).toBe('2026-02-19T22:00:00Z');
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  checkMemberTerms,
  defaultMemberTerms,
  describeDays,
  type MemberTerms,
  weeklyHours,
} from '../../src/pairs/domain.ts';
import { WEEKDAYS, type Weekday } from '../../src/time/local-date.ts';

const terms = (changes: Partial<MemberTerms> = {}): MemberTerms => ({
  ...defaultMemberTerms({ userId: 'U0000001', name: 'Ana', zone: 'Asia/Manila' }),
  ...changes,
});

function complaints(changes: Partial<MemberTerms>): string[] {
  return checkMemberTerms('ea', terms(changes)).map(({ field, message }) => `${field}: ${message}`);
}

describe('working hours and check-in of one person', () => {
  test('nine to five with a check-in at nine is fine', () => {
    expect(complaints({})).toEqual([]);
  });

  test('hours that end when they start are named as never open', () => {
    expect(complaints({ workStartTime: '09:00', workEndTime: '09:00' })).toEqual([
      'workEndTime: Work ends when it starts, so these hours never open. Choose a later end.',
    ]);
  });

  test('a check-in outside the working hours names the hours', () => {
    expect(complaints({ checkinTime: '17:00' })).toEqual([
      'checkinTime: Choose a time inside the working hours, 09:00 to 17:00.',
    ]);
    expect(complaints({ checkinTime: '16:59' })).toEqual([]);
  });

  test('a night shift may check in after midnight', () => {
    const night = { workStartTime: '22:00', workEndTime: '06:00' };
    expect(complaints({ ...night, checkinTime: '02:00' })).toEqual([]);
    expect(complaints({ ...night, checkinTime: '06:00' })).toHaveLength(1);
  });

  test('a check-in on a day off names the day', () => {
    expect(complaints({ checkinDays: ['mon', 'sat', 'sun'] })).toEqual([
      'checkinDays: Saturday, Sunday is not a working day. Add it to the working days, or leave it out here.',
    ]);
  });

  test('no working day and no check-in day are both asked for', () => {
    expect(complaints({ workdays: [], checkinDays: [] })).toEqual([
      'workdays: Choose at least one working day.',
      'checkinDays: Choose at least one day for the check-in.',
    ]);
  });
});

test('hours until midnight end at 24:00, so that the window is not empty', () => {
  expect(
    weeklyHours(terms({ workdays: ['fri'], workStartTime: '16:00', workEndTime: '00:00' })),
  ).toEqual({
    fri: [['16:00', '24:00']],
  });
});

test.each<[Weekday[], string]>([
  [['mon', 'tue', 'wed', 'thu', 'fri'], 'Mon to Fri'],
  [['fri', 'mon'], 'Mon, Fri'],
  [['mon', 'tue', 'thu', 'fri', 'sat'], 'Mon, Tue, Thu to Sat'],
  [[...WEEKDAYS], 'every day'],
])('%j reads as "%s"', (days, text) => {
  expect(describeDays(days)).toBe(text);
});

test('the description of days never depends on their order', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...WEEKDAYS], { minLength: 1 }), (days) => {
      expect(describeDays(days)).toBe(describeDays(WEEKDAYS.filter((day) => days.includes(day))));
    }),
  );
});

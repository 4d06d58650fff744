import { expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { sharedHours, weighZone, type ZonePerson, zoneLabel } from '../../src/away/domain/zone.ts';
import type { WorkingCalendar } from '../../src/time/working-time.ts';

const person: ZonePerson = {
  workspaceId: 'T1',
  userId: 'U0000001',
  name: 'Dana',
  zone: 'America/New_York',
  isZoneChosen: false,
  slackZone: 'America/New_York',
  askedAt: null,
};

test.each<[string, Partial<ZonePerson>, string | null, string]>([
  ['a move is asked about', {}, 'Europe/Lisbon', 'ask'],
  ['the same zone again is nothing', {}, 'America/New_York', 'nothing'],
  ['another name of the same zone is nothing', {}, 'US/Eastern', 'nothing'],
  [
    'a second identical event is nothing',
    { slackZone: 'Europe/Lisbon' },
    'Europe/Lisbon',
    'nothing',
  ],
  ['a next move is asked about', { slackZone: 'Europe/Lisbon' }, 'Europe/Paris', 'ask'],
  ['coming home is only noted', { slackZone: 'Europe/Lisbon' }, 'America/New_York', 'note'],
  ['a zone that was chosen wins', { isZoneChosen: true }, 'Europe/Lisbon', 'note'],
  ['a zone that nobody knows is nothing', {}, 'Mars/Olympus', 'nothing'],
  ['no zone is nothing', {}, null, 'nothing'],
])('%s', (...[, changes, slackZone, news]) => {
  expect(weighZone({ ...person, ...changes }, slackZone)).toBe(news);
});

test('a zone is named with its offset of that day', () => {
  expect(zoneLabel('Europe/Lisbon', DateTime.fromISO('2026-07-01T00:00Z'))).toBe(
    'Lisbon (UTC+01:00)',
  );
  expect(zoneLabel('Europe/Lisbon', DateTime.fromISO('2026-12-01T00:00Z'))).toBe(
    'Lisbon (UTC+00:00)',
  );
});

function nineToFive(zone: string): WorkingCalendar {
  const day: [string, string][] = [['09:00', '17:00']];
  return { zone, weekly: { mon: day, tue: day, wed: day, thu: day, fri: day } };
}

test('what two people share is counted over a week, and the next stretch is named', () => {
  const [a, b] = [nineToFive('America/New_York'), nineToFive('Europe/Lisbon')];
  const now = DateTime.fromISO('2026-11-23T00:00Z');
  const { next, hoursPerWeek } = sharedHours({ a, b, now });
  expect(hoursPerWeek).toBe(15);
  expect(next?.start?.toUTC().toISO()).toBe('2026-11-23T14:00:00.000Z');
  expect(next?.end?.toUTC().toISO()).toBe('2026-11-23T17:00:00.000Z');
});

test('two people who never work at the same time share nothing', () => {
  const [a, b] = [nineToFive('America/New_York'), nineToFive('Asia/Manila')];
  const now = DateTime.fromISO('2026-11-23T00:00Z');
  expect(sharedHours({ a, b, now })).toEqual({ next: null, hoursPerWeek: 0 });
});

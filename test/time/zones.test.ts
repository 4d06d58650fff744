import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { formatInBothZones, formatInZone, formatLocalDate } from '../../src/time/format.ts';
import { isKnownZone, listZones, resolveZone, zoneCity } from '../../src/time/zones.ts';

function utc(text: string): DateTime {
  return DateTime.fromISO(text, { zone: 'utc' });
}

describe('whose zone is used', () => {
  test('the person’s own when it is known, without a word', () => {
    const candidates = [{ source: 'Ana', zone: 'Asia/Manila' }];
    expect(resolveZone(candidates)).toEqual({ zone: 'Asia/Manila', source: 'Ana', notice: null });
  });

  test('the partner’s when it is not, and people are told', () => {
    const candidates = [
      { source: 'Ana', zone: 'Mars/Base' },
      { source: 'Tom', zone: 'America/New_York' },
    ];
    expect(resolveZone(candidates)).toEqual({
      zone: 'America/New_York',
      source: 'Tom',
      notice: 'The time zone of Ana, “Mars/Base”, is not known. Using America/New_York (Tom).',
    });
  });

  test.each([null, undefined, ''])('UTC when neither is set (%p), and people are told', (zone) => {
    const candidates = [
      { source: 'Ana', zone },
      { source: 'Tom', zone },
    ];
    expect(resolveZone(candidates)).toEqual({
      zone: 'UTC',
      source: null,
      notice: 'The time zone of Ana is not set. The time zone of Tom is not set. Using UTC.',
    });
  });

  test.each(['+08:00', 'UTC+8', 'local', 'Mars/Base', ''])('“%s” is not a zone', (zone) => {
    expect(isKnownZone(zone)).toBe(false);
  });

  test.each(['Asia/Kolkata', 'Asia/Calcutta', 'US/Eastern', 'UTC'])('“%s” is a zone', (zone) => {
    expect(isKnownZone(zone)).toBe(true);
  });
});

describe('the list of zones', () => {
  const zones = listZones(utc('2026-07-01T00:00Z'));

  test('names each zone as people do, with its offset at that time', () => {
    expect(zones).toContainEqual({
      zone: 'America/New_York',
      label: 'New York (UTC-04:00)',
      offsetMinutes: -240,
    });
    expect(zones).toContainEqual({
      zone: 'Asia/Kolkata',
      label: 'Kolkata (UTC+05:30)',
      offsetMinutes: 330,
    });
    const winter = listZones(utc('2026-01-01T00:00Z'));
    expect(winter.find(({ zone }) => zone === 'America/New_York')?.offsetMinutes).toBe(-300);
  });

  test('holds every zone once, from west to east', () => {
    expect(zones.length).toBeGreaterThan(400);
    expect(new Set(zones.map(({ zone }) => zone)).size).toBe(zones.length);
    expect(new Set(zones.map(({ label }) => label)).size).toBe(zones.length);
    const offsets = zones.map(({ offsetMinutes }) => offsetMinutes);
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    expect(zones.map(({ zone }) => zone)).toContain('UTC');
    expect(zones.map(({ zone }) => zone)).not.toContain('Asia/Calcutta');
  });

  test.each([
    ['America/Argentina/Buenos_Aires', 'Buenos Aires'],
    ['America/Port-au-Prince', 'Port-au-Prince'],
    ['Asia/Calcutta', 'Kolkata'],
    ['UTC', 'UTC'],
  ])('%s is %s', (zone, city) => {
    expect(zoneCity(zone)).toBe(city);
  });
});

describe('times as people read them', () => {
  test.each([
    ['2026-03-09T13:00Z', 'America/New_York', 'Mon 9 Mar, 09:00 EDT (New York)'],
    ['2026-03-07T14:00Z', 'America/New_York', 'Sat 7 Mar, 09:00 EST (New York)'],
    ['2026-03-09T16:00Z', 'Asia/Manila', 'Tue 10 Mar, 00:00 GMT+8 (Manila)'],
    ['2026-12-31T18:29Z', 'Asia/Kolkata', 'Thu 31 Dec, 23:59 GMT+5:30 (Kolkata)'],
    ['2026-03-09T13:00Z', 'UTC', 'Mon 9 Mar, 13:00 UTC'],
  ])('%s in %s is “%s”', (at, zone, text) => {
    expect(formatInZone(utc(at), zone)).toBe(text);
  });

  test('one time for two people names the second date only when it differs', () => {
    expect(formatInBothZones(utc('2026-03-09T13:00Z'), 'America/New_York', 'Asia/Manila')).toBe(
      'Mon 9 Mar, 09:00 EDT (New York) / 21:00 GMT+8 (Manila)',
    );
    expect(formatInBothZones(utc('2026-03-09T20:00Z'), 'America/New_York', 'Asia/Manila')).toBe(
      'Mon 9 Mar, 16:00 EDT (New York) / Tue 10 Mar, 04:00 GMT+8 (Manila)',
    );
    expect(formatInBothZones(utc('2026-03-09T20:00Z'), 'UTC', 'UTC')).toBe('Mon 9 Mar, 20:00 UTC');
  });

  test('a local date is written with its weekday and year', () => {
    expect(formatLocalDate('2026-02-28')).toBe('Sat 28 Feb 2026');
    expect(formatLocalDate('2024-02-29')).toBe('Thu 29 Feb 2024');
  });
});

import { describe, expect, test } from '@jest/globals';
import { type DateTime, Settings } from 'luxon';
import { atWallClock } from '../../src/time/wall-clock.ts';

/** Asks for 'date time zone'. */
function ask(asked: string): DateTime {
  const [date = '', time = '', zone = ''] = asked.split(' ');
  return atWallClock(date, time, zone);
}

describe('the instant of a wall clock time', () => {
  test.each([
    ['2026-07-01 09:00 America/New_York', '2026-07-01T13:00:00.000Z'],
    ['2026-01-01 09:00 Asia/Manila', '2026-01-01T01:00:00.000Z'],
    ['2026-01-01 00:00 Asia/Kathmandu', '2025-12-31T18:15:00.000Z'],
    ['2026-01-01 23:59 Pacific/Kiritimati', '2026-01-01T09:59:00.000Z'],
    ['2000-10-10 09:00 America/Recife', '2000-10-10T11:00:00.000Z'],
    ['2004-06-07 09:00 America/Argentina/Tucuman', '2004-06-07T13:00:00.000Z'],
    ['2010-08-20 09:00 Africa/Cairo', '2010-08-20T07:00:00.000Z'],
    ['2024-02-29 12:00 UTC', '2024-02-29T12:00:00.000Z'],
  ])('%s is %s', (asked, instant) => {
    expect(ask(asked).toUTC().toISO()).toBe(instant);
  });

  test.each([
    ['2026-11-01 01:30 America/New_York', '2026-11-01T01:30:00.000-04:00'],
    ['2026-11-01 01:00 America/New_York', '2026-11-01T01:00:00.000-04:00'],
    ['2026-11-01 02:00 America/New_York', '2026-11-01T02:00:00.000-05:00'],
    ['2026-10-25 02:30 Europe/Paris', '2026-10-25T02:30:00.000+02:00'],
    ['2026-04-05 01:45 Australia/Lord_Howe', '2026-04-05T01:45:00.000+11:00'],
    ['2026-11-01 00:30 America/Havana', '2026-11-01T00:30:00.000-04:00'],
  ])('a time shown twice, %s, is the first: %s', (asked, instant) => {
    expect(ask(asked).toISO()).toBe(instant);
  });

  test.each([
    ['2026-03-08 02:30 America/New_York', '2026-03-08T03:30:00.000-04:00'],
    ['2026-03-08 02:00 America/New_York', '2026-03-08T03:00:00.000-04:00'],
    ['2026-04-24 00:30 Africa/Cairo', '2026-04-24T01:30:00.000+03:00'],
    ['2026-10-04 02:10 Australia/Lord_Howe', '2026-10-04T02:40:00.000+11:00'],
    ['2026-03-29 02:59 Europe/Paris', '2026-03-29T03:59:00.000+02:00'],
    ['2026-03-28 23:30 America/Nuuk', '2026-03-29T00:30:00.000-01:00'],
    ['2018-11-04 00:00 America/Sao_Paulo', '2018-11-04T01:00:00.000-02:00'],
  ])('a time that is skipped, %s, moves past the gap: %s', (asked, instant) => {
    expect(ask(asked).toISO()).toBe(instant);
  });

  test('the answer does not depend on the season in which it is asked', () => {
    const now = Settings.now;
    const answers = ['2026-01-15T12:00:00Z', '2026-07-15T12:00:00Z'].map((asked) => {
      Settings.now = () => Date.parse(asked);
      return atWallClock('2026-11-01', '01:30', 'America/New_York').toUTC().toISO();
    });
    Settings.now = now;
    expect(answers).toEqual(['2026-11-01T05:30:00.000Z', '2026-11-01T05:30:00.000Z']);
  });

  test.each([
    ['2011-12-30', 'Pacific/Apia'],
    ['2011-12-30', 'Pacific/Fakaofo'],
    ['1994-12-31', 'Pacific/Kiritimati'],
    ['1993-08-21', 'Pacific/Kwajalein'],
  ])('asking for %s, which %s never had, is refused', (date, zone) => {
    expect(() => atWallClock(date, '09:00', zone)).toThrow(`does not exist in ${zone}`);
  });

  test('the days around the one that Apia skipped follow each other', () => {
    expect(atWallClock('2011-12-29', '23:59', 'Pacific/Apia').toISO()).toBe(
      '2011-12-29T23:59:00.000-10:00',
    );
    expect(atWallClock('2011-12-31', '00:00', 'Pacific/Apia').toISO()).toBe(
      '2011-12-31T00:00:00.000+14:00',
    );
  });

  test.each([
    ['2026-02-31 09:00 UTC', 'There is no date 2026-02-31'],
    ['2026-2-3 09:00 UTC', 'There is no date 2026-2-3'],
    ['2025-02-29 09:00 UTC', 'There is no date 2025-02-29'],
    ['2026-02-03 25:00 UTC', 'There is no time 25:00'],
    ['2026-02-03 24:00 UTC', 'There is no time 24:00'],
    ['2026-02-03 9:00 UTC', 'There is no time 9:00'],
    ['2026-02-03 09:00 Mars/Base', 'Unknown time zone: Mars/Base'],
  ])('%s is refused: %s', (asked, message) => {
    expect(() => ask(asked)).toThrow(message);
  });
});

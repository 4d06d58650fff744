import { expect, test } from '@jest/globals';
import { atWallClock } from '../../src/time/wall-clock.ts';
import { instantShowing } from '../../src/time/zone-offsets.ts';
import { ALL_ZONES, DAY, daysOfChange, HOUR, MINUTE, readClock } from './zone-clock.ts';

const FULL = process.env['FULL'] === '1';
const FIRST = Date.UTC(2020, 0, 1);
const LAST = Date.UTC(2035, 11, 31);

function isoDate(midnight: number): string {
  return new Date(midnight).toISOString().slice(0, 10);
}

function isoTime(sinceMidnight: number): string {
  return new Date(sinceMidnight).toISOString().slice(11, 16);
}

test('every zone has one instant for 09:00 of each day from 2020 to 2035, each later than the one before', () => {
  const wrong: string[] = [];
  for (const zone of ALL_ZONES) {
    let previous = Number.NEGATIVE_INFINITY;
    for (let day = FIRST; day <= LAST; day += DAY) {
      const at = instantShowing(zone, day + 9 * HOUR);
      if (at <= previous || readClock(zone, at) !== day + 9 * HOUR) {
        wrong.push(`${zone} ${isoDate(day)}`);
      }
      previous = at;
    }
  }
  expect(wrong).toEqual([]);
});

// Without FULL=1 one year in sixteen per zone, another for each zone.
test('the date of each answer, read in its zone, is the date asked for', () => {
  const wrong: string[] = [];
  for (const [index, zone] of ALL_ZONES.entries()) {
    const year = 2020 + (index % 16);
    const first = FULL ? FIRST : Date.UTC(year, 0, 1);
    const last = FULL ? LAST : Date.UTC(year, 11, 31);
    for (const time of FULL ? ['00:00', '02:30', '09:00'] : ['02:30']) {
      let previous = Number.NEGATIVE_INFINITY;
      for (let day = first; day <= last; day += DAY) {
        const answer = atWallClock(isoDate(day), time, zone);
        if (answer.toISODate() !== isoDate(day) || answer.toMillis() <= previous) {
          wrong.push(`${zone} ${isoDate(day)} ${time}`);
        }
        previous = answer.toMillis();
      }
    }
  }
  expect(wrong).toEqual([]);
}, 600_000);

/** Wrong answers for the quarter hours of the two days around a change of offset, found by watching the clock. */
function wrongAround(zone: string, change: number): string[] {
  const firstShown = new Map<number, number>();
  const beforeGap = new Map<number, number>();
  let last = readClock(zone, change - 30 * HOUR);
  for (let at = change - 30 * HOUR; at <= change + 54 * HOUR; at += 15 * MINUTE) {
    const shown = readClock(zone, at);
    if (!firstShown.has(shown)) firstShown.set(shown, at);
    const gap = shown - last - 15 * MINUTE;
    for (let lost = last + 15 * MINUTE; lost < shown; lost += 15 * MINUTE) {
      beforeGap.set(lost, gap);
    }
    last = shown;
  }
  const wrong: string[] = [];
  for (let shown = change - 12 * HOUR; shown < change + 36 * HOUR; shown += 15 * MINUTE) {
    const day = Math.floor(shown / DAY) * DAY;
    const gap = beforeGap.get(shown);
    const expected = firstShown.get(gap === undefined ? shown : shown + gap);
    const answer = atWallClock(isoDate(day), isoTime(shown - day), zone).toMillis();
    if (answer !== expected) wrong.push(`${zone} ${isoDate(day)} ${isoTime(shown - day)}`);
  }
  return wrong;
}

// Without FULL=1 the two changes in one year per zone, another for each zone.
test('around every change of offset a repeated time is the first and a skipped one moves by the gap', () => {
  const wrong: string[] = [];
  let changes = 0;
  for (const [index, zone] of ALL_ZONES.entries()) {
    const year = 2020 + (index % 16);
    for (const change of daysOfChange(zone)) {
      if (!FULL && new Date(change).getUTCFullYear() !== year) continue;
      changes += 1;
      wrong.push(...wrongAround(zone, change));
    }
  }
  expect(wrong).toEqual([]);
  expect(changes).toBeGreaterThan(150);
}, 600_000);

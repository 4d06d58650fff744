import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { moveToClock } from '../../src/reminders/domain/clocks.ts';
import { readCommand } from '../../src/reminders/domain/command.ts';
import { nextTimes } from '../../src/reminders/domain/preview.ts';
import { recurrenceOf, windowEnd } from '../../src/reminders/domain/reminder.ts';
import { printWhen } from '../../src/time/phrases/print.ts';
import { readWhen, type When } from '../../src/time/phrases/when.ts';
import { atWallClock } from '../../src/time/wall-clock.ts';
import type { WorkingCalendar } from '../../src/time/working-time.ts';

const NEW_YORK = 'America/New_York';
const MANILA = 'Asia/Manila';
/** A Thursday, 10:20 in New York and 23:20 in Manila. */
const now = DateTime.fromISO('2026-03-05T15:20:00Z');

const hours: [string, string][] = [['09:00', '17:00']];
const manila: WorkingCalendar = {
  zone: MANILA,
  weekly: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
};
const fresh = { urgent: false, mutedUntilOn: null, pausedAt: null, deletedAt: null };

function read(phrase: string, zone = MANILA): When {
  const when = readWhen(phrase, { now, zone });
  if (!when?.ok) throw new Error(`“${phrase}” is no time`);
  return when.value;
}

describe('what stands behind the command', () => {
  test.each([
    ['help', { kind: 'help' }],
    ['HELP', { kind: 'help' }],
    ['list', { kind: 'list' }],
    ['gibberish', { kind: 'help' }],
    ['<!channel>', { kind: 'help' }],
    ['me to call Bob tomorrow', { kind: 'new', named: { kind: 'me' } }],
    ['Me, tomorrow: call Bob', { kind: 'new', named: { kind: 'me' } }],
    ['tomorrow call Bob', { kind: 'new', named: { kind: 'nobody' } }],
    ['<@U0000ANA|ana> to call Bob', { kind: 'new', named: { kind: 'person', userId: 'U0000ANA' } }],
    ['<@U0000ANA> to call Bob', { kind: 'new', named: { kind: 'person', userId: 'U0000ANA' } }],
    ['@ana to call Bob', { kind: 'new', named: { kind: 'unknown', name: 'ana' } }],
    ['meet Bob', { kind: 'help' }],
  ])('“%s” is understood', (text, expected) => {
    expect(readCommand(text, { now, zone: NEW_YORK })).toMatchObject(expected);
  });

  test('the text is what was typed, not how Slack writes it', () => {
    const typed =
      'me to ask <@U0000BOB|bob> about R&amp;D &lt;soon&gt; in <#C0000001|ops>, see <https://x.example/a|x> tomorrow at 9';
    expect(readCommand(typed, { now, zone: NEW_YORK })).toMatchObject({
      found: { text: 'ask @bob about R&D <soon> in #ops, see https://x.example/a' },
    });
  });
});

describe('a time on another clock', () => {
  const move = (phrase: string, from = NEW_YORK, to = MANILA) => {
    const moved = moveToClock(read(phrase, from), { from, to, now });
    return moved.ok ? printWhen(moved.value) : moved.message;
  };

  test.each([
    ['tomorrow 3pm', 'Sat 7 Mar 2026 at 04:00'],
    ['8 March 2026 at 02:30', 'Sun 8 Mar 2026 at 15:30'],
    ['every weekday at 9', 'every weekday at 22:00'],
    ['every weekday at 20:00', 'every Tuesday, Wednesday, Thursday, Friday and Saturday at 09:00'],
    ['every Sunday at 20:00', 'every Monday at 08:00'],
    ['every other Sunday at 20:00', 'every other Monday at 08:00, starting Mon 9 Mar 2026'],
    ['every Friday at 20:00 until 1 May', 'every Saturday at 09:00, until Sat 2 May 2026'],
    ['on the 15th of every month at 9', 'on the 15th of every month at 21:00'],
  ])('“%s” in New York', (phrase, moved) => {
    // The distance is the one at its first date: 13 hours before 8 March, 12 hours from then on.
    expect(move(phrase)).toBe(moved);
  });

  test('a day of the month that is another day there needs the receiver’s clock', () => {
    expect(move('on the 15th of every month at 20:00')).toContain('Choose the clock of the person');
  });

  test('a single time is the same instant on every clock', () => {
    const zones = fc.constantFrom(
      NEW_YORK,
      MANILA,
      'Asia/Kathmandu',
      'Pacific/Apia',
      'Europe/Lisbon',
    );
    const minute = fc.integer({ min: 0, max: 60 * 24 * 1000 });
    fc.assert(
      fc.property(zones, zones, minute, (from, to, minutes) => {
        const at = now.plus({ minutes }).setZone(from);
        const timing: When = { kind: 'once', on: at.toISODate() ?? '', time: at.toFormat('HH:mm') };
        const meant = atWallClock(timing.on, timing.time, from);
        const moved = moveToClock(timing, { from, to, now });
        if (!moved.ok || moved.value.kind !== 'once') throw new Error('not moved');
        const there = atWallClock(moved.value.on, moved.value.time, to);
        // An hour that clocks show twice is its first one.
        expect([0, 3_600_000]).toContain(meant.toMillis() - there.toMillis());
      }),
    );
  });
});

describe('the next times', () => {
  const next = (phrase: string, more: Partial<typeof fresh> = {}) =>
    nextTimes({ ...fresh, ...more, timing: read(phrase) }, { calendar: manila, now, count: 3 }).map(
      ({ at, heldUntil }) =>
        [at, heldUntil].map((one) => one?.setZone(MANILA).toFormat('ccc d MMM HH:mm') ?? null),
    );

  test('outside working hours say until when they are held', () => {
    expect(next('tomorrow at 20:00')).toEqual([['Fri 6 Mar 20:00', 'Mon 9 Mar 09:00']]);
    expect(next('tomorrow at 10')).toEqual([['Fri 6 Mar 10:00', null]]);
  });

  test('of an urgent one are never held', () => {
    expect(next('tomorrow at 20:00', { urgent: true })).toEqual([['Fri 6 Mar 20:00', null]]);
  });

  test('of a paused or deleted one are none', () => {
    expect(next('every weekday at 9', { pausedAt: now as never })).toEqual([]);
    expect(next('every weekday at 9', { deletedAt: now as never })).toEqual([]);
  });

  test('of a muted one begin on the day chosen', () => {
    expect(next('every weekday at 9', { mutedUntilOn: '2026-03-16' as never })[0]).toEqual([
      'Mon 16 Mar 09:00',
      null,
    ]);
  });
});

describe('what the engine is given', () => {
  const rule = (phrase: string, urgent = false) =>
    recurrenceOf({ ...fresh, urgent, timing: read(phrase) }, manila).onNonWorkingDay;

  test('working days of a week are left out on holidays, anything else is kept for the next work start', () => {
    expect(rule('every weekday at 9')).toBe('skip');
    expect(rule('every other monday at 9')).toBe('skip');
    expect(rule('every saturday at 9')).toBe('keep');
    expect(rule('every day at 9')).toBe('keep');
    expect(rule('on the 15th of every month')).toBe('keep');
    expect(rule('tomorrow at 9')).toBe('keep');
    expect(rule('every weekday at 9', true)).toBe('keep');
  });

  test('an answer is waited for one working hour after it was sent and after each repeat', () => {
    const asked = atWallClock('2026-03-06', '16:30', MANILA);
    const end = (repeats: number) =>
      windowEnd({ repeats }, manila, asked)?.setZone(MANILA).toFormat('ccc HH:mm');
    expect(end(0)).toBe('Mon 09:30');
    expect(end(5)).toBe('Mon 14:30');
    expect(windowEnd({ repeats: 0 }, { zone: MANILA, weekly: {} }, asked)).toBeNull();
  });
});

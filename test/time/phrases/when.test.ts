import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { printWhen } from '../../../src/time/phrases/print.ts';
import { findWhen, readWhen } from '../../../src/time/phrases/when.ts';

/** A Thursday, 10:20 in New York. */
const THURSDAY = { now: DateTime.fromISO('2026-03-05T15:20:00Z'), zone: 'America/New_York' };

function read(phrase: string, context = THURSDAY): string | null {
  const when = readWhen(phrase, context);
  if (!when) return null;
  return when.ok ? printWhen(when.value) : `! ${when.message}`;
}

describe('one time', () => {
  test.each([
    ['tomorrow 3pm', 'Fri 6 Mar 2026 at 15:00'],
    ['tomorrow at 3 p.m.', 'Fri 6 Mar 2026 at 15:00'],
    ['tomorrow', 'Fri 6 Mar 2026 at 09:00'],
    ['the day after tomorrow at noon', 'Sat 7 Mar 2026 at 12:00'],
    ['in 20 minutes', 'Thu 5 Mar 2026 at 10:40'],
    ['in an hour', 'Thu 5 Mar 2026 at 11:20'],
    ['in half an hour', 'Thu 5 Mar 2026 at 10:50'],
    ['in 1.5 hours', 'Thu 5 Mar 2026 at 11:50'],
    ['in 1 hour and 30 minutes', 'Thu 5 Mar 2026 at 11:50'],
    ['20 minutes from now', 'Thu 5 Mar 2026 at 10:40'],
    ['in 3 days', 'Sun 8 Mar 2026 at 09:00'],
    ['in 2 weeks at 14:30', 'Thu 19 Mar 2026 at 14:30'],
    ['at 9', 'Fri 6 Mar 2026 at 09:00'],
    ['at 11', 'Thu 5 Mar 2026 at 11:00'],
    ['at 5', 'Thu 5 Mar 2026 at 17:00'],
    ['at 7', 'Fri 6 Mar 2026 at 07:00'],
    ['10:20', 'Fri 6 Mar 2026 at 10:20'],
    ['at 05:00', 'Fri 6 Mar 2026 at 05:00'],
    ['15:30', 'Thu 5 Mar 2026 at 15:30'],
    ['9am', 'Fri 6 Mar 2026 at 09:00'],
    ['12 am', 'Fri 6 Mar 2026 at 00:00'],
    ['12pm', 'Thu 5 Mar 2026 at 12:00'],
    ['tonight', 'Thu 5 Mar 2026 at 20:00'],
    ['this afternoon', 'Thu 5 Mar 2026 at 14:00'],
    ['tomorrow morning', 'Fri 6 Mar 2026 at 09:00'],
    ['friday', 'Fri 6 Mar 2026 at 09:00'],
    ['on Thursday at 10:00', 'Thu 12 Mar 2026 at 10:00'],
    ['on Thursday at 11:00', 'Thu 5 Mar 2026 at 11:00'],
    ['monday at 9.30', 'Mon 9 Mar 2026 at 09:30'],
    ['9h30 on monday', 'Mon 9 Mar 2026 at 09:30'],
    ['next week', 'Mon 9 Mar 2026 at 09:00'],
    ['on the 15th', 'Sun 15 Mar 2026 at 09:00'],
    ['the 5th at 9', 'Sun 5 Apr 2026 at 09:00'],
    ['on the 31st', 'Tue 31 Mar 2026 at 09:00'],
    ['24 Dec', 'Thu 24 Dec 2026 at 09:00'],
    ['1 March', 'Mon 1 Mar 2027 at 09:00'],
    ['March 15th at 4pm', 'Sun 15 Mar 2026 at 16:00'],
    ['15th of march, 2027', 'Mon 15 Mar 2027 at 09:00'],
    ['29 February', 'Tue 29 Feb 2028 at 09:00'],
    ['2026-04-01 09:30', 'Wed 1 Apr 2026 at 09:30'],
    ['24/12 at 8am', 'Thu 24 Dec 2026 at 08:00'],
    ['Tue 24 Nov 2026 at 15:00', 'Tue 24 Nov 2026 at 15:00'],
    ['by end of day', 'Thu 5 Mar 2026 at 17:00'],
    ['yesterday at 3pm', 'Wed 4 Mar 2026 at 15:00'],
  ])('“%s” is %s', (phrase, meant) => {
    expect(read(phrase)).toBe(meant);
  });

  test('“in 2 hours” is two hours on the clock of the day when clocks go forward', () => {
    const context = { now: DateTime.fromISO('2026-03-08T06:30:00Z'), zone: 'America/New_York' };
    expect(read('in 2 hours', context)).toBe('Sun 8 Mar 2026 at 04:30');
  });

  test('“in 20 minutes” never comes early', () => {
    const context = { now: DateTime.fromISO('2026-03-05T15:20:30Z'), zone: 'America/New_York' };
    expect(read('in 20 minutes', context)).toBe('Thu 5 Mar 2026 at 10:41');
  });

  test('“tomorrow” is the day after the writer’s own day', () => {
    const now = DateTime.fromISO('2026-03-05T15:20:00Z');
    expect(read('tomorrow at 9', { now: now.plus({ hours: 2 }), zone: 'Asia/Manila' })).toBe(
      'Sat 7 Mar 2026 at 09:00',
    );
    expect(read('friday at 9', { now: now.plus({ hours: 2 }), zone: 'Asia/Manila' })).toBe(
      'Fri 6 Mar 2026 at 09:00',
    );
  });
});

describe('again and again', () => {
  test.each([
    ['every weekday at 9', 'every weekday at 09:00'],
    ['at 9 every weekday', 'every weekday at 09:00'],
    ['weekdays at 08:15', 'every weekday at 08:15'],
    ['every working day', 'every weekday at 09:00'],
    ['every day at noon', 'every day at 12:00'],
    ['daily at 7pm', 'every day at 19:00'],
    ['every morning', 'every day at 09:00'],
    ['every Monday', 'every Monday at 09:00'],
    ['Mondays and Thursdays at 8:30', 'every Monday and Thursday at 08:30'],
    ['every mon, wed and fri at 10', 'every Monday, Wednesday and Friday at 10:00'],
    ['every Friday afternoon', 'every Friday at 14:00'],
    ['weekly on tuesday at 15:00', 'every Tuesday at 15:00'],
    ['every week', 'every Friday at 09:00'],
    ['every weekend at 10', 'every Saturday and Sunday at 10:00'],
    ['every other Monday', 'every other Monday at 09:00, starting Mon 9 Mar 2026'],
    ['every second Friday at 16:00', 'every other Friday at 16:00, starting Fri 6 Mar 2026'],
    ['every 3 weeks on Tuesday', 'every 3 weeks on Tuesday at 09:00, starting Tue 10 Mar 2026'],
    ['fortnightly on Thursday at 9', 'every other Thursday at 09:00, starting Thu 12 Mar 2026'],
    ['biweekly', 'every other Friday at 09:00, starting Fri 6 Mar 2026'],
    [
      'every other week on mon and wed',
      'every other Monday and Wednesday at 09:00, starting Mon 9 Mar 2026',
    ],
    ['every other Monday starting 6 April', 'every other Monday at 09:00, starting Mon 6 Apr 2026'],
    ['last business day of the month at 16:00', 'on the last business day of every month at 16:00'],
    ['every last working day of the month', 'on the last business day of every month at 09:00'],
    [
      'on the first business day of every month',
      'on the first business day of every month at 09:00',
    ],
    ['monthly on the 15th', 'on the 15th of every month at 09:00'],
    ['on the 15th of every month at 10', 'on the 15th of every month at 10:00'],
    ['every 1st', 'on the 1st of every month at 09:00'],
    ['every month', 'on the 6th of every month at 09:00'],
    ['the last day of the month', 'on the last day of every month at 09:00'],
    ['on the 31st of every month', 'on the last day of every month at 09:00'],
    ['first Monday of the month at 9', 'on the 1st Monday of every month at 09:00'],
    ['every 3rd thursday of the month', 'on the 3rd Thursday of every month at 09:00'],
    ['every last friday of the month at 4pm', 'on the last Friday of every month at 16:00'],
    ['every third Monday', 'on the 3rd Monday of every month at 09:00'],
    ['every weekday at 9 until 24 Dec', 'every weekday at 09:00, until Thu 24 Dec 2026'],
    [
      'every Monday at 9 from 1 April until 1 June',
      'every Monday at 09:00, starting Wed 1 Apr 2026, until Mon 1 Jun 2026',
    ],
  ])('“%s” is %s', (phrase, meant) => {
    expect(read(phrase)).toBe(meant);
  });
});

describe('what cannot be', () => {
  test.each([
    ['tomorrow at 25:00', '“25:00” is not a time'],
    ['every weekday at 9:75', '“9:75” is not a time'],
    ['tomorrow at 13pm', '“13 pm” is not a time. Write 13:00, or 1 pm.'],
    ['31 February', 'There is no 31 February 2026: that month has 28 days.'],
    ['31 February at 9', 'There is no 31 February 2026: that month has 28 days.'],
    ['29 Feb 2027', 'There is no 29 February 2027: that month has 28 days.'],
    ['2026-02-31', 'There is no 31 February 2026: that month has 28 days.'],
    ['on the 32nd', 'No month has a day 32.'],
    ['monthly on the 40th', 'No month has a day 40.'],
    ['3/4 at 9', '“3/4” can be read in two ways. Write the month as a word, such as 4 March.'],
    ['Mon 24 Nov 2026', '24 Nov 2026 is a Tuesday. Check the day and the date.'],
    ['every hour', 'Reminders repeat on days of the week or of the month'],
    ['every 3 days', 'Reminders repeat on days of the week or of the month'],
    ['yearly', 'Reminders repeat on days of the week or of the month'],
    ['every Monday from 1 June until 1 May 2026', 'It ends before it starts'],
    ['every 7th monday of the month', 'A month has at most five of each weekday'],
  ])('“%s” gets a sentence', (phrase, sentence) => {
    expect(read(phrase)).toContain(`! ${sentence}`);
  });

  test.each([
    '',
    'may',
    'the cat sat',
    'soon',
    'room 9',
    '5',
    'monday 9am to 11am',
    'now or never',
    'every',
    'march',
  ])('“%s” is no time', (phrase) => {
    expect(read(phrase)).toBeNull();
  });
});

describe('a sentence with a time in it', () => {
  test.each([
    ['to send the invoice every weekday at 9', 'send the invoice', 'every weekday at 09:00'],
    ['to book flights tomorrow 3pm', 'book flights', 'Fri 6 Mar 2026 at 15:00'],
    ['tomorrow at 3pm to call Bob', 'call Bob', 'Fri 6 Mar 2026 at 15:00'],
    [
      'every other Monday: send the report',
      'send the report',
      'every other Monday at 09:00, starting Mon 9 Mar 2026',
    ],
    ['Review the Board Deck on Friday at 10', 'Review the Board Deck', 'Fri 6 Mar 2026 at 10:00'],
    ['to book the 3pm flight tomorrow at 9', 'book the 3pm flight', 'Fri 6 Mar 2026 at 09:00'],
    [
      'to pay rent on the last business day of the month at 16:00',
      'pay rent',
      'on the last business day of every month at 16:00',
    ],
    ['to stretch in 20 minutes', 'stretch', 'Thu 5 Mar 2026 at 10:40'],
    ['that the board meets on the 15th', 'the board meets', 'Sun 15 Mar 2026 at 09:00'],
    ['send the report by Friday', 'send the report', 'Fri 6 Mar 2026 at 09:00'],
    ['to talk to May', 'talk to May', null],
    ['water the plants', 'water the plants', null],
  ])('“%s”', (sentence, text, meant) => {
    const found = findWhen(sentence, THURSDAY);
    expect(found.text).toBe(text);
    expect(found.when?.ok ? printWhen(found.when.value) : found.when).toBe(meant);
  });

  test('a time that cannot be is named, and the text is kept', () => {
    const found = findWhen('to call Bob tomorrow at 25:00', THURSDAY);
    expect(found).toMatchObject({ text: 'call Bob', phrase: 'tomorrow at 25:00' });
    expect(found.when).toMatchObject({ ok: false });
  });
});

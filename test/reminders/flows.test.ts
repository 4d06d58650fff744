import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/index.ts';
import {
  finishReminder,
  muteReminder,
  skipReminder,
  snoozeReminder,
} from '../../src/reminders/flows/answer.ts';
import { prepareNew } from '../../src/reminders/flows/form.ts';
import { chooseUrgent } from '../../src/reminders/flows/list.ts';
import { oneKind } from '../support/databases.ts';
import { ANA, DANA, type Fixture, openFixture, TEAM } from './fixture.ts';

const chosen = (...values: string[]) => ({ selected_options: values.map((value) => ({ value })) });
const THEIRS = { clock: { selected_option: { value: 'theirs' } } };
const toAna = (words: string) => `<@${ANA.userId}|ana> ${words}`;

describe.each(await oneKind())('reminders on $kind', ({ create }) => {
  let database: Database;
  let fixture: Fixture;
  beforeEach(async () => {
    database = await create();
    fixture = await openFixture(database);
  });
  afterEach(() => database.close());

  test('Done pressed twice at once tells the writer once', async () => {
    const words = toAna('to book flights on 3 March at 9');
    const reminderId = await fixture.write(DANA, words, { ...THEIRS, options: chosen('tell') });
    await fixture.until('2026-03-03T01:00:00Z');
    expect(await fixture.sent(ANA.userId)).toEqual(['Reminder from <@U000DANA>: book flights']);
    const press = () =>
      finishReminder(fixture.deps, { caller: ANA, ref: { reminderId, dueOn: '2026-03-03' } });
    await Promise.all([press(), press()]);
    expect(await fixture.sent(DANA.userId)).toEqual([
      expect.stringContaining('<@U0000ANA> marked your reminder as done'),
    ]);
  });

  test('without “tell me” the writer hears nothing of it being done', async () => {
    const reminderId = await fixture.write(DANA, toAna('to book flights on 3 March at 9'), THEIRS);
    await fixture.until('2026-03-03T01:00:00Z');
    await finishReminder(fixture.deps, { caller: ANA, ref: { reminderId, dueOn: '2026-03-03' } });
    await fixture.until('2026-03-05T01:00:00Z');
    expect(await fixture.sent(DANA.userId)).toEqual([]);
    expect(await fixture.sent(ANA.userId)).toHaveLength(1);
  });

  test.each([
    ['0', 1],
    ['5', 6],
  ])('with %s repeats it is sent %i times, then the writer is told once', async (repeats, sent) => {
    const changes = { ...THEIRS, repeats: { selected_option: { value: repeats } } };
    await fixture.write(DANA, toAna('to book flights on 3 March at 9'), changes);
    await fixture.until('2026-03-06T00:00:00Z');
    expect(await fixture.sent(ANA.userId)).toHaveLength(sent);
    expect(await fixture.sent(DANA.userId)).toEqual([expect.stringContaining('Not acknowledged')]);
  });

  test('a series after three days without Tandem asks once, for today', async () => {
    await fixture.write(ANA, 'me to send the invoice every weekday at 9');
    await fixture.until('2026-03-03T01:00:00Z');
    fixture.skipTo('2026-03-06T03:00:00Z');
    await fixture.run();
    await fixture.run();
    expect(await fixture.sent(ANA.userId)).toEqual([
      expect.stringContaining('Not answered yet'),
      'Reminder: send the invoice',
    ]);
  });

  test('a single reminder that was missed while Tandem was down comes late, once', async () => {
    await fixture.write(ANA, 'me to call Bob tomorrow at 10');
    await fixture.write(ANA, 'me to water the plants tomorrow at 20:00');
    fixture.skipTo('2026-03-06T03:00:00Z');
    await fixture.run();
    await fixture.run();
    expect((await fixture.sent(ANA.userId)).toSorted()).toEqual([
      'Reminder: call Bob',
      'Reminder: water the plants',
    ]);
  });

  test('the writer hears that there was no answer even if Tandem was down when the time for it ended', async () => {
    await fixture.write(DANA, toAna('to book flights on 3 March at 9'), THEIRS);
    await fixture.until('2026-03-03T02:30:00Z');
    fixture.skipTo('2026-03-04T02:00:00Z');
    await fixture.run();
    await fixture.run();
    expect(await fixture.sent(DANA.userId)).toEqual([expect.stringContaining('Not acknowledged')]);
    expect((await fixture.sent(ANA.userId)).at(-1)).toContain('Not answered yet');
  });

  test('a text that is too long for the form is not cut in silence', async () => {
    const long = `me to ${'write '.repeat(300)}tomorrow at 10`;
    const form = await prepareNew(fixture.deps, ANA, long);
    expect(form.notice).toContain('longer than 1000 characters');
  });

  test('on leave a series is left out, and a single one waits for the first working day', async () => {
    await fixture.write(ANA, 'me to send the invoice every weekday at 9');
    await fixture.write(ANA, 'me to call Bob tomorrow at 10');
    await database.prisma.member.update({
      where: { workspaceId_userId: ANA },
      data: { away: [{ from: '2026-03-02T16:00:00Z', until: '2026-03-04T16:00:00Z' }] },
    });
    await fixture.until('2026-03-05T00:59:00Z');
    expect(await fixture.sent(ANA.userId)).toEqual([]);
    await fixture.until('2026-03-05T01:00:00Z');
    expect((await fixture.sent(ANA.userId)).toSorted()).toEqual([
      'Reminder: call Bob',
      'Reminder: send the invoice',
    ]);
  });

  test('an urgent one goes out at night and is logged; once the receiver refuses, it waits', async () => {
    const changes = { ...THEIRS, options: chosen('urgent') };
    const first = await fixture.write(DANA, toAna('to pay on 3 March at 22:00'), changes);
    const second = await fixture.write(DANA, toAna('to sign on 4 March at 22:00'), changes);
    await fixture.until('2026-03-03T14:00:00Z');
    expect(await fixture.sent(ANA.userId)).toEqual(['Reminder from <@U000DANA> (urgent): pay']);
    await chooseUrgent(fixture.deps, { caller: ANA, pairId: fixture.pairId, accepts: false });
    await fixture.until('2026-03-05T00:59:00Z');
    expect((await fixture.sent(ANA.userId)).filter((one) => one.includes('sign'))).toEqual([]);
    await fixture.until('2026-03-05T01:00:00Z');
    expect((await fixture.sent(ANA.userId)).filter((one) => one.includes('sign'))).toHaveLength(1);
    const rows = await database.prisma.reminder.findMany({ orderBy: { createdAt: 'asc' } });
    const log = new Map(
      rows.map((row) => [row.id, [row.urgentSends, row.urgentSentAt?.toISOString()]]),
    );
    expect(log.get(first)).toEqual([1, '2026-03-03T14:00:00.000Z']);
    expect(log.get(second)).toEqual([0, undefined]);
  });

  test('three hours from four in the afternoon is the next work start, and the series stays', async () => {
    const reminderId = await fixture.write(ANA, 'me to send the invoice every weekday at 16:00');
    await fixture.until('2026-03-03T08:00:00Z');
    const ref = { reminderId, dueOn: '2026-03-03' };
    await snoozeReminder(fixture.deps, { caller: ANA, ref, chosen: '3h' });
    await fixture.until('2026-03-04T00:59:00Z');
    expect(await fixture.sent(ANA.userId)).toHaveLength(1);
    await fixture.until('2026-03-04T01:00:00Z');
    expect(await fixture.sent(ANA.userId)).toHaveLength(2);
    await finishReminder(fixture.deps, { caller: ANA, ref });
    await fixture.until('2026-03-04T08:00:00Z');
    expect(await fixture.sent(ANA.userId)).toEqual([
      expect.stringContaining('I asked again below'),
      expect.stringContaining('Done'),
      'Reminder: send the invoice',
    ]);
  });

  test('a series keeps its local time when clocks change, and a time that does not exist moves on', async () => {
    await fixture.write(DANA, 'me to stretch every day at 02:30', { options: chosen('urgent') });
    await fixture.until('2026-03-07T07:29:00Z');
    const before = (await fixture.sent(DANA.userId)).length;
    const at = async (instant: string) => {
      await fixture.until(instant);
      const all = await fixture.sent(DANA.userId);
      return all.length - before - all.filter((one) => one.startsWith('Again')).length;
    };
    // 02:30 EST; 03:30 EDT, because 02:30 is skipped; 02:30 EDT.
    for (const [instant, count] of [
      ['2026-03-07T07:30:00Z', 1],
      ['2026-03-08T07:29:00Z', 1],
      ['2026-03-08T07:30:00Z', 2],
      ['2026-03-09T06:29:00Z', 2],
      ['2026-03-09T06:30:00Z', 3],
    ] as const) {
      expect([instant, await at(instant)]).toEqual([instant, count]);
    }
  });

  test('what was answered cannot be put off, and says so', async () => {
    const reminderId = await fixture.write(ANA, 'me to call Bob tomorrow at 10');
    await fixture.until('2026-03-03T02:00:00Z');
    const ref = { reminderId, dueOn: '2026-03-03' };
    await finishReminder(fixture.deps, { caller: ANA, ref });
    const o = { caller: ANA, ref };
    await expect(skipReminder(fixture.deps, o)).rejects.toThrow('This is done already.');
    await expect(snoozeReminder(fixture.deps, { ...o, chosen: '1h' })).rejects.toThrow(
      'This is done already.',
    );
    await expect(muteReminder(fixture.deps, { ...o, untilOn: '2026-03-03' })).rejects.toThrow(
      'Choose a day after today.',
    );
    await expect(
      finishReminder(fixture.deps, { caller: ANA, ref: { ...ref, dueOn: '2026-03-04' } }),
    ).rejects.toThrow('This reminder is not there any more.');
  });

  test('nothing is sent once the two have parted', async () => {
    await fixture.write(ANA, 'me to call Bob tomorrow at 10');
    await database.prisma.pair.update({
      where: { workspaceId_id: { workspaceId: TEAM, id: fixture.pairId } },
      data: { endedAt: new Date('2026-03-02T13:00:00Z'), liveKey: null },
    });
    await fixture.until('2026-03-04T00:00:00Z');
    expect(await fixture.sent(ANA.userId)).toEqual([]);
  });
});

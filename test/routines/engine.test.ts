import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import type { Database } from '../../src/database/index.ts';
import {
  answerOccurrence,
  changeControls,
  planRoutine,
  replanMember,
  skipNext,
  skipOccurrence,
  snoozeOccurrence,
} from '../../src/routines/index.ts';
import { oneKind } from '../support/databases.ts';
import { ANA, DAILY, MANILA, startEngine } from './engine.ts';

const TUESDAY = { ...ANA, dueOn: '2026-03-03' };

describe.each(await oneKind())('on $kind', ({ create }) => {
  let database: Database;
  let engine: Awaited<ReturnType<typeof startEngine>>;

  beforeEach(async () => {
    database = await create();
    engine = await startEngine(database, { startAt: '2026-03-03T08:00' });
    await engine.plan();
  });
  afterEach(() => database.close());

  const sent = () => engine.calls.filter((one) => !one.startsWith('show'));
  const setAway = (from: string, until: string) =>
    database.prisma.$transaction(async (tx) => {
      const instant = (text: string) =>
        DateTime.fromISO(text, { zone: MANILA.zone }).toUTC().toISO();
      await tx.member.update({
        where: { workspaceId_userId: { workspaceId: 'T1', userId: 'UANA' } },
        data: { away: [{ from: instant(from), until: instant(until) }] },
      });
    });
  const replan = () =>
    engine.deps.transact((stores) =>
      replanMember(stores, { workspaceId: 'T1', userId: 'UANA', now: engine.now() }),
    );

  test('no answer: asked, reminded twice, told once when the other side starts work, nothing after that', async () => {
    await engine.until('2026-03-03T22:00');
    expect(engine.calls).toEqual([
      'ask 2026-03-03',
      'remind 1 2026-03-03',
      'remind 2 2026-03-03',
      'show missed 2026-03-03',
      'tell UDANA 2026-03-03',
    ]);
    expect(await engine.occurrence('2026-03-03')).toMatchObject({
      state: 'missed',
      nextStep: null,
      remindedTimes: 2,
    });
  });

  test.each([
    ['2026-03-03T16:59', 'on_time', 3],
    ['2026-03-03T17:10', 'grace', 3],
    ['2026-03-03T19:00', 'late', 3],
    ['2026-03-03T11:00', 'on_time', 1],
  ])('an answer at %s is %s and ends everything', async (time, standing, messages) => {
    await engine.until(time);
    await engine.deps.transact((stores) => answerOccurrence(stores, TUESDAY, engine.now()));
    await engine.until('2026-03-03T23:00');
    expect(await engine.occurrence('2026-03-03')).toMatchObject({ state: 'done', standing });
    expect(sent()).toHaveLength(messages);
  });

  test('what is done before it is asked is neither asked nor reminded', async () => {
    engine.kind.ask = async () => 'done';
    await engine.until('2026-03-03T23:00');
    expect(engine.calls).toEqual([]);
    expect(await engine.occurrence('2026-03-03')).toMatchObject({ state: 'done' });
  });

  test('three days down: one question, and the days before it are recorded with the reason', async () => {
    engine.setNow('2026-03-06T10:00');
    await engine.run();
    expect(engine.calls).toEqual(['ask 2026-03-06']);
    expect(await engine.states()).toEqual([
      '2026-03-03 not_asked',
      '2026-03-04 not_asked',
      '2026-03-05 not_asked',
      '2026-03-06 asked',
    ]);
    expect((await engine.occurrence('2026-03-03'))?.reason).toMatch(/was not running/);
  });

  test('down when the answer was due: excused, and nobody is told', async () => {
    await engine.until('2026-03-03T12:00');
    engine.setNow('2026-03-04T08:00');
    await engine.run();
    expect(await engine.occurrence('2026-03-03')).toMatchObject({ state: 'excused' });
    expect(sent()).toEqual(['ask 2026-03-03']);
  });

  test('down over both reminders: one goes out, not two', async () => {
    await engine.until('2026-03-03T12:00');
    engine.setNow('2026-03-03T16:30');
    await engine.run();
    expect(sent()).toEqual(['ask 2026-03-03', 'remind 2 2026-03-03']);
  });

  test('a snooze asks again once and leaves the series alone; the sixth one is refused', async () => {
    await engine.until('2026-03-03T09:00');
    for (let time = 1; time <= 5; time += 1) {
      await engine.deps.transact((stores) =>
        snoozeOccurrence(stores, TUESDAY, { until: '20m', now: engine.now() }),
      );
      await engine.until(
        `2026-03-03T${time === 3 ? '10:00' : engine.now().plus({ minutes: 20 }).toFormat('HH:mm')}`,
      );
      expect(sent().filter((one) => one.startsWith('ask'))).toHaveLength(time + 1);
    }
    const sixth = engine.deps.transact((stores) =>
      snoozeOccurrence(stores, TUESDAY, { until: '1h', now: engine.now() }),
    );
    await expect(sixth).rejects.toThrow('You have put this off 5 times already');
    await engine.until('2026-03-04T09:00');
    expect(engine.calls.at(-1)).toBe('ask 2026-03-04');
  });

  test('a snooze that ends in quiet hours waits for the next work start', async () => {
    await engine.until('2026-03-03T16:00');
    const { until } = await engine.deps.transact((stores) =>
      snoozeOccurrence(stores, TUESDAY, { until: '3h', now: engine.now() }),
    );
    expect(until.setZone(MANILA.zone).toISO()).toBe('2026-03-04T09:00:00.000+08:00');
  });

  test('what is skipped is over, and cannot be put off any more', async () => {
    await engine.until('2026-03-03T09:00');
    const skip = { reason: 'In the air', now: engine.now() };
    await engine.deps.transact((stores) => skipOccurrence(stores, TUESDAY, skip));
    await engine.until('2026-03-03T23:00');
    expect(sent()).toEqual(['ask 2026-03-03']);
    const later = engine.deps.transact((stores) =>
      snoozeOccurrence(stores, TUESDAY, { until: '1h', now: engine.now() }),
    );
    await expect(later).rejects.toThrow('This is skipped already.');
  });

  test('leave set after the question excuses it and says so; it is not counted as missed', async () => {
    await engine.until('2026-03-03T10:00');
    await setAway('2026-03-03T00:00', '2026-03-05T00:00');
    await replan();
    await engine.run();
    expect(engine.calls.at(-1)).toBe('show excused 2026-03-03');
    await engine.until('2026-03-05T09:00');
    expect(await engine.states()).toEqual(['2026-03-03 excused', '2026-03-05 asked']);
  });

  test('on half a day of leave the question waits for the other half', async () => {
    await setAway('2026-03-03T00:00', '2026-03-03T13:00');
    await engine.until('2026-03-03T12:59');
    expect(engine.calls).toEqual([]);
    await engine.until('2026-03-03T13:00');
    expect(engine.calls).toEqual(['ask 2026-03-03']);
  });

  test('a zone changed at noon asks nothing again that day, and at nine of the new zone on the next', async () => {
    await engine.until('2026-03-03T12:00');
    await database.prisma.member.update({
      where: { workspaceId_userId: { workspaceId: 'T1', userId: 'UANA' } },
      data: { zone: 'Europe/Lisbon' },
    });
    await replan();
    await engine.until('2026-03-04T16:59');
    expect(sent().filter((one) => one.startsWith('ask'))).toEqual(['ask 2026-03-03']);
    await engine.until('2026-03-04T17:00');
    expect(sent().at(-1)).toBe('ask 2026-03-04');
  });

  test('skipping the next one and a pause move the series, and setting it again keeps them', async () => {
    const change = async (
      controls: (of: NonNullable<Awaited<ReturnType<typeof find>>>) => object,
    ) => {
      const routine = await find();
      if (routine)
        await changeControls(engine.deps, {
          routine,
          controls: controls(routine),
          now: engine.now(),
        });
    };
    const find = () => engine.deps.routines.findOf(ANA);
    await change(skipNext);
    expect((await find())?.next?.on).toBe('2026-03-04');
    await change(({ controls }) => ({ ...controls, mutedUntilOn: '2026-03-06' }));
    expect((await find())?.next?.on).toBe('2026-03-06');
    await engine.plan();
    expect((await find())?.next?.on).toBe('2026-03-06');
  });

  test('a pattern of one’s own gives way when other days are agreed', async () => {
    const routine = await engine.deps.routines.findOf(ANA);
    if (!routine) throw new Error('there is a routine');
    const pattern = { kind: 'businessDayOfMonth', which: 'last' } as const;
    await changeControls(engine.deps, { routine, controls: { pattern }, now: engine.now() });
    await engine.plan();
    expect((await engine.deps.routines.findOf(ANA))?.next?.on).toBe('2026-03-31');
    const agreed = { ...DAILY, pattern: { kind: 'weekly' as const, weekdays: ['thu' as const] } };
    await planRoutine(engine.deps, {
      ...ANA,
      recurrence: agreed,
      calendar: MANILA,
      now: engine.now(),
    });
    expect((await engine.deps.routines.findOf(ANA))?.next?.on).toBe('2026-03-05');
  });

  test('a question that fails leaves nothing behind and is asked when tried again; others are not held up', async () => {
    await engine.plan({ subject: 'other' });
    const failing = (await engine.deps.routines.findOf(ANA))?.id;
    engine.kind.ask = async ({ routine, stores, occurrence, now }) => {
      await stores.routines.change(occurrence, { reason: 'half done', now });
      if (routine.id === failing) throw new Error('Slack is on fire');
      return 'asked';
    };
    await engine.until('2026-03-03T09:00');
    expect(await engine.states()).toEqual(
      expect.arrayContaining(['2026-03-03 asked', '2026-03-03 due']),
    );
    expect((await engine.occurrence('2026-03-03'))?.reason).toBeNull();
    engine.kind.ask = async () => 'asked';
    await engine.run();
    expect(await engine.states()).toEqual(['2026-03-03 asked', '2026-03-03 asked']);
  });

  test('a routine that cannot be read does not hold up the others', async () => {
    await engine.plan({ subject: 'broken' });
    await database.prisma.routine.updateMany({
      where: { subject: 'broken' },
      data: { recurrence: { pattern: { kind: 'everyNthWeek', weeks: 0 } } },
    });
    await engine.until('2026-03-03T09:00');
    expect(engine.calls).toEqual(['ask 2026-03-03']);
  });

  test('once the pair has ended nothing is asked or told any more', async () => {
    await engine.until('2026-03-03T10:00');
    await database.prisma.pair.updateMany({ data: { endedAt: engine.now().toJSDate() } });
    await engine.until('2026-03-04T23:00');
    expect(sent()).toEqual(['ask 2026-03-03']);
    expect(await engine.states()).toEqual(['2026-03-03 excused', '2026-03-04 excused']);
  });
});

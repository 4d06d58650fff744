import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { NO_SUCH_PAIR } from '../../src/access/index.ts';
import type { HolidayPlan } from '../../src/away/domain/holidays.ts';
import type { LeavePlan } from '../../src/away/domain/leave.ts';
import { rewriteCalendar, rollHolidays } from '../../src/away/flows/calendar.ts';
import { saveHolidays, shareCompanyDay } from '../../src/away/flows/holidays.ts';
import { cancelLeave, saveLeave } from '../../src/away/flows/leave.ts';
import { moveZone, noteZone } from '../../src/away/flows/zone.ts';
import { layOutCalendar } from '../../src/away/index.ts';
import type { HolidaysChange } from '../../src/away/views/holidays.ts';
import type { Database } from '../../src/database/index.ts';
import { planRoutine } from '../../src/routines/index.ts';
import { oneKind } from '../support/databases.ts';
import { ANA, createPairFixture, DANA, NO_CLIENT, type PairFixture } from './pair-fixture.ts';

function planOf(firstOn: string, lastOn = firstOn, changes: Partial<LeavePlan> = {}): LeavePlan {
  return {
    type: 'vacation',
    firstOn,
    lastOn,
    startsAtMidday: false,
    endsAtMidday: false,
    coverId: null,
    reason: null,
    ...changes,
  };
}

function holidays(changes: Partial<HolidaysChange>): HolidaysChange {
  return { country: null, region: null, worked: [], offered: [], added: null, ...changes };
}

describe.each(await oneKind())('on $kind', ({ create }) => {
  let database: Database;
  let pair: PairFixture;
  beforeEach(async () => {
    database = await create();
    pair = await createPairFixture(database);
  });
  afterEach(() => database.close());

  const save = (plan: LeavePlan, leaveId: string | null = null, caller = ANA) =>
    saveLeave(pair, { caller, client: NO_CLIENT, leaveId, plan });
  const away = async () =>
    (await pair.away.findCalendar(ANA))?.away?.map(
      ({ from, until }) => `${from.toISO()} ${until.toISO()}`,
    );
  const allLeaves = () => database.prisma.leave.findMany({ orderBy: { createdAt: 'asc' } });

  async function savedId(plan: LeavePlan): Promise<string> {
    const result = await save(plan);
    if (result.type !== 'saved') throw new Error('it overlaps');
    return result.leave.id;
  }

  async function planCheckin(): Promise<string | null> {
    const calendar = await pair.away.findCalendar(ANA);
    if (!calendar) throw new Error('nobody');
    const of = { workspaceId: 'T1', pairId: pair.pairId, userId: ANA.userId, kind: 'checkin' };
    await planRoutine(pair, {
      ...of,
      recurrence: {
        pattern: { kind: 'weekly', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
        time: '09:00',
        onNonWorkingDay: 'skip',
      },
      calendar,
      now: pair.now(),
    });
    return await nextOn();
  }

  async function nextOn(): Promise<string | null> {
    const routine = await database.prisma.routine.findFirst({ where: { userId: ANA.userId } });
    return routine?.nextDueOn ?? null;
  }

  test('leave goes into the working calendar and moves what is planned', async () => {
    expect(await planCheckin()).toBe('2026-11-23');
    await save(planOf('2026-11-23', '2026-11-24'));
    expect(await away()).toEqual(['2026-11-22T16:00:00.000Z 2026-11-24T16:00:00.000Z']);
    expect(await nextOn()).toBe('2026-11-25');
  });

  test('a form sent twice at once saves one leave and tells the partner once', async () => {
    const results = await Promise.all([save(planOf('2026-12-24')), save(planOf('2026-12-24'))]);
    expect(results.map(({ type }) => type)).toEqual(['saved', 'saved']);
    expect(await allLeaves()).toHaveLength(1);
    expect(await pair.told(DANA.userId)).toHaveLength(1);
  });

  test('of two different forms at once that touch the same day, one is offered as a change', async () => {
    const results = await Promise.all([
      save(planOf('2026-12-24', '2026-12-28')),
      save(planOf('2026-12-28', '2026-12-30')),
    ]);
    expect(results.map(({ type }) => type).toSorted()).toEqual(['overlap', 'saved']);
    expect(await allLeaves()).toHaveLength(1);
  });

  test('morning and afternoon of one day are two leaves', async () => {
    await save(planOf('2026-12-24', '2026-12-24', { endsAtMidday: true }));
    await save(planOf('2026-12-24', '2026-12-24', { startsAtMidday: true, type: 'training' }));
    expect(await allLeaves()).toHaveLength(2);
  });

  test('a change is shown in the messages that were sent before', async () => {
    const id = await savedId(planOf('2026-12-24'));
    pair.setNow('2026-11-23T01:00:00Z');
    await save(planOf('2026-12-24', '2026-12-26'), id);
    expect(await pair.told(ANA.userId)).toEqual([
      'You will be away: Thu 24 Dec 2026 to Sat 26 Dec 2026.',
    ]);
    expect(await pair.told(DANA.userId)).toEqual([
      '<@U0000002> will be away: Thu 24 Dec 2026 to Sat 26 Dec 2026.',
    ]);
  });

  test('a change onto other leave is refused and names it', async () => {
    const id = await savedId(planOf('2026-12-24'));
    await save(planOf('2026-12-28', '2026-12-30'));
    await expect(save(planOf('2026-12-24', '2026-12-28'), id)).rejects.toThrow(
      'You already have leave in this time: Mon 28 Dec 2026 to Wed 30 Dec 2026.',
    );
  });

  test('cancelled leave is kept, no longer counts, and can be neither changed nor cancelled', async () => {
    expect(await planCheckin()).toBe('2026-11-23');
    const id = await savedId(planOf('2026-11-23'));
    await cancelLeave(pair, { caller: ANA, leaveId: id });
    expect(await away()).toEqual([]);
    expect(await nextOn()).toBe('2026-11-23');
    expect((await allLeaves()).map((one) => one.cancelledAt !== null)).toEqual([true]);
    expect(await pair.told(DANA.userId)).toEqual([
      '<@U0000002> will not be away after all: the leave Mon 23 Nov 2026 is cancelled.',
    ]);
    await expect(cancelLeave(pair, { caller: ANA, leaveId: id })).rejects.toThrow(
      'This leave is cancelled already.',
    );
    await expect(save(planOf('2026-11-24'), id)).rejects.toThrow(
      'This leave is cancelled already.',
    );
  });

  test('who comes back early keeps the days that were taken', async () => {
    const id = await savedId(planOf('2026-11-23', '2026-12-04'));
    pair.setNow('2026-11-25T00:00:00Z');
    await cancelLeave(pair, { caller: ANA, leaveId: id });
    const [leave] = await allLeaves();
    expect([leave?.firstOn, leave?.lastOn, leave?.cancelledAt]).toEqual([
      '2026-11-23',
      '2026-11-24',
      null,
    ]);
    expect(await pair.told(DANA.userId)).toEqual([
      '<@U0000002> is back: the leave was Mon 23 Nov 2026 to Tue 24 Nov 2026.',
    ]);
  });

  test('nobody changes or cancels somebody else’s leave, and not from another workspace', async () => {
    const id = await savedId(planOf('2026-12-24'));
    const elsewhere = { workspaceId: 'T2', userId: ANA.userId };
    const refusal = 'Only the person it belongs to can change this leave.';
    await expect(cancelLeave(pair, { caller: DANA, leaveId: id })).rejects.toThrow(refusal);
    await expect(save(planOf('2026-12-25'), id, DANA)).rejects.toThrow(refusal);
    await expect(cancelLeave(pair, { caller: elsewhere, leaveId: id })).rejects.toThrow(refusal);
    expect((await allLeaves()).map((one) => one.firstOn)).toEqual(['2026-12-24']);
  });

  test('leave follows the person’s agreed zone and hours', async () => {
    await save(planOf('2026-12-24'));
    const found = await pair.pairs.find('T1', pair.pairId);
    if (!found) throw new Error('no pair');
    const now = pair.now();
    const terms = { ...found.ea, workdays: [], checkinDays: [], checkinTime: '09:00' };
    await pair.transact(async (stores) => {
      const { userId, name } = ANA.userId ? found.ea : found.executive;
      await stores.pairs.applyMember('T1', {
        userId,
        name,
        zone: 'Europe/Lisbon',
        weekly: found.ea.weekly,
        now,
      });
      const agreed = { ...terms, workStartTime: '09:00', workEndTime: '17:00' };
      await layOutCalendar(stores, { pair: found, role: 'ea', terms: agreed, now });
    });
    expect(await away()).toEqual(['2026-12-24T00:00:00.000Z 2026-12-25T00:00:00.000Z']);
  });

  test('holidays stand in the calendar, and the years roll on', async () => {
    await saveHolidays(pair, { caller: ANA, change: holidays({ country: 'PH' }) });
    const years = async () => {
      const calendar = await pair.away.findCalendar(ANA);
      return [...new Set(Object.keys(calendar?.exceptions ?? {}).map((on) => on.slice(0, 4)))];
    };
    expect(await years()).toEqual(['2025', '2026', '2027', '2028']);
    pair.setNow('2027-01-01T00:00:00Z');
    const deps = { ...pair, log: pino({ level: 'silent' }) };
    await Promise.all([rollHolidays(deps), rollHolidays(deps)]);
    expect(await years()).toEqual(['2026', '2027', '2028', '2029']);
  });

  test('a country without data is refused at its field and nothing is saved', async () => {
    const change = holidays({ country: 'XX' });
    await expect(saveHolidays(pair, { caller: ANA, change })).rejects.toMatchObject({
      message: 'There is no holiday calendar for the country “XX”. Add the days off by hand.',
      field: 'country',
    });
    const plan: HolidayPlan = await pair.away.findHolidayPlan(ANA);
    expect(plan.country).toBeNull();
  });

  test('a holiday that is worked can be made a holiday again, an added day is taken back', async () => {
    const isOff = async (on: string) =>
      on in ((await pair.away.findCalendar(ANA))?.exceptions ?? {});
    const save = (change: Partial<HolidaysChange>) =>
      saveHolidays(pair, { caller: ANA, change: holidays({ country: 'PH', ...change }) });
    await save({ added: { on: '2026-12-23', name: null, isCompany: false } });
    const offered = ['2026-12-23', '2026-12-25'];
    expect([await isOff('2026-12-23'), await isOff('2026-12-25')]).toEqual([true, true]);
    await save({ offered, worked: offered });
    expect([await isOff('2026-12-23'), await isOff('2026-12-25')]).toEqual([false, false]);
    await save({ offered, worked: [] });
    expect([await isOff('2026-12-23'), await isOff('2026-12-25')]).toEqual([false, true]);
  });

  test('only the partner takes a company day over, and only one that there is', async () => {
    const added = { on: '2026-12-23', name: 'Retreat', isCompany: true };
    await saveHolidays(pair, { caller: ANA, change: holidays({ added }) });
    const share = (caller: typeof ANA, on: string) =>
      shareCompanyDay(pair, { caller, pairId: pair.pairId, userId: ANA.userId, on });
    await expect(share(ANA, '2026-12-23')).rejects.toThrow('This is your own company day');
    await expect(share(DANA, '2026-12-22')).rejects.toThrow('Your partner works on this day');
    await expect(share({ ...DANA, userId: 'U0000003' }, '2026-12-23')).rejects.toThrow(
      NO_SUCH_PAIR,
    );
    await share(DANA, '2026-12-23');
    const calendar = await pair.away.findCalendar(DANA);
    expect(calendar?.exceptions).toEqual({ '2026-12-23': [] });
  });

  test('two identical events about a zone at once ask once', async () => {
    const note = () => noteZone(pair, { ...ANA, slackZone: 'Europe/Lisbon' });
    await Promise.all([note(), note(), note()]);
    expect(await pair.told(ANA.userId)).toHaveLength(1);
  });

  test('a button about a zone that is no longer asked about does nothing', async () => {
    await noteZone(pair, { ...ANA, slackZone: 'Europe/Lisbon' });
    await noteZone(pair, { ...ANA, slackZone: 'Europe/Paris' });
    await expect(moveZone(pair, { caller: ANA, zone: 'Europe/Lisbon' })).rejects.toThrow(
      'This question is settled already.',
    );
    await moveZone(pair, { caller: ANA, zone: 'Europe/Paris' });
    await expect(moveZone(pair, { caller: ANA, zone: 'Europe/Paris' })).rejects.toThrow(
      'This question is settled already.',
    );
    expect((await pair.away.findCalendar(ANA))?.zone).toBe('Europe/Paris');
    expect(await pair.told(DANA.userId)).toHaveLength(1);
  });

  test('a routine that is due this minute is not lost when a calendar is written', async () => {
    expect(await planCheckin()).toBe('2026-11-23');
    pair.setNow('2026-11-23T01:00:30Z');
    await pair.transact((stores) => rewriteCalendar(stores, { ...ANA, now: pair.now() }));
    expect(await nextOn()).toBe('2026-11-23');
  });
});

import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import { toCalendar } from '../database/calendar.ts';
import type { Leave as LeaveRow, Member as MemberRow } from '../database/generated/client.ts';
import type { Tx } from '../database/index.ts';
import { toInstant } from '../database/instant.ts';
import { toJson } from '../database/json.ts';
import type { LocalDate } from '../time/wall-clock.ts';
import type { WorkingCalendar } from '../time/working-time.ts';
import type { HolidayCorrection, HolidayPlan } from './domain/holidays.ts';
import type { Leave, LeavePlan } from './domain/leave.ts';
import type { ZonePerson } from './domain/zone.ts';

/** A person of this workspace. */
export type PersonKey = { workspaceId: string; userId: string };

export function createAwayStore(db: Tx) {
  return {
    /** The person's calendar as it is now, null for somebody whom Tandem does not know. */
    async findCalendar(key: PersonKey): Promise<WorkingCalendar | null> {
      const row = await db.member.findUnique({ where: { workspaceId_userId: key } });
      return row && toCalendar(row);
    },

    /** Lets one change of a person's calendar happen after another; false for somebody unknown. Call inside a transaction. */
    async lockPerson({ workspaceId, userId }: PersonKey): Promise<boolean> {
      const rows = await db.$queryRaw<unknown[]>`
        SELECT 1 FROM members WHERE "workspaceId" = ${workspaceId} AND "userId" = ${userId} FOR UPDATE`;
      return rows.length === 1;
    },

    async writeCalendar(
      key: PersonKey,
      o: Required<Pick<WorkingCalendar, 'exceptions' | 'away'>> & { now: DateTime },
    ): Promise<void> {
      const away = o.away.map(({ from, until }) => ({
        from: from.toUTC().toISO(),
        until: until.toUTC().toISO(),
      }));
      await db.member.update({
        where: { workspaceId_userId: key },
        data: { exceptions: toJson(o.exceptions), away, updatedAt: o.now.toJSDate() },
      });
    },

    /** Leave that is not cancelled and not over on the local date `from`; all of it without one. By first day. */
    async listLeaves(
      { workspaceId, userId }: PersonKey,
      o: { from?: LocalDate } = {},
    ): Promise<Leave[]> {
      const rows = await db.leave.findMany({
        where: {
          workspaceId,
          userId,
          cancelledAt: null,
          ...(o.from && { lastOn: { gte: o.from } }),
        },
        orderBy: [{ firstOn: 'asc' }, { startsAtMidday: 'asc' }],
      });
      return rows.map(toLeave);
    },

    async findLeave(workspaceId: string, id: string): Promise<Leave | null> {
      const row = await db.leave.findUnique({ where: { workspaceId_id: { workspaceId, id } } });
      return row && toLeave(row);
    },

    async addLeave(key: PersonKey, o: { plan: LeavePlan; now: DateTime }): Promise<Leave> {
      const at = o.now.toJSDate();
      const row = await db.leave.create({
        data: { ...key, id: randomUUID(), ...columnsOf(o.plan), createdAt: at, changedAt: at },
      });
      return toLeave(row);
    },

    async changeLeave(
      leave: Pick<Leave, 'workspaceId' | 'id'>,
      o: { plan: LeavePlan; now: DateTime },
    ): Promise<Leave> {
      const row = await db.leave.update({
        where: { workspaceId_id: { workspaceId: leave.workspaceId, id: leave.id } },
        data: { ...columnsOf(o.plan), changedAt: o.now.toJSDate() },
      });
      return toLeave(row);
    },

    async cancelLeave(
      leave: Pick<Leave, 'workspaceId' | 'id'>,
      o: { now: DateTime },
    ): Promise<Leave> {
      const at = o.now.toJSDate();
      const row = await db.leave.update({
        where: { workspaceId_id: { workspaceId: leave.workspaceId, id: leave.id } },
        data: { cancelledAt: at, changedAt: at },
      });
      return toLeave(row);
    },

    async findHolidayPlan(key: PersonKey): Promise<HolidayPlan> {
      const calendar = await db.holidayCalendar.findUnique({ where: { workspaceId_userId: key } });
      const corrections = await db.holidayCorrection.findMany({
        where: { workspaceId: key.workspaceId, userId: key.userId },
        orderBy: { on: 'asc' },
      });
      return {
        country: calendar?.country ?? null,
        region: calendar?.region ?? null,
        corrections: corrections.map(({ on, isOff, name, isCompany }) => ({
          on,
          isOff,
          name,
          isCompany,
        })),
      };
    },

    async chooseHolidays(
      key: PersonKey,
      o: { country: string; region: string | null; throughYear: number },
    ): Promise<void> {
      await db.holidayCalendar.upsert({
        where: { workspaceId_userId: key },
        create: { ...key, ...o },
        update: o,
      });
    },

    /** Writes a correction, or takes it back when `correction` is null. */
    async correctHoliday(
      key: PersonKey,
      o: { on: LocalDate; correction: Omit<HolidayCorrection, 'on'> | null },
    ): Promise<void> {
      const { on, correction } = o;
      if (!correction) {
        await db.holidayCorrection.deleteMany({ where: { ...key, on } });
        return;
      }
      await db.holidayCorrection.upsert({
        where: { workspaceId_userId_on: { ...key, on } },
        create: { ...key, on, ...correction },
        update: correction,
      });
    },

    /** Up to `limit` people whose holidays do not reach to the end of `year` yet. */
    async listOutdated(year: number, limit: number): Promise<PersonKey[]> {
      return await db.holidayCalendar.findMany({
        where: { throughYear: { lt: year } },
        orderBy: { throughYear: 'asc' },
        select: { workspaceId: true, userId: true },
        take: limit,
      });
    },

    /** Marks a person's holidays as written to the end of `year`; false when somebody did so first. */
    async claimYear(key: PersonKey, year: number): Promise<boolean> {
      const { count } = await db.holidayCalendar.updateMany({
        where: { workspaceId: key.workspaceId, userId: key.userId, throughYear: { lt: year } },
        data: { throughYear: year },
      });
      return count === 1;
    },

    async findZonePerson(key: PersonKey): Promise<ZonePerson | null> {
      const row = await db.member.findUnique({ where: { workspaceId_userId: key } });
      return row && toZonePerson(row);
    },

    /** Notes the zone of the Slack profile, and since when the person is asked about it: null when nothing is asked. */
    async noteSlackZone(
      key: PersonKey,
      o: { zone: string; askedAt: DateTime | null },
    ): Promise<void> {
      await db.member.update({
        where: { workspaceId_userId: key },
        data: { slackZone: o.zone, zoneAskedAt: o.askedAt?.toJSDate() ?? null },
      });
    },

    /** Ends the question: the working hours are in `zone` from now on. */
    async settleZone(key: PersonKey, o: { zone: string; now: DateTime }): Promise<void> {
      await db.member.update({
        where: { workspaceId_userId: key },
        data: { zone: o.zone, zoneAskedAt: null, updatedAt: o.now.toJSDate() },
      });
    },
  };
}

export type AwayStore = ReturnType<typeof createAwayStore>;

function columnsOf(plan: LeavePlan): LeavePlan {
  const { type, firstOn, lastOn, startsAtMidday, endsAtMidday, coverId, reason } = plan;
  return { type, firstOn, lastOn, startsAtMidday, endsAtMidday, coverId, reason };
}

function toLeave(row: LeaveRow): Leave {
  return {
    ...row,
    createdAt: toInstant(row.createdAt),
    changedAt: toInstant(row.changedAt),
    cancelledAt: row.cancelledAt && toInstant(row.cancelledAt),
  };
}

function toZonePerson(row: MemberRow): ZonePerson {
  const { workspaceId, userId, name, zone, zoneSource, slackZone, zoneAskedAt } = row;
  return {
    workspaceId,
    userId,
    name,
    zone,
    isZoneChosen: zoneSource === 'chosen',
    slackZone,
    askedAt: zoneAskedAt && toInstant(zoneAskedAt),
  };
}

import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import { toCalendar } from '../database/calendar.ts';
import type { Reminder as ReminderRow } from '../database/generated/client.ts';
import type { Tx } from '../database/index.ts';
import { toInstant } from '../database/instant.ts';
import { toJson } from '../database/json.ts';
import type { When } from '../time/phrases/when.ts';
import type { LocalDate } from '../time/wall-clock.ts';
import type { WorkingCalendar } from '../time/working-time.ts';
import type { Reminder, ReminderContent } from './domain/reminder.ts';

export type ReminderKey = { workspaceId: string; id: string };
export type ConsentKey = { workspaceId: string; pairId: string; userId: string };

export function createReminderStore(db: Tx) {
  const change = async (key: ReminderKey, data: Partial<ReminderRow>): Promise<void> => {
    const { timing: _, ...rest } = data;
    await db.reminder.update({ where: where(key), data: rest });
  };

  return {
    async create(
      o: ReminderContent & { workspaceId: string; fromId: string; now: DateTime },
    ): Promise<Reminder> {
      const { now, timing, ...rest } = o;
      const row = await db.reminder.create({
        data: { ...rest, id: randomUUID(), timing: toJson(timing), createdAt: now.toJSDate() },
      });
      return toReminder(row);
    },

    /** Replaces what the writer wrote; who is reminded stays the same. */
    async edit(key: ReminderKey, o: Omit<ReminderContent, 'pairId' | 'forId'> & { now: DateTime }) {
      const { now, timing, ...rest } = o;
      const data = { ...rest, timing: toJson(timing), editedAt: now.toJSDate() };
      return toReminder(await db.reminder.update({ where: where(key), data }));
    },

    /** Null when this workspace has no such reminder; deleted ones are found while they can be restored. */
    async find(key: ReminderKey): Promise<Reminder | null> {
      const row = await db.reminder.findUnique({ where: where(key) });
      return row && toReminder(row);
    },

    /** As `find`, locked against other processes. Call inside a transaction. */
    async lock(key: ReminderKey): Promise<Reminder | null> {
      await db.$queryRaw`
        SELECT 1 FROM reminders WHERE "workspaceId" = ${key.workspaceId} AND id = ${key.id} FOR UPDATE`;
      const row = await db.reminder.findUnique({ where: where(key) });
      return row && toReminder(row);
    },

    /** Reminders for a person and those that the person wrote, which are still to come; own ones first, then newest. */
    async page(o: {
      workspaceId: string;
      userId: string;
      offset: number;
      size: number;
    }): Promise<{ reminders: Reminder[]; total: number }> {
      const { workspaceId, userId } = o;
      const rows = await db.reminder.findMany({
        where: {
          workspaceId,
          deletedAt: null,
          sentAt: null,
          OR: [{ forId: userId }, { fromId: userId }],
          pair: { endedAt: null },
        },
        orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      });
      const mine = rows.filter((row) => row.forId === userId);
      const given = rows.filter((row) => row.forId !== userId);
      const page = [...mine, ...given].slice(o.offset, o.offset + o.size);
      return { reminders: page.map(toReminder), total: rows.length };
    },

    async setPaused(key: ReminderKey, at: DateTime | null): Promise<void> {
      await change(key, { pausedAt: at?.toJSDate() ?? null });
    },

    async setMuted(key: ReminderKey, untilOn: LocalDate): Promise<void> {
      await change(key, { mutedUntilOn: untilOn });
    },

    async setDeleted(key: ReminderKey, at: DateTime | null): Promise<void> {
      await change(key, { deletedAt: at?.toJSDate() ?? null });
    },

    async setSent(key: ReminderKey, at: DateTime): Promise<void> {
      await change(key, { sentAt: at.toJSDate() });
    },

    /** Notes that it went out in quiet hours because it is urgent. */
    async logUrgent(key: ReminderKey, at: DateTime): Promise<void> {
      await db.reminder.update({
        where: where(key),
        data: { urgentSends: { increment: 1 }, urgentSentAt: at.toJSDate() },
      });
    },

    async acceptsUrgent(key: ConsentKey): Promise<boolean> {
      const row = await db.reminderConsent.findUnique({
        where: { workspaceId_pairId_userId: key },
      });
      return row?.acceptsUrgent ?? true;
    },

    async setAcceptsUrgent(key: ConsentKey, o: { accepts: boolean; now: DateTime }): Promise<void> {
      const data = { acceptsUrgent: o.accepts, changedAt: o.now.toJSDate() };
      await db.reminderConsent.upsert({
        where: { workspaceId_pairId_userId: key },
        create: { ...key, ...data },
        update: data,
      });
    },

    /** When a person works, with holidays and leave. */
    async calendarOf(o: { workspaceId: string; userId: string }): Promise<WorkingCalendar> {
      const row = await db.member.findUniqueOrThrow({
        where: { workspaceId_userId: { workspaceId: o.workspaceId, userId: o.userId } },
      });
      return toCalendar(row);
    },

    /** Reminders deleted before `before`, locked, those that no other process holds. Call inside a transaction. */
    async claimDeleted(before: DateTime, limit: number): Promise<Reminder[]> {
      const keys = await db.$queryRaw<{ workspaceId: string; id: string }[]>`
        SELECT "workspaceId", id FROM reminders WHERE "deletedAt" < ${before.toJSDate()}
        ORDER BY "deletedAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
      if (keys.length === 0) return [];
      const rows = await db.reminder.findMany({ where: { OR: keys } });
      return rows.map(toReminder);
    },

    /** Removes a reminder for good. */
    async remove(key: ReminderKey): Promise<void> {
      await db.reminder.delete({ where: where(key) });
    },
  };
}

export type ReminderStore = ReturnType<typeof createReminderStore>;

function where(key: ReminderKey) {
  return { workspaceId_id: { workspaceId: key.workspaceId, id: key.id } };
}

function toReminder(row: ReminderRow): Reminder {
  const { urgentSends: _, urgentSentAt: __, timing, ...rest } = row;
  const instant = (at: Date | null) => at && toInstant(at);
  return {
    ...rest,
    timing: timing as unknown as When,
    createdAt: toInstant(row.createdAt),
    editedAt: instant(row.editedAt),
    pausedAt: instant(row.pausedAt),
    sentAt: instant(row.sentAt),
    deletedAt: instant(row.deletedAt),
  };
}

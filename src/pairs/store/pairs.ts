import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Member as MemberRow, Pair as PairRow } from '../../database/generated/client.ts';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import { toJson } from '../../database/json.ts';
import type { WorkingCalendar } from '../../time/working-time.ts';
import { isSameZone } from '../../time/zones.ts';
import type { Member, Pair, TaskTerms, Terms } from '../domain.ts';
import { USUAL_TASK_TERMS, weeklyHours } from '../domain.ts';

export const WITH_MEMBERS = { executive: true, ea: true } as const;

export function createPairRows(db: Tx) {
  return {
    /** Null when this workspace has no such pair; ended pairs are found too. */
    async find(workspaceId: string, id: string): Promise<Pair | null> {
      const row = await db.pair.findUnique({
        where: { workspaceId_id: { workspaceId, id } },
        include: WITH_MEMBERS,
      });
      return row && toPair(row);
    },

    /** The pairs that a person is in and that have not ended, oldest first. */
    async listOf(workspaceId: string, userId: string): Promise<Pair[]> {
      const rows = await db.pair.findMany({
        where: { workspaceId, endedAt: null, OR: [{ executiveId: userId }, { eaId: userId }] },
        include: WITH_MEMBERS,
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toPair);
    },

    /** The pair of these two people, made when there is none yet. Two calls at once make one. */
    async ensure(o: { workspaceId: string; terms: Terms; now: DateTime }): Promise<Pair> {
      const { workspaceId, terms } = o;
      for (const person of [terms.executive, terms.ea]) {
        await db.member.createMany({
          data: {
            workspaceId,
            userId: person.userId,
            name: person.name,
            zone: person.zone,
            weekly: weeklyHours(person),
            updatedAt: o.now.toJSDate(),
          },
          skipDuplicates: true,
        });
      }
      const liveKey = `${terms.executive.userId}:${terms.ea.userId}`;
      await db.pair.createMany({
        data: {
          workspaceId,
          id: randomUUID(),
          executiveId: terms.executive.userId,
          eaId: terms.ea.userId,
          channelId: terms.channelId,
          startedOn: terms.startedOn,
          engagement: terms.engagement,
          hoursPerMonth: terms.hoursPerMonth,
          createdAt: o.now.toJSDate(),
          liveKey,
        },
        skipDuplicates: true,
      });
      const row = await db.pair.findUniqueOrThrow({
        where: { workspaceId_liveKey: { workspaceId, liveKey } },
        include: WITH_MEMBERS,
      });
      return toPair(row);
    },

    /** Puts accepted terms into force for the pair itself. */
    async applyTerms(pair: Pair, terms: Terms): Promise<void> {
      const { channelId, startedOn, engagement, hoursPerMonth } = terms;
      await db.pair.update({
        where: { workspaceId_id: { workspaceId: pair.workspaceId, id: pair.id } },
        data: {
          channelId,
          startedOn,
          engagement,
          hoursPerMonth,
          ...(terms.tasks && { tasks: toJson(terms.tasks) }),
        },
      });
    },

    /** Notes the zones that Slack's profiles have, so that a zone chosen instead of one is known as such. */
    async noteSlackZones(
      workspaceId: string,
      people: readonly { id: string; zone: string | null }[],
    ): Promise<void> {
      for (const { id: userId, zone } of people) {
        if (zone === null) continue;
        await db.member.updateMany({ where: { workspaceId, userId }, data: { slackZone: zone } });
      }
    },

    /** Puts one person's name, zone and hours into force. */
    async applyMember(
      workspaceId: string,
      o: {
        userId: string;
        name: string;
        zone: string;
        weekly: WorkingCalendar['weekly'];
        now: DateTime;
      },
    ): Promise<void> {
      const where = { workspaceId_userId: { workspaceId, userId: o.userId } };
      const { slackZone } = await db.member.findUniqueOrThrow({ where });
      const isSlackZone = slackZone !== null && isSameZone(slackZone, o.zone);
      await db.member.update({
        where,
        data: {
          name: o.name,
          zone: o.zone,
          zoneSource: isSlackZone ? 'slack' : 'chosen',
          weekly: o.weekly,
          updatedAt: o.now.toJSDate(),
        },
      });
    },

    async findMember(workspaceId: string, userId: string): Promise<Member | null> {
      const row = await db.member.findUnique({
        where: { workspaceId_userId: { workspaceId, userId } },
      });
      return row && toMember(row);
    },
  };
}

function toMember(row: MemberRow): Member {
  const { workspaceId, userId, name, zone } = row;
  return { workspaceId, userId, name, zone, weekly: row.weekly as WorkingCalendar['weekly'] };
}

export function toPair(row: PairRow & { executive: MemberRow; ea: MemberRow }): Pair {
  return {
    workspaceId: row.workspaceId,
    id: row.id,
    executive: toMember(row.executive),
    ea: toMember(row.ea),
    channelId: row.channelId,
    startedOn: row.startedOn,
    tasks: row.tasks === null ? USUAL_TASK_TERMS : (row.tasks as TaskTerms),
    engagement: row.engagement,
    hoursPerMonth: row.hoursPerMonth,
    endedAt: row.endedAt && toInstant(row.endedAt),
    endedBy: row.endedBy,
  };
}

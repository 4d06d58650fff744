import { randomBytes } from 'node:crypto';
import type { AuditEntry as AuditRow } from '../../database/generated/client.ts';
import type { Tx } from '../../database/index.ts';
import { toInstant } from '../../database/instant.ts';
import {
  type AuditAction,
  type AuditEntry,
  type AuditLine,
  type AuditSubject,
  NOBODY_HERE,
} from '../domain/audit.ts';

/**
 * Who did what and when, never what it said. Entries name people by a ref of their own, so that a person can be
 * forgotten although no entry ever changes.
 */
export function createAuditStore(db: Tx) {
  async function refOf(workspaceId: string, userId: string): Promise<string> {
    const ref = `person-${randomBytes(5).toString('hex')}`;
    await db.auditPerson.createMany({ data: { workspaceId, ref, userId }, skipDuplicates: true });
    const row = await db.auditPerson.findUniqueOrThrow({
      where: { workspaceId_userId: { workspaceId, userId } },
    });
    return row.ref;
  }

  async function namesOf(workspaceId: string, refs: string[]): Promise<Map<string, string>> {
    const rows = await db.auditPerson.findMany({ where: { workspaceId, ref: { in: refs } } });
    return new Map(rows.map(({ ref, userId }) => [ref, userId]));
  }

  return {
    /** Writes one entry, in the transaction of what it is about. */
    async record(entry: AuditEntry): Promise<void> {
      const { workspaceId, actorId, action, subject, at } = entry;
      await db.auditEntry.create({
        data: {
          workspaceId,
          at: at.toJSDate(),
          actor: NOBODY_HERE.has(actorId) ? actorId : await refOf(workspaceId, actorId),
          action,
          subjectKind: subject.kind,
          subject: subject.kind === 'person' ? await refOf(workspaceId, subject.id) : subject.id,
        },
      });
    },

    /** The newest entries first, those before the line `before`, with how many there are in all. */
    async page(o: {
      workspaceId: string;
      before?: number | undefined;
      size: number;
    }): Promise<{ lines: AuditLine[]; total: number }> {
      const { workspaceId, before } = o;
      const rows = await db.auditEntry.findMany({
        where: { workspaceId, ...(before !== undefined && { seq: { lt: before } }) },
        orderBy: { seq: 'desc' },
        take: o.size,
      });
      const refs = rows.flatMap(({ actor, subject }) => [actor, subject]);
      const names = await namesOf(workspaceId, refs);
      return {
        lines: rows.map((row) => toLine(row, names)),
        total: await db.auditEntry.count({ where: { workspaceId } }),
      };
    },

    /** From now on the log knows the person by a ref that stands for nobody. */
    async forget(workspaceId: string, userId: string): Promise<void> {
      await db.auditPerson.deleteMany({ where: { workspaceId, userId } });
    },
  };
}

export type AuditStore = ReturnType<typeof createAuditStore>;

function toLine(row: AuditRow, names: ReadonlyMap<string, string>): AuditLine {
  const kind = row.subjectKind as AuditSubject['kind'];
  return {
    workspaceId: row.workspaceId,
    seq: Number(row.seq),
    actorId: names.get(row.actor) ?? row.actor,
    action: row.action as AuditAction,
    subject: { kind, id: (kind === 'person' && names.get(row.subject)) || row.subject },
    at: toInstant(row.at),
  };
}

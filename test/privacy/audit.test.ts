import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import type { Database } from '../../src/database/index.ts';
import { type AuditStore, createAuditStore, OPERATOR } from '../../src/privacy/index.ts';
import { bothKinds } from '../support/databases.ts';

const at = DateTime.fromISO('2026-03-02T12:00:00Z', { zone: 'utc' });
const DANA = 'U000DANA';
const ANA = 'U0000ANA';

describe.each(await bothKinds())('the audit log on $kind', ({ create }) => {
  let database: Database;
  let audit: AuditStore;

  beforeEach(async () => {
    database = await create();
    audit = createAuditStore(database.prisma);
    for (const id of ['T1', 'T2'])
      await database.prisma.workspace.create({
        data: { id, name: id, botUserId: 'U0', createdAt: at.toJSDate() },
      });
    const entry = { workspaceId: 'T1', at };
    const dana = { kind: 'person', id: DANA } as const;
    const pair = { kind: 'pair', id: 'p1' } as const;
    await audit.record({ ...entry, actorId: DANA, action: 'export.requested', subject: dana });
    await audit.record({ ...entry, actorId: ANA, action: 'export.requested', subject: dana });
    await audit.record({ ...entry, actorId: OPERATOR, action: 'pair.erased', subject: pair });
  });
  afterEach(() => database.close());

  test('is read from the newest entry on, page by page, in its own workspace only', async () => {
    const first = await audit.page({ workspaceId: 'T1', size: 2 });
    expect(first.total).toBe(3);
    expect(first.lines.map((one) => [one.actorId, one.action, one.subject.id])).toEqual([
      [OPERATOR, 'pair.erased', 'p1'],
      [ANA, 'export.requested', DANA],
    ]);
    const before = first.lines.at(-1)?.seq;
    const second = await audit.page({ workspaceId: 'T1', size: 2, before });
    expect(second.lines.map((one) => one.actorId)).toEqual([DANA]);
    expect(await audit.page({ workspaceId: 'T2', size: 2 })).toEqual({ lines: [], total: 0 });
  });

  test('cannot be changed, shortened or emptied', async () => {
    const { prisma } = database;
    const refused = /append-only/;
    await expect(prisma.auditEntry.updateMany({ data: { action: 'x' } })).rejects.toThrow(refused);
    await expect(prisma.auditEntry.deleteMany()).rejects.toThrow(refused);
    await expect(prisma.$executeRaw`TRUNCATE audit_entries`).rejects.toThrow(refused);
    expect((await audit.page({ workspaceId: 'T1', size: 9 })).lines).toHaveLength(3);
  });

  test('ends with its workspace', async () => {
    await database.prisma.workspace.delete({ where: { id: 'T1' } });
    expect(await audit.page({ workspaceId: 'T1', size: 9 })).toEqual({ lines: [], total: 0 });
  });

  test('knows somebody who was erased by one name that stands for nobody', async () => {
    await audit.forget('T1', DANA);
    const { lines } = await audit.page({ workspaceId: 'T1', size: 9 });
    const [, byAna, byDana] = lines;
    expect(byAna?.actorId).toBe(ANA);
    expect(byAna?.subject.id).toMatch(/^person-[0-9a-f]{10}$/);
    expect(byDana?.actorId).toBe(byAna?.subject.id);
    expect(JSON.stringify(lines)).not.toContain(DANA);
  });
});

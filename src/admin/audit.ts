import type { DateTime } from 'luxon';
import type { Prisma } from '../database/generated/client.ts';
import type { Tx } from '../database/index.ts';
import {
  type AuditAction,
  type AuditSubject,
  createAuditStore,
  OPERATOR,
} from '../privacy/index.ts';

/** Notes in the log of each of these workspaces what whoever runs the server did; to the workspace itself, unless `subject` says to what. */
export async function noteOperator(
  db: Tx,
  o: {
    action: AuditAction;
    of: Prisma.WorkspaceWhereInput;
    subject?: AuditSubject;
    now: DateTime;
  },
): Promise<void> {
  const audit = createAuditStore(db);
  for (const { id } of await db.workspace.findMany({ where: o.of, select: { id: true } }))
    await audit.record({
      workspaceId: id,
      actorId: OPERATOR,
      action: o.action,
      subject: o.subject ?? { kind: 'workspace', id },
      at: o.now,
    });
}

import type { Tx } from '../../src/database/index.ts';
import { createAuditStore, noteInstallation } from '../../src/privacy/index.ts';
import type { NoteChange } from '../../src/slack/installations/domain.ts';

/** As the product notes installations. */
export const noteInAudit: NoteChange = (tx, change) =>
  noteInstallation(createAuditStore(tx), change);

/** Who did what to which subject in a workspace, oldest first. */
export async function readAudit(db: Tx, workspaceId: string): Promise<string[]> {
  const { lines } = await createAuditStore(db).page({ workspaceId, size: 1000 });
  return lines
    .map(({ actorId, action, subject }) => `${actorId} ${action} ${subject.kind}`)
    .toReversed();
}

import type { InstallationChange } from '../../slack/installations/domain.ts';
import type { AuditAction } from '../domain/audit.ts';
import type { AuditStore } from '../store/audit.ts';

const ACTIONS: Record<InstallationChange['what'], AuditAction> = {
  installed: 'app.installed',
  reinstalled: 'app.reinstalled',
  removed: 'app.uninstalled',
};

/** Notes that the app came to a workspace, came again, or went. */
export async function noteInstallation(
  audit: Pick<AuditStore, 'record'>,
  { workspaceId, what, by: actorId, at }: InstallationChange,
): Promise<void> {
  const subject = { kind: 'workspace', id: workspaceId } as const;
  await audit.record({ workspaceId, actorId, action: ACTIONS[what], subject, at });
}

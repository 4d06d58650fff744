import type { WebClient } from '@slack/web-api';
import { authorizeAdmin } from '../../access/index.ts';
import type { Stores } from '../../deps.ts';
import type { Caller } from '../../slack/caller.ts';
import type { AuditLine } from '../domain/audit.ts';
import { AUDIT_PAGE_SIZE } from '../views/audit.ts';

/** A page of the log, for admins of the workspace. */
export async function readAudit(
  stores: Stores,
  o: { caller: Caller; client: WebClient; before: number },
): Promise<{ lines: AuditLine[]; total: number; before: number }> {
  const { caller, before } = o;
  await authorizeAdmin(o.client, caller, { to: 'audit.read' });
  const page = await stores.audit.page({
    workspaceId: caller.workspaceId,
    before: before > 0 ? before : undefined,
    size: AUDIT_PAGE_SIZE,
  });
  return { ...page, before };
}

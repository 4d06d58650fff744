import type { Deps } from '../../deps.ts';
import type { HomeSection, HomeViewer } from '../../feature.ts';
import { buildAdminSection } from '../views/home.ts';

/** Permissions that a workspace may leave out, and what for. */
const OPTIONAL = [
  { scope: 'files:write', purpose: 'send people a copy of their records' },
  { scope: 'files:read', purpose: 'import tasks from a file' },
  { scope: 'reactions:read', purpose: 'offer to hand over messages that people react to' },
  { scope: 'im:history', purpose: 'find out whether a message whose answer was lost arrived' },
];

/** For admins of the workspace: the installation, the audit log, retention. */
export async function showAdminsInHome(
  { audit, privacy, slack }: Pick<Deps, 'audit' | 'privacy' | 'slack'>,
  { workspaceId, isAdmin }: Pick<HomeViewer, 'workspaceId' | 'isAdmin'>,
): Promise<HomeSection[]> {
  if (!isAdmin) return [];
  const state = await privacy.findInstallation(workspaceId);
  const { total: entries } = await audit.page({ workspaceId, size: 1 });
  const changedPeriods = (await privacy.findPeriods(workspaceId)).size;
  const missing: string[] = [];
  for (const one of OPTIONAL) {
    const sentence = await slack.explainMissingScope({ ...one, workspaceId });
    if (sentence) missing.push(sentence);
  }
  return [buildAdminSection({ ...state, entries, changedPeriods, missing })];
}

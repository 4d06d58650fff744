import type { App, AuthorizeResult, AuthorizeSourceData, Context } from '@slack/bolt';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { type Installations, isOrganizationId, isWorkspaceId } from './domain.ts';

/** Events about an organization as a whole: no workspace acts in them. */
const AboutOrganization = z.object({
  type: z.literal('event_callback'),
  event: z.object({ type: z.enum(['team_access_granted', 'team_access_revoked']) }),
});

/** Whose token answers what Slack sent; rejects where the app is not installed. */
export async function authorizeWith(
  installations: Installations,
  source: AuthorizeSourceData<boolean>,
  body?: unknown,
): Promise<AuthorizeResult> {
  const { teamId, enterpriseId } = source;
  if (AboutOrganization.safeParse(body).success) return { enterpriseId };
  // The same fields may hold the id of an organization, which is no workspace.
  if (!isWorkspaceId(teamId)) throw new Error('Slack did not say which workspace this comes from');
  let found = await installations.find(teamId);
  if (!found && source.isEnterpriseInstall && isOrganizationId(enterpriseId)) {
    await installations.admit({ workspaceId: teamId, organizationId: enterpriseId });
    found = await installations.find(teamId);
  }
  if (!found) throw new Error(`Tandem is not installed in workspace ${teamId}`);
  const { workspaceId, botToken, botId, botUserId } = found;
  return { teamId: workspaceId, botToken, botId, botUserId };
}

/** What Slack says about the app itself. Their order is not certain, and each may come more than once. */
export function registerInstallationListeners(app: App, installations: Installations): void {
  app.event('app_uninstalled', async ({ context, body }) => {
    const ownerId = ownerOf(context);
    if (ownerId) await installations.remove({ ownerId, at: timeOf(body) });
  });
  app.event('tokens_revoked', async ({ event, context, body }) => {
    const ownerId = ownerOf(context);
    if (!ownerId || !event.tokens.bot?.length) return;
    await installations.remove({ ownerId, at: timeOf(body) });
  });
  app.event('team_access_granted', async ({ event, context, body }) => {
    const { team_ids: workspaceIds } = event;
    await changeAccess({ workspaceIds, has: true, context, at: timeOf(body) });
  });
  app.event('team_access_revoked', async ({ event, context, body }) => {
    const { team_ids: workspaceIds } = event;
    await changeAccess({ workspaceIds, has: false, context, at: timeOf(body) });
  });

  async function changeAccess(o: {
    workspaceIds: string[];
    has: boolean;
    context: Context;
    at: DateTime;
  }): Promise<void> {
    const { context, ...change } = o;
    const { enterpriseId: organizationId } = context;
    if (isOrganizationId(organizationId))
      await installations.changeAccess({ ...change, organizationId });
  }
}

function ownerOf({ isEnterpriseInstall, enterpriseId, teamId }: Context): string | null {
  if (isEnterpriseInstall) return isOrganizationId(enterpriseId) ? enterpriseId : null;
  return isWorkspaceId(teamId) ? teamId : null;
}

function timeOf(body: { event_time: number }): DateTime {
  return DateTime.fromSeconds(body.event_time, { zone: 'utc' });
}

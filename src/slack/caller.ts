import type { Context } from '@slack/bolt';
import { UserFacingError } from '../errors.ts';
import { isWorkspaceId } from './installations/domain.ts';

/** Who acts, and in which workspace: both from the envelope that Slack signed, never from a value or form. */
export type Caller = { workspaceId: string; userId: string };

export function callerOf(context: Context): Caller {
  const { teamId, userId } = context;
  if (!isWorkspaceId(teamId) || !userId) {
    throw new UserFacingError(
      'Slack did not say which workspace this comes from. Please try again from your own workspace.',
    );
  }
  return { workspaceId: teamId, userId };
}

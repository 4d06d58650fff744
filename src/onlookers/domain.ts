import type { DateTime } from 'luxon';

export type OnlookerRole = 'manager' | 'observer';

/** Somebody besides the two who may look on; they may once both have agreed. */
export type Onlooker = {
  workspaceId: string;
  pairId: string;
  userId: string;
  role: OnlookerRole;
  name: string;
  proposedBy: string;
  proposedAt: DateTime;
  acceptedBy: string | null;
  acceptedAt: DateTime | null;
};

/** People who may look on in one pair at most. */
export const MAX_ONLOOKERS = 10;

export function roleName(role: OnlookerRole): string {
  return role === 'manager' ? 'agency manager' : 'observer';
}

/** What somebody in this role sees, as both are told before they agree. */
export function whatTheySee(role: OnlookerRole): string {
  return role === 'manager'
    ? 'They see the agreement, the charter, the tasks and the workload. Check-ins, decisions and ratings are not shown to them; cards in your channel are seen by everybody in it.'
    : 'They see the cards of the pair, and nothing else.';
}

/** What the onlooker is told of it, and where to look. */
export function whatYouSee(role: OnlookerRole): string {
  return role === 'manager'
    ? 'Home and /ea-tasks, /ea-charter and /ea-workload show you the agreement, the charter, the tasks and the workload, and never check-ins, decisions or ratings.'
    : 'You see the cards in their channel, and nothing else. If you are not in it, ask them to invite you.';
}

/** Why somebody cannot be proposed, null when they can. */
export function checkProposal(
  role: OnlookerRole,
  existing: readonly Pick<Onlooker, 'role'>[],
): string | null {
  if (existing.length >= MAX_ONLOOKERS)
    return `At most ${MAX_ONLOOKERS} people can look on. Remove somebody first.`;
  if (role === 'manager' && existing.some((one) => one.role === 'manager'))
    return 'You have an agency manager, or one is proposed. Remove that one first.';
  return null;
}

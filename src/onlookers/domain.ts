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

import type { DateTime } from 'luxon';

/** How the app stands in a workspace. */
export type InstallationState = {
  /** Null where that was not noted yet. */
  installedAt: DateTime | null;
  /** A person, or null where whoever runs the server installed it. */
  installedBy: string | null;
};

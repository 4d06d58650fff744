import type { types } from '@slack/bolt';

/** The names that a manifest's `bot_events` may hold, with the scopes of which one is needed. */
export const SUBSCRIPTIONS = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  tokens_revoked: [],
  channel_archive: ['channels:read'],
  channel_created: ['channels:read'],
  channel_deleted: ['channels:read'],
  channel_left: ['channels:read'],
  channel_rename: ['channels:read'],
  channel_unarchive: ['channels:read'],
  dnd_updated_user: ['dnd:read'],
  grid_migration_finished: [],
  grid_migration_started: [],
  group_archive: ['groups:read'],
  group_deleted: ['groups:read'],
  group_left: ['groups:read'],
  group_rename: ['groups:read'],
  group_unarchive: ['groups:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  team_access_granted: [],
  team_access_revoked: [],
  team_join: ['users:read'],
  user_change: ['users:read'],
} as const satisfies Record<string, readonly string[]>;

export type Subscription = keyof typeof SUBSCRIPTIONS;

/** Something that happened in a workspace, before it is known which apps hear of it. */
export type WorkspaceEvent = {
  teamId: string;
  subscription: Subscription;
  /** The scope that this very event needs, where the subscription's table leaves a choice. */
  scope?: string;
  event: types.SlackEvent;
  /** Only apps whose bot is in this channel hear of it. */
  channelId?: string;
  /** Only this app hears of it, even when it was just removed. */
  appId?: string;
  isExtSharedChannel?: boolean;
};

export function isSubscription(name: string): name is Subscription {
  return Object.hasOwn(SUBSCRIPTIONS, name);
}

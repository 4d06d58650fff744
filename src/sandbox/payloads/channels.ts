import { otherIn } from '../state/channels.ts';
import type { Channel, Team } from '../state/types.ts';

/** A conversation as `conversations.info` and `.list` show it to one bot. */
export function channelPayload(team: Team, channel: Channel, forUser: string) {
  const common = {
    id: channel.id,
    created: channel.createdAt,
    is_archived: channel.archived,
    is_im: channel.kind === 'im',
    is_org_shared: false,
    context_team_id: team.id,
    updated: channel.createdAt * 1000,
  };
  if (channel.kind === 'im') {
    const other = otherIn(channel, forUser);
    return {
      ...common,
      user: other,
      is_user_deleted: team.users.get(other)?.deactivated ?? false,
      priority: 0,
    };
  }
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_general: channel.isGeneral,
    is_shared: channel.isShared,
    is_ext_shared: channel.isShared,
    is_pending_ext_shared: false,
    pending_shared: [],
    is_member: channel.members.has(forUser),
    creator: channel.creator,
    unlinked: 0,
    topic: { value: channel.topic, creator: channel.creator, last_set: 0 },
    purpose: { value: channel.purpose, creator: channel.creator, last_set: 0 },
    previous_names: [],
    num_members: channel.members.size,
  };
}

/** Channel names in commands and interactions: Slack never gives a private channel's real one. */
export function channelNameInPayload(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage';
  if (channel.kind === 'public') return channel.name;
  return channel.kind === 'private' ? 'privategroup' : 'mpdm';
}

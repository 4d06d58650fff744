import { nextTs } from './channels.ts';
import { addMessage } from './messages.ts';
import type { Channel, Team } from './types.ts';
import type { World } from './world.ts';

function letterOf(channel: Channel): 'C' | 'G' {
  return channel.kind === 'private' ? 'G' : 'C';
}

function scopeOf(channel: Channel): string {
  return channel.kind === 'private' ? 'groups:read' : 'channels:read';
}

/** Adds somebody to a channel; false when they are there already. */
export function joinChannel(
  world: World,
  o: { team: Team; channel: Channel; userId: string; inviter?: string },
): boolean {
  const { team, channel, userId } = o;
  if (channel.members.has(userId)) return false;
  channel.members.add(userId);
  if (team.users.get(userId)?.role === 'external') channel.isShared = true;
  addMessage(world, channel, {
    userId,
    text: `<@${userId}> has joined the channel`,
    subtype: 'channel_join',
  });
  world.publish({
    teamId: team.id,
    subscription: 'member_joined_channel',
    scope: scopeOf(channel),
    channelId: channel.id,
    event: {
      type: 'member_joined_channel',
      user: userId,
      channel: channel.id,
      channel_type: letterOf(channel),
      team: team.id,
      ...(o.inviter ? { inviter: o.inviter } : {}),
      event_ts: nextTs(world, channel),
    },
  });
  return true;
}

/** Takes somebody out of a channel; false when they are not there. */
export function leaveChannel(
  world: World,
  o: { team: Team; channel: Channel; userId: string; actor?: string },
): boolean {
  const { team, channel, userId } = o;
  if (!channel.members.has(userId)) return false;
  const user = team.users.get(userId);
  channel.members.delete(userId);
  addMessage(world, channel, {
    userId,
    text: `<@${userId}> has left the channel`,
    subtype: 'channel_leave',
  });
  if (user?.appId) {
    // A bot that was removed hears of it through these alone: the stricter reading, since sources
    // do not say that member_left_channel reaches an app about itself.
    const type = channel.kind === 'private' ? 'group_left' : 'channel_left';
    world.publish({
      teamId: team.id,
      subscription: type,
      appId: user.appId,
      event: {
        type,
        channel: channel.id,
        actor_id: o.actor ?? userId,
        event_ts: nextTs(world, channel),
      },
    });
  }
  world.publish({
    teamId: team.id,
    subscription: 'member_left_channel',
    scope: scopeOf(channel),
    channelId: channel.id,
    event: {
      type: 'member_left_channel',
      user: userId,
      channel: channel.id,
      channel_type: letterOf(channel),
      team: team.id,
      event_ts: nextTs(world, channel),
    },
  });
  world.changed(team.id, 'members');
  return true;
}

/** Archives or brings back a channel, by a person. */
export function setArchived(
  world: World,
  o: { team: Team; channel: Channel; userId: string; archived: boolean },
): void {
  const { channel, team, archived } = o;
  if (channel.archived === archived) return;
  if (archived) {
    addMessage(world, channel, {
      userId: o.userId,
      text: 'archived the channel',
      subtype: 'channel_archive',
    });
  }
  channel.archived = archived;
  const event = archiveEvent(channel, { userId: o.userId, archived, at: nextTs(world, channel) });
  world.publish({ teamId: team.id, subscription: event.type, channelId: channel.id, event });
  world.changed(team.id, 'channels');
}

function archiveEvent(channel: Channel, o: { userId: string; archived: boolean; at: string }) {
  const common = { channel: channel.id, event_ts: o.at };
  if (channel.kind !== 'private') {
    const type = o.archived ? 'channel_archive' : 'channel_unarchive';
    return { type, user: o.userId, ...common } as const;
  }
  return o.archived
    ? ({ type: 'group_archive', user: o.userId, is_moved: 0, ...common } as const)
    : ({ type: 'group_unarchive', actor_id: o.userId, ...common } as const);
}

/** Gives a channel a new name, by a person. */
export function renameChannel(
  world: World,
  o: { team: Team; channel: Channel; userId: string; name: string },
): void {
  const { channel, team } = o;
  const text = `<@${o.userId}> has renamed the channel from "${channel.name}" to "${o.name}"`;
  channel.name = o.name;
  addMessage(world, channel, { userId: o.userId, text, subtype: 'channel_name' });
  const type = channel.kind === 'private' ? 'group_rename' : 'channel_rename';
  world.publish({
    teamId: team.id,
    subscription: type,
    channelId: channel.id,
    event: {
      type,
      channel: {
        id: channel.id,
        name: channel.name,
        name_normalized: channel.name,
        created: channel.createdAt,
        is_channel: channel.kind === 'public',
        is_mpim: false,
      },
      event_ts: nextTs(world, channel),
    },
  });
  world.changed(team.id, 'channels');
}

import { ApiError } from '../errors.ts';
import { openDirectMessages } from '../state/channels.ts';
import type { Channel, ChannelKind, Message, Team, User } from '../state/types.ts';
import type { BotCall } from './method.ts';
import { needScope } from './method.ts';

const PREFIX = {
  public: 'channels',
  private: 'groups',
  im: 'im',
  mpim: 'mpim',
} as const satisfies Record<ChannelKind, string>;

/** The scopes of a family (`read`, `history`, `write`) for every kind of conversation. */
export function everyScope(family: 'read' | 'history' | 'write'): string[] {
  return Object.values(PREFIX).map((prefix) => `${prefix}:${family}`);
}

/** A channel that the bot can see: public, or one that it is in. The scope for its kind is needed. */
export function seeChannel(call: BotCall, id: string, family: 'read' | 'history'): Channel {
  const channel = call.team.channels.get(id);
  if (!channel) throw new ApiError('channel_not_found');
  if (channel.kind !== 'public' && !channel.members.has(call.installation.botUserId)) {
    throw new ApiError('channel_not_found');
  }
  needScope(call.installation, `${PREFIX[channel.kind]}:${family}`);
  return channel;
}

/** Where a message goes: a channel with the bot in it, or the direct messages with a person. */
export function postableChannel(call: BotCall, wanted: string): Channel {
  const { team, installation } = call;
  if (/^[UW]/.test(wanted)) {
    const user = team.users.get(wanted);
    // Slack knows no conversation with people who left or who live elsewhere; the stricter reading.
    if (!user || user.deactivated || user.role === 'external')
      throw new ApiError('channel_not_found');
    if (user.isBot || user.refusesApps) throw new ApiError('cannot_dm_bot');
    return checkDirect(
      call,
      openDirectMessages(call.world, team, [installation.botUserId, user.id]),
    );
  }
  const channel = team.channels.get(wanted) ?? byName(team, wanted);
  const isMember = channel?.members.has(installation.botUserId) ?? false;
  if (!channel || (channel.kind !== 'public' && !isMember)) throw new ApiError('channel_not_found');
  if (channel.archived) throw new ApiError('is_archived');
  if (!isMember && !installation.scopes.includes('chat:write.public')) {
    throw new ApiError('not_in_channel');
  }
  return checkDirect(call, channel);
}

function byName(team: Team, wanted: string): Channel | undefined {
  if (!wanted.startsWith('#')) return undefined;
  return [...team.channels.values()].find((channel) => `#${channel.name}` === wanted);
}

function checkDirect(call: BotCall, channel: Channel): Channel {
  if (channel.kind !== 'im') return channel;
  if (call.app.manifest.features?.app_home?.messages_tab_enabled === false) {
    throw new ApiError('messages_tab_disabled');
  }
  const other = [...channel.members].find((id) => id !== call.installation.botUserId);
  const person = call.team.users.get(other ?? '');
  if (person?.deactivated) throw new ApiError('is_archived');
  if (person?.refusesApps) throw new ApiError('cannot_dm_bot');
  return channel;
}

export function findMessage(channel: Channel, ts: string): Message {
  const message = channel.messages.find((one) => one.ts === ts && one.ephemeralTo === null);
  if (!message) throw new ApiError('message_not_found');
  return message;
}

export function seeUser(call: BotCall, id: string): User {
  const user = call.team.users.get(id);
  if (!user) throw new ApiError('user_not_found');
  return user;
}

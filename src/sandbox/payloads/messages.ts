import type { types } from '@slack/bolt';
import type { Channel, File, Message, Team } from '../state/types.ts';

type ChannelType = types.GenericMessageEvent['channel_type'];
export type MessagePayload = {
  type: 'message';
  subtype?: string;
  user?: string;
  ts: string;
  text: string;
  [field: string]: unknown;
};

export function channelTypeOf(channel: Channel): ChannelType {
  return ({ public: 'channel', private: 'group', im: 'im', mpim: 'mpim' } as const)[channel.kind];
}

/** A message as histories, interactions and events show it. Metadata only where it was asked for. */
export function messagePayload(
  team: Team,
  message: Message,
  o: { metadata?: boolean } = {},
): MessagePayload {
  const all = team.channels.get(message.channelId)?.messages ?? [];
  const replies = all.filter((other) => other.threadTs === message.ts && other.ts !== message.ts);
  const bot = message.botId ? team.users.get(message.userId) : undefined;
  const root = message.threadTs ? all.find((other) => other.ts === message.threadTs) : undefined;
  return {
    type: 'message',
    ...(message.subtype ? { subtype: message.subtype } : {}),
    ...(message.subtype === 'bot_message' ? {} : { user: message.userId }),
    ts: message.ts,
    text: message.text,
    team: team.id,
    ...(message.clientMsgId ? { client_msg_id: message.clientMsgId } : {}),
    ...(message.botId ? { bot_id: message.botId } : {}),
    ...(message.username ? { username: message.username } : {}),
    ...(message.appId ? { app_id: message.appId } : {}),
    ...(bot && message.appId
      ? {
          bot_profile: {
            id: message.botId,
            app_id: message.appId,
            name: bot.displayName,
            deleted: bot.deactivated,
            updated: bot.updatedAt,
            team_id: team.id,
          },
        }
      : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(o.metadata && message.metadata ? { metadata: message.metadata } : {}),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(root && root.ts !== message.ts ? { parent_user_id: root.userId } : {}),
    ...(replies.length > 0
      ? {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users: [...new Set(replies.map((reply) => reply.userId))],
          reply_users_count: new Set(replies.map((reply) => reply.userId)).size,
          latest_reply: replies.at(-1)?.ts,
        }
      : {}),
    ...(message.reactions.length > 0
      ? {
          reactions: message.reactions.map((reaction) => ({
            ...reaction,
            count: reaction.users.length,
          })),
        }
      : {}),
    ...(message.fileIds.length > 0
      ? {
          files: message.fileIds.flatMap((id) => {
            const file = team.files.get(id);
            return file ? [filePayload(file)] : [];
          }),
        }
      : {}),
    ...(message.ephemeralTo ? { is_ephemeral: true } : {}),
  };
}

/** The event that tells of a new message. */
export function messageEvent(team: Team, channel: Channel, message: Message): types.SlackEvent {
  // Bolt's message types differ per subtype in fields that all come from one record here.
  return {
    ...messagePayload(team, message),
    channel: channel.id,
    channel_type: channelTypeOf(channel),
    event_ts: message.ts,
  } as unknown as types.GenericMessageEvent | types.BotMessageEvent;
}

export function messageChangedEvent(
  team: Team,
  o: { channel: Channel; message: Message; before: MessagePayload; ts: string },
): types.MessageChangedEvent {
  return {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    channel: o.channel.id,
    channel_type: channelTypeOf(o.channel),
    ts: o.ts,
    event_ts: o.ts,
    message: messagePayload(team, o.message) as unknown as types.GenericMessageEvent,
    previous_message: o.before as unknown as types.GenericMessageEvent,
  };
}

export function messageDeletedEvent(o: {
  channel: Channel;
  before: MessagePayload;
  ts: string;
}): types.MessageDeletedEvent {
  return {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    channel: o.channel.id,
    channel_type: channelTypeOf(o.channel),
    ts: o.ts,
    event_ts: o.ts,
    deleted_ts: o.before.ts,
    previous_message: o.before as unknown as types.GenericMessageEvent,
  };
}

export function filePayload(file: File) {
  const extension = file.name.includes('.') ? (file.name.split('.').at(-1) ?? '') : '';
  return {
    id: file.id,
    created: file.createdAt,
    timestamp: file.createdAt,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: extension,
    pretty_type: extension.toUpperCase(),
    user: file.userId,
    editable: false,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    is_public: false,
    public_url_shared: false,
    alt_txt: file.altText,
  };
}

/** A file as those see it who may read what is in it. */
export function openFilePayload(baseUrl: string, team: Team, file: File) {
  const url = `${baseUrl}/files-pri/${team.id}/${file.id}/download/${encodeURIComponent(file.name)}`;
  const urls = { permalink: url, url_private: url, url_private_download: url };
  return { ...filePayload(file), ...urls, user_team: team.id };
}

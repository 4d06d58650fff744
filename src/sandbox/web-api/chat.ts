import { ApiError } from '../errors.ts';
import { messagePayload } from '../payloads/messages.ts';
import { addMessage, changeMessage, removeMessage } from '../state/messages.ts';
import type { Channel, Message } from '../state/types.ts';
import { type Arguments, needText, readFlag, readText } from './arguments.ts';
import { readMessage } from './content.ts';
import { findMessage, postableChannel } from './lookup.ts';
import { type BotCall, type MethodTable, needScope } from './method.ts';

const OVERRIDES = ['username', 'icon_url', 'icon_emoji'];

function postMessage(call: BotCall) {
  const { args, world, team, installation } = call;
  const content = readMessage(args);
  if (OVERRIDES.some((name) => readText(args, name))) {
    needScope(installation, 'chat:write.customize');
  }
  const channel = postableChannel(call, needText(args, 'channel'));
  const threadTs = readThread(channel, args);
  const username = readText(args, 'username') ?? null;
  const message = addMessage(world, channel, {
    userId: installation.botUserId,
    botId: installation.botId,
    appId: call.app.id,
    text: content.text ?? '',
    blocks: content.blocks,
    attachments: content.attachments,
    metadata: content.metadata ?? null,
    threadTs,
    username,
    subtype: username
      ? 'bot_message'
      : threadTs && readFlag(args, 'reply_broadcast')
        ? 'thread_broadcast'
        : null,
  });
  return {
    channel: channel.id,
    ts: message.ts,
    message: messagePayload(team, message, { metadata: true }),
  };
}

function readThread(channel: Channel, args: Arguments): string | null {
  const ts = readText(args, 'thread_ts');
  if (!ts) return null;
  const root = channel.messages.find((one) => one.ts === ts);
  if (!root) throw new ApiError('thread_not_found');
  // A reply to a reply lands in the thread of the first message.
  return root.threadTs ?? root.ts;
}

function postEphemeral(call: BotCall) {
  const { args, world, installation } = call;
  const content = readMessage(args);
  const channel = postableChannel(call, needText(args, 'channel'));
  const userId = needText(args, 'user');
  if (!channel.members.has(userId)) throw new ApiError('user_not_in_channel');
  const message = addMessage(world, channel, {
    userId: installation.botUserId,
    botId: installation.botId,
    appId: call.app.id,
    text: content.text ?? '',
    blocks: content.blocks,
    attachments: content.attachments,
    threadTs: readThread(channel, args),
    ephemeralTo: userId,
  });
  return { message_ts: message.ts };
}

/** The bot's own message; people's and other bots' are refused with `error`. */
function ownMessage(call: BotCall, error: string): { channel: Channel; message: Message } {
  const channel = channelOfMessage(call);
  const message = findMessage(channel, needText(call.args, 'ts'));
  if (message.userId !== call.installation.botUserId || message.appId !== call.app.id) {
    throw new ApiError(error);
  }
  if (![null, 'bot_message', 'thread_broadcast', 'file_share'].includes(message.subtype))
    throw new ApiError(error);
  return { channel, message };
}

function channelOfMessage(call: BotCall): Channel {
  const id = needText(call.args, 'channel');
  const channel = call.team.channels.get(id);
  const isMember = channel?.members.has(call.installation.botUserId) ?? false;
  // Names and people's ids are refused, as Slack does for everything but posting.
  if (!channel || (channel.kind !== 'public' && !isMember)) throw new ApiError('channel_not_found');
  if (channel.archived) throw new ApiError('is_archived');
  return channel;
}

function update(call: BotCall) {
  const { args, world, team, installation } = call;
  const { channel, message } = ownMessage(call, 'cant_update_message');
  const hasContent = ['text', 'blocks', 'attachments', 'markdown_text'].some(
    (name) => args[name] !== undefined,
  );
  if (!hasContent) throw new ApiError('no_text');
  const content = readMessage(args.text === undefined ? { ...args, text: message.text } : args);
  changeMessage(world, {
    channel,
    message,
    editedBy: installation.botUserId,
    // What is left out stays as it was; an empty list takes it away.
    change: {
      text: content.text ?? message.text,
      blocks: content.blocks ?? message.blocks,
      attachments: content.attachments ?? message.attachments,
      metadata: content.metadata === undefined ? message.metadata : content.metadata,
    },
  });
  return {
    channel: channel.id,
    ts: message.ts,
    text: message.text,
    message: messagePayload(team, message, { metadata: true }),
  };
}

function remove(call: BotCall) {
  const { channel, message } = ownMessage(call, 'cant_delete_message');
  removeMessage(call.world, channel, message);
  return { channel: channel.id, ts: message.ts };
}

function getPermalink(call: BotCall) {
  const channel = channelOfMessage(call);
  const message = findMessage(channel, needText(call.args, 'message_ts'));
  const path = `${channel.id}/p${message.ts.replace('.', '')}`;
  const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : '';
  return {
    channel: channel.id,
    permalink: `https://${call.team.domain}.slack.com/archives/${path}${thread}`,
  };
}

export const chatMethods: MethodTable = {
  'chat.postMessage': { token: 'bot', scopes: ['chat:write'], tier: 'message', run: postMessage },
  'chat.postEphemeral': { token: 'bot', scopes: ['chat:write'], tier: 4, run: postEphemeral },
  'chat.update': { token: 'bot', scopes: ['chat:write'], tier: 3, run: update },
  'chat.delete': { token: 'bot', scopes: ['chat:write'], tier: 3, run: remove },
  'chat.getPermalink': { token: 'bot', scopes: [], tier: 'special', run: getPermalink },
};

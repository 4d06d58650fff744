import { ApiError } from '../errors.ts';
import { channelPayload } from '../payloads/channels.ts';
import { messagePayload } from '../payloads/messages.ts';
import { openDirectMessages } from '../state/channels.ts';
import { joinChannel, leaveChannel } from '../state/membership.ts';
import type { Channel, ChannelKind, Message } from '../state/types.ts';
import { needText, pageOf, readFlag, readText } from './arguments.ts';
import { everyScope, seeChannel, seeUser } from './lookup.ts';
import { type BotCall, type MethodTable, needScope } from './method.ts';

const KIND_OF_TYPE: Record<string, ChannelKind> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'mpim',
};

const SCOPE_OF_TYPE: Record<string, string> = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  im: 'im:read',
  mpim: 'mpim:read',
};

/** The workspace's conversations of the asked `types`, each of which needs its scope. */
export function ofKinds(call: BotCall): Channel[] {
  const asked = (readText(call.args, 'types') ?? 'public_channel')
    .split(',')
    .map((type) => type.trim());
  const kinds = asked.map((type) => {
    const kind = KIND_OF_TYPE[type];
    const scope = SCOPE_OF_TYPE[type];
    if (!kind || !scope) throw new ApiError('invalid_types');
    needScope(call.installation, scope);
    return kind;
  });
  const withoutArchived = readFlag(call.args, 'exclude_archived') ?? false;
  return [...call.team.channels.values()].filter(
    (channel) => kinds.includes(channel.kind) && !(withoutArchived && channel.archived),
  );
}

function list(call: BotCall) {
  const { botUserId } = call.installation;
  const visible = ofKinds(call).filter(
    (channel) => channel.kind === 'public' || channel.members.has(botUserId),
  );
  const page = pageOf(visible, call.args, { standard: 100, most: 1000 });
  return {
    channels: page.items.map((channel) => channelPayload(call.team, channel, botUserId)),
    response_metadata: { next_cursor: page.nextCursor },
  };
}

function info(call: BotCall) {
  const channel = seeChannel(call, needText(call.args, 'channel'), 'read');
  return { channel: channelPayload(call.team, channel, call.installation.botUserId) };
}

function members(call: BotCall) {
  const channel = seeChannel(call, needText(call.args, 'channel'), 'read');
  const page = pageOf([...channel.members], call.args, { standard: 100, most: 1000 });
  return { members: page.items, response_metadata: { next_cursor: page.nextCursor } };
}

function open(call: BotCall) {
  const { args, team, installation } = call;
  const channelId = readText(args, 'channel');
  if (channelId) {
    const channel = seeChannel(call, channelId, 'read');
    return { channel: { id: channel.id }, no_op: true, already_open: true };
  }
  const ids = needText(args, 'users')
    .split(',')
    .map((id) => id.trim());
  const [first] = ids;
  if (ids.length !== 1 || !first) {
    needScope(installation, 'mpim:write');
    throw new ApiError('method_not_supported_for_channel_type');
  }
  needScope(installation, 'im:write');
  const user = seeUser(call, first);
  if (user.deactivated) throw new ApiError('user_disabled');
  if (user.role === 'external') throw new ApiError('user_not_visible');
  if (user.isBot || user.refusesApps) throw new ApiError('cannot_dm_bot');
  const channel = openDirectMessages(call.world, team, [installation.botUserId, user.id]);
  return {
    channel: readFlag(args, 'return_im')
      ? channelPayload(team, channel, installation.botUserId)
      : { id: channel.id },
  };
}

function readable(call: BotCall): Channel {
  const channel = seeChannel(call, needText(call.args, 'channel'), 'history');
  if (!channel.members.has(call.installation.botUserId)) throw new ApiError('not_in_channel');
  return channel;
}

function isBetween(call: BotCall, message: Message): boolean {
  const { args } = call;
  const inclusive = readFlag(args, 'inclusive') ?? false;
  const oldest = readText(args, 'oldest') ?? '0';
  const latest = readText(args, 'latest') ?? 'z';
  if (inclusive) return message.ts >= oldest && message.ts <= latest;
  return message.ts > oldest && message.ts < latest;
}

function historyPage(call: BotCall, messages: Message[]) {
  const page = pageOf(messages, call.args, { standard: 100, most: 999 });
  const metadata = readFlag(call.args, 'include_all_metadata') ?? false;
  return {
    messages: page.items.map((message) => messagePayload(call.team, message, { metadata })),
    has_more: page.nextCursor !== '',
    pin_count: 0,
    ...(page.nextCursor ? { response_metadata: { next_cursor: page.nextCursor } } : {}),
  };
}

function history(call: BotCall) {
  const channel = readable(call);
  const messages = channel.messages
    .filter((message) => message.ephemeralTo === null && isBetween(call, message))
    .filter((message) => message.threadTs === null || message.subtype === 'thread_broadcast')
    .toReversed();
  return historyPage(call, messages);
}

function replies(call: BotCall) {
  const channel = readable(call);
  const ts = needText(call.args, 'ts');
  const wanted = channel.messages.find((message) => message.ts === ts);
  if (!wanted || wanted.ephemeralTo !== null) throw new ApiError('thread_not_found');
  const root = wanted.threadTs ?? wanted.ts;
  const messages = channel.messages.filter(
    (message) =>
      message.ephemeralTo === null &&
      (message.ts === root || (message.threadTs === root && isBetween(call, message))),
  );
  return historyPage(call, messages);
}

function join(call: BotCall) {
  const { team, installation } = call;
  const channel = team.channels.get(needText(call.args, 'channel'));
  if (!channel || channel.kind !== 'public') throw new ApiError('channel_not_found');
  if (channel.archived) throw new ApiError('is_archived');
  const joined = joinChannel(call.world, { team, channel, userId: installation.botUserId });
  return {
    channel: channelPayload(team, channel, installation.botUserId),
    ...(joined ? {} : { warning: 'already_in_channel' }),
  };
}

function leave(call: BotCall) {
  const { team, installation } = call;
  const channel = seeChannel(call, needText(call.args, 'channel'), 'read');
  const left = leaveChannel(call.world, { team, channel, userId: installation.botUserId });
  return left ? {} : { not_in_channel: true };
}

export const conversationMethods: MethodTable = {
  'conversations.list': { token: 'bot', scopes: everyScope('read'), tier: 2, run: list },
  'conversations.info': { token: 'bot', scopes: everyScope('read'), tier: 3, run: info },
  'conversations.members': { token: 'bot', scopes: everyScope('read'), tier: 4, run: members },
  'conversations.open': { token: 'bot', scopes: everyScope('write'), tier: 3, run: open },
  'conversations.history': { token: 'bot', scopes: everyScope('history'), tier: 3, run: history },
  'conversations.replies': { token: 'bot', scopes: everyScope('history'), tier: 3, run: replies },
  'conversations.join': { token: 'bot', scopes: ['channels:join'], tier: 3, run: join },
  'conversations.leave': {
    token: 'bot',
    scopes: ['channels:manage', 'groups:write'],
    tier: 3,
    run: leave,
  },
};

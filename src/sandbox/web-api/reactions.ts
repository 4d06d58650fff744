import { ApiError } from '../errors.ts';
import { messagePayload } from '../payloads/messages.ts';
import { react } from '../state/messages.ts';
import { needText } from './arguments.ts';
import { findMessage } from './lookup.ts';
import type { BotCall, MethodTable } from './method.ts';

function target(call: BotCall) {
  const channel = call.team.channels.get(needText(call.args, 'channel'));
  if (!channel?.members.has(call.installation.botUserId)) throw new ApiError('channel_not_found');
  if (channel.archived) throw new ApiError('is_archived');
  return { channel, message: findMessage(channel, needText(call.args, 'timestamp')) };
}

function change(call: BotCall, remove: boolean) {
  const name = needText(call.args, 'name').replaceAll(':', '');
  if (!/^[a-z0-9_+'-]+$/.test(name)) throw new ApiError('invalid_name');
  const userId = call.installation.botUserId;
  const done = react(call.world, { ...target(call), userId, name, remove });
  if (!done) throw new ApiError(remove ? 'no_reaction' : 'already_reacted');
  return {};
}

function get(call: BotCall) {
  const { channel, message } = target(call);
  return {
    type: 'message',
    channel: channel.id,
    message: messagePayload(call.team, message),
  };
}

export const reactionMethods: MethodTable = {
  'reactions.add': {
    token: 'bot',
    scopes: ['reactions:write'],
    tier: 3,
    run: (call) => change(call, false),
  },
  'reactions.remove': {
    token: 'bot',
    scopes: ['reactions:write'],
    tier: 2,
    run: (call) => change(call, true),
  },
  'reactions.get': { token: 'bot', scopes: ['reactions:read'], tier: 3, run: get },
};

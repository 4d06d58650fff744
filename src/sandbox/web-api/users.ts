import { ApiError } from '../errors.ts';
import { channelPayload } from '../payloads/channels.ts';
import { userPayload } from '../payloads/users.ts';
import type { User } from '../state/types.ts';
import { needText, pageOf, readText } from './arguments.ts';
import { ofKinds } from './conversations.ts';
import { everyScope, seeUser } from './lookup.ts';
import type { BotCall, MethodTable } from './method.ts';

function show(call: BotCall, user: User) {
  return userPayload(call.team, user, {
    email: call.installation.scopes.includes('users:read.email'),
    nowMs: call.world.clock.nowMs(),
  });
}

function info(call: BotCall) {
  return { user: show(call, seeUser(call, needText(call.args, 'user'))) };
}

function list(call: BotCall) {
  const page = pageOf([...call.team.users.values()], call.args, { standard: 1000, most: 1000 });
  return {
    members: page.items.map((user) => show(call, user)),
    cache_ts: Math.floor(call.world.clock.nowMs() / 1000),
    response_metadata: { next_cursor: page.nextCursor },
  };
}

function conversations(call: BotCall) {
  const { installation, team, args } = call;
  const userId = readText(args, 'user') ?? installation.botUserId;
  seeUser(call, userId);
  const shared = ofKinds(call).filter(
    (channel) =>
      channel.members.has(userId) &&
      (channel.kind === 'public' || channel.members.has(installation.botUserId)),
  );
  const page = pageOf(shared, args, { standard: 100, most: 999 });
  return {
    channels: page.items.map((channel) => channelPayload(team, channel, installation.botUserId)),
    response_metadata: { next_cursor: page.nextCursor },
  };
}

function profile(call: BotCall) {
  const user = seeUser(call, needText(call.args, 'user'));
  return { profile: show(call, user).profile };
}

function lookupByEmail(call: BotCall) {
  const email = needText(call.args, 'email');
  const user = [...call.team.users.values()].find((one) => one.email === email && !one.deactivated);
  if (!user) throw new ApiError('users_not_found');
  return { user: show(call, user) };
}

function dnd(call: BotCall) {
  const user = seeUser(call, needText(call.args, 'user'));
  return {
    dnd_enabled: user.dnd !== null,
    next_dnd_start_ts: user.dnd?.startAt ?? 1,
    next_dnd_end_ts: user.dnd?.endAt ?? 1,
  };
}

function bot(call: BotCall) {
  const id = needText(call.args, 'bot');
  const user = [...call.team.users.values()].find((one) => one.botId === id);
  if (!user) throw new ApiError('bot_not_found');
  return {
    bot: {
      id,
      deleted: user.deactivated,
      name: user.displayName,
      updated: user.updatedAt,
      ...(user.appId ? { app_id: user.appId } : {}),
      user_id: user.id,
      icons: {},
    },
  };
}

function teamInfo(call: BotCall) {
  const { team } = call;
  return {
    team: { id: team.id, name: team.name, domain: team.domain, email_domain: '', icon: {} },
  };
}

export const userMethods: MethodTable = {
  'users.info': { token: 'bot', scopes: ['users:read'], tier: 4, run: info },
  'users.list': { token: 'bot', scopes: ['users:read'], tier: 2, run: list },
  'users.conversations': { token: 'bot', scopes: everyScope('read'), tier: 2, run: conversations },
  'users.profile.get': { token: 'bot', scopes: ['users.profile:read'], tier: 4, run: profile },
  'users.lookupByEmail': {
    token: 'bot',
    scopes: ['users:read.email'],
    tier: 3,
    run: lookupByEmail,
  },
  'dnd.info': { token: 'bot', scopes: ['dnd:read'], tier: 3, run: dnd },
  'bots.info': { token: 'bot', scopes: ['users:read'], tier: 3, run: bot },
  'team.info': { token: 'bot', scopes: ['team:read'], tier: 3, run: teamInfo },
};

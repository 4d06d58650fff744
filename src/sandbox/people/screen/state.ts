import { channelLabel } from '../../state/channels.ts';
import type { Channel } from '../../state/types.ts';
import { findTeam, findUser, installationsOf, personOf, type World } from '../../state/world.ts';
import type { Actor } from '../stage.ts';
import { closedBecause } from '../talk.ts';
import { isSeenBy, messageState } from './messages.ts';
import type { ChannelState, PersonState, State } from './types.ts';
import { modalState, viewState } from './views.ts';

function channelState(world: World, actor: Actor, channel: Channel): ChannelState {
  const { team, user } = actor;
  const read = personOf(team, user.id).lastRead.get(channel.id) ?? '';
  const seen = channel.messages.filter((message) => isSeenBy(message, user.id));
  const top = seen.filter(
    (message) => message.threadTs === null || message.subtype === 'thread_broadcast',
  );
  return {
    id: channel.id,
    name: channelLabel(team, channel, user.id),
    kind: channel.kind,
    members: [...channel.members].map((id) => team.users.get(id)?.displayName ?? id),
    archived: channel.archived,
    closed: closedBecause(world, actor, channel)?.message ?? null,
    unread: seen.filter((message) => message.userId !== user.id && message.ts > read).length,
    messages: top.map((message) =>
      messageState(world, actor, { channel, message, withReplies: true }),
    ),
  };
}

function personState(world: World, actor: Actor): PersonState {
  const { team, user } = actor;
  const person = personOf(team, user.id);
  return {
    id: user.id,
    name: user.displayName,
    realName: user.realName,
    zone: user.zone,
    localTime: world.clock
      .now()
      .setZone(user.zone ?? 'UTC')
      .toFormat('ccc d LLL yyyy HH:mm'),
    role: user.role,
    isBot: user.isBot,
    deactivated: user.deactivated,
    refusesApps: user.refusesApps,
    channels: [...team.channels.values()]
      .filter((channel) => channel.members.has(user.id))
      .map((channel) => channelState(world, actor, channel)),
    modals: person.modals.map((open) => modalState(world, actor, open)),
    homes: [...person.homes.values()].map((open) => viewState(world, actor, open)),
    homeInFront: person.homeInFront,
    toasts: person.toasts,
  };
}

/** What people see now: everybody's screen, or one workspace's, or one person's. */
export function stateOf(world: World, o: { team?: string; user?: string } = {}): State {
  const isOne = o.team !== undefined || o.user !== undefined;
  const teams = isOne ? [findTeam(world, o.team)] : [...world.teams.values()];
  return {
    now: world.clock.now().toISO(),
    apps: [...world.apps.values()].map(({ id, name, installUrl }) => ({ id, name, installUrl })),
    teams: teams.map((team) => ({
      id: team.id,
      name: team.name,
      domain: team.domain,
      apps: installationsOf(world, team.id).map(({ app, installation }) => ({
        id: app.id,
        name: app.name,
        botUserId: installation.botUserId,
        commands: (app.manifest.features?.slash_commands ?? []).map((command) => ({
          command: command.command,
          description: command.description,
          usageHint: command.usage_hint ?? '',
        })),
        shortcuts: (app.manifest.features?.shortcuts ?? []).map(({ name, type, description }) => ({
          name,
          type,
          description,
        })),
        hasHome: app.manifest.features?.app_home?.home_tab_enabled ?? false,
      })),
      people: (o.user === undefined ? [...team.users.values()] : [findUser(team, o.user)])
        .filter((user) => o.user !== undefined || !user.appId)
        .map((user) => personState(world, { team, user })),
    })),
  };
}

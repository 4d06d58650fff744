import { IANAZone } from 'luxon';
import { SandboxError } from '../errors.ts';
import { createChannel } from './channels.ts';
import type { Channel, Role, Team, User } from './types.ts';
import { findUser, type World } from './world.ts';

export type UserSeed = {
  /** As people call each other; the handle is made from it. */
  name: string;
  id?: string;
  realName?: string;
  title?: string;
  /** IANA zone; null for a profile without one. */
  zone?: string | null;
  role?: Role;
  deactivated?: boolean;
  /** Apps cannot send this person direct messages: they answer `cannot_dm_bot`. */
  refusesApps?: boolean;
  /** A bot of somebody else's. */
  bot?: boolean;
  /** For role `external`: the id of the workspace where the person lives. */
  homeTeam?: string;
};

export type ChannelSeed = {
  name: string;
  id?: string;
  private?: boolean;
  /** Names or ids. */
  members: string[];
  archived?: boolean;
  topic?: string;
};

export type WorkspaceSeed = {
  id?: string;
  name: string;
  users: UserSeed[];
  channels?: ChannelSeed[];
};

/** Creates a workspace with a #general that holds everybody but guests and people from elsewhere. */
export function createTeam(world: World, seed: WorkspaceSeed): Team {
  const id = seed.id ?? world.ids.next('T');
  if (world.teams.has(id)) {
    throw new SandboxError('duplicate_team', `There is already a workspace ${id}.`, 409);
  }
  const team: Team = {
    id,
    name: seed.name,
    domain: seed.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    users: new Map(),
    channels: new Map(),
    files: new Map(),
    people: new Map(),
  };
  for (const userSeed of seed.users) addUser(world, team, userSeed);
  world.teams.set(id, team);

  const everybody = [...team.users.values()].filter(
    (user) => !user.isBot && !user.deactivated && ['owner', 'admin', 'member'].includes(user.role),
  );
  const seeds = [...(seed.channels ?? [])];
  if (!seeds.some((channel) => channel.name === 'general')) {
    seeds.unshift({ name: 'general', members: everybody.map((user) => user.id) });
  }
  for (const channelSeed of seeds) addChannel(world, team, channelSeed);
  world.changed(id, 'workspace');
  return team;
}

export function addUser(world: World, team: Team, seed: UserSeed): User {
  const zone = seed.zone === undefined ? 'UTC' : seed.zone;
  if (zone !== null && !IANAZone.isValidZone(zone)) {
    throw new SandboxError('bad_zone', `"${zone}" is not an IANA time zone.`);
  }
  const isBot = seed.bot ?? false;
  const user: User = {
    id: seed.id ?? world.ids.next('U'),
    homeTeamId: seed.role === 'external' ? (seed.homeTeam ?? world.ids.next('T')) : team.id,
    handle: seed.name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '.'),
    realName: seed.realName ?? seed.name,
    displayName: seed.name,
    title: seed.title ?? '',
    email: `${seed.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@example.com`,
    zone,
    role: seed.role ?? 'member',
    isBot,
    botId: isBot ? world.ids.next('B') : null,
    appId: null,
    deactivated: seed.deactivated ?? false,
    refusesApps: seed.refusesApps ?? false,
    statusText: '',
    statusEmoji: '',
    dnd: null,
    updatedAt: Math.floor(world.clock.nowMs() / 1000),
  };
  if (team.users.has(user.id)) {
    throw new SandboxError('duplicate_user', `There is already a person ${user.id}.`, 409);
  }
  team.users.set(user.id, user);
  return user;
}

export function addChannel(world: World, team: Team, seed: ChannelSeed): Channel {
  const members = seed.members.map((name) => findUser(team, name).id);
  const channel = createChannel(world, team, {
    id: seed.id,
    name: seed.name.replace(/^#/, ''),
    kind: seed.private ? 'private' : 'public',
    creator: members[0] ?? 'USLACKBOT',
    members,
  });
  channel.topic = seed.topic ?? '';
  channel.archived = seed.archived ?? false;
  channel.isGeneral = channel.name === 'general';
  channel.isShared = members.some((id) => team.users.get(id)?.role === 'external');
  return channel;
}

import { SandboxError } from '../errors.ts';
import type { Channel, ChannelKind, Team, User } from './types.ts';
import type { World } from './world.ts';

/** Adds a channel; announces nothing. */
export function createChannel(
  world: World,
  team: Team,
  o: { id?: string; name: string; kind: ChannelKind; creator: string; members: string[] },
): Channel {
  const channel: Channel = {
    id: o.id ?? world.ids.next(o.kind === 'im' ? 'D' : 'C'),
    teamId: team.id,
    name: o.name,
    kind: o.kind,
    creator: o.creator,
    createdAt: Math.floor(world.clock.nowMs() / 1000),
    topic: '',
    purpose: '',
    archived: false,
    isShared: false,
    isGeneral: false,
    members: new Set(o.members),
    messages: [],
    lastTs: { seconds: 0, micros: 0 },
  };
  if (team.channels.has(channel.id)) {
    throw new SandboxError('duplicate_channel', `There is already a channel ${channel.id}.`, 409);
  }
  team.channels.set(channel.id, channel);
  return channel;
}

/** The direct messages between two people or a person and a bot, opened when there are none yet. */
export function openDirectMessages(world: World, team: Team, between: [string, string]): Channel {
  const existing = findDirectMessages(team, between);
  if (existing) return existing;
  return createChannel(world, team, {
    name: '',
    kind: 'im',
    creator: between[0],
    members: between,
  });
}

export function findDirectMessages(team: Team, between: [string, string]): Channel | undefined {
  const wanted = new Set(between);
  return [...team.channels.values()].find(
    (channel) =>
      channel.kind === 'im' &&
      channel.members.size === wanted.size &&
      [...wanted].every((id) => channel.members.has(id)),
  );
}

/** The other side of direct messages; oneself in a note to self. */
export function otherIn(channel: Channel, userId: string): string {
  return [...channel.members].find((id) => id !== userId) ?? userId;
}

/** What `userId` calls the channel: `#pair`, `@Ana`. */
export function channelLabel(team: Team, channel: Channel, userId?: string): string {
  if (channel.kind === 'public' || channel.kind === 'private') return `#${channel.name}`;
  const names = [...channel.members]
    .filter((id) => id !== userId || channel.members.size === 1)
    .map((id) => team.users.get(id)?.displayName ?? id);
  return `@${names.join(', ')}`;
}

/** The channel that this person means by an id, `#name`, `name`, or by somebody's name for direct messages. */
export function findChannel(world: World, o: { team: Team; user: User; wanted: string }): Channel {
  const { team, user, wanted } = o;
  const visible = [...team.channels.values()].filter(
    (channel) => channel.members.has(user.id) || channel.kind === 'public',
  );
  const byId = visible.find((channel) => channel.id === wanted);
  if (byId) return byId;
  const named = visible.find(
    (channel) => channel.name === wanted.replace(/^#/, '') && channel.name !== '',
  );
  if (named) return named;
  const name = wanted.replace(/^@/, '');
  const other = [...team.users.values()].find((one) =>
    [one.id, one.handle, one.displayName, one.realName].includes(name),
  );
  if (other && !wanted.startsWith('#')) return openDirectMessages(world, team, [user.id, other.id]);
  const known = visible.map((channel) => channelLabel(team, channel, user.id)).join(', ');
  throw new SandboxError(
    'unknown_channel',
    `${user.displayName} sees no channel "${wanted}". There are: ${known || 'none'}.`,
    404,
  );
}

/** The next unused message timestamp of this channel, from the simulated clock. */
export function nextTs(world: World, channel: Channel): string {
  const ms = world.clock.nowMs();
  let seconds = Math.floor(ms / 1000);
  let micros = (ms % 1000) * 1000;
  const last = channel.lastTs;
  if (seconds < last.seconds || (seconds === last.seconds && micros <= last.micros)) {
    seconds = last.seconds;
    micros = last.micros + 1;
    if (micros === 1_000_000) {
      seconds += 1;
      micros = 0;
    }
  }
  channel.lastTs = { seconds, micros };
  return `${seconds}.${String(micros).padStart(6, '0')}`;
}

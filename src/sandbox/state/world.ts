import type { Clock } from '../clock.ts';
import { SandboxError } from '../errors.ts';
import { createIds, type Ids } from '../ids.ts';
import type { WorkspaceEvent } from './events.ts';
import { createResponseUrls, type ResponseUrls } from './response-urls.ts';
import { createTriggers, type Triggers } from './triggers.ts';
import type { Channel, Installation, Person, SlackApp, Team, User } from './types.ts';

export type Change = { team: string; what: string };

export type World = {
  clock: Clock;
  ids: Ids;
  teams: Map<string, Team>;
  apps: Map<string, SlackApp>;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  /** Address of the server without a trailing slash; empty until it listens. */
  baseUrl: string;
  /** Tells apps what happened, through `onEvent`. */
  publish(event: WorkspaceEvent): void;
  onEvent(listener: (event: WorkspaceEvent) => void): void;
  /** Tells whoever looks at the workspace that something on a screen is different. */
  changed(team: string, what: string): void;
  onChange(listener: (change: Change) => void): () => void;
};

export function createWorld(o: { clock: Clock; triggerLifeMs: number }): World {
  const { clock } = o;
  const eventListeners = new Set<(event: WorkspaceEvent) => void>();
  const changeListeners = new Set<(change: Change) => void>();
  const ids = createIds();
  const world: World = {
    clock,
    ids,
    triggers: createTriggers({ clock, ids, lifeMs: o.triggerLifeMs }),
    responseUrls: createResponseUrls({ clock, baseUrl: () => world.baseUrl }),
    teams: new Map(),
    apps: new Map(),
    baseUrl: '',
    publish(event) {
      for (const listener of eventListeners) listener(event);
    },
    onEvent(listener) {
      eventListeners.add(listener);
    },
    changed(team, what) {
      for (const listener of changeListeners) listener({ team, what });
    },
    onChange(listener) {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
  };
  return world;
}

/** The workspace with this id or name; the only one when none is named. */
export function findTeam(world: World, wanted: string | undefined): Team {
  const teams = [...world.teams.values()];
  const found =
    wanted === undefined
      ? teams.length === 1
        ? teams[0]
        : undefined
      : (world.teams.get(wanted) ?? teams.find((team) => team.name === wanted));
  if (found) return found;
  const known = teams.map((team) => `${team.id} (${team.name})`).join(', ') || 'none';
  throw new SandboxError(
    'unknown_team',
    wanted === undefined
      ? `Say which workspace with "team". There are: ${known}.`
      : `No workspace is called "${wanted}". There are: ${known}.`,
    404,
  );
}

/** The workspace of something that belongs to one. */
export function teamOf(world: World, part: { teamId: string }): Team {
  const team = world.teams.get(part.teamId);
  if (!team) throw new SandboxError('unknown_team', `There is no workspace ${part.teamId}.`, 404);
  return team;
}

/** The person or bot with this id, handle or name. */
export function findUser(team: Team, wanted: string): User {
  const name = wanted.replace(/^@/, '');
  const users = [...team.users.values()];
  const byId = team.users.get(wanted);
  if (byId) return byId;
  const found = users.filter((user) =>
    [user.handle, user.realName, user.displayName].includes(name),
  );
  if (found.length === 1 && found[0]) return found[0];
  const known = users.map((user) => `${user.displayName} (${user.id})`).join(', ');
  throw new SandboxError(
    found.length > 1 ? 'ambiguous_user' : 'unknown_user',
    found.length > 1
      ? `Several people are called "${wanted}": ${found.map((user) => user.id).join(', ')}.`
      : `Nobody in ${team.name} is called "${wanted}". There are: ${known}.`,
    found.length > 1 ? 409 : 404,
  );
}

export function personOf(team: Team, userId: string): Person {
  const existing = team.people.get(userId);
  if (existing) return existing;
  const person: Person = {
    userId,
    modals: [],
    homes: new Map(),
    homeInFront: null,
    lastRead: new Map(),
    toasts: [],
    messageValues: new Map(),
  };
  team.people.set(userId, person);
  return person;
}

export function installationsOf(
  world: World,
  teamId: string,
): { app: SlackApp; installation: Installation }[] {
  return [...world.apps.values()].flatMap((app) => {
    const installation = app.installations.get(teamId);
    return installation && installation.status === 'active' ? [{ app, installation }] : [];
  });
}

/** Whether the bot of this installation is in the channel. */
export function isBotIn(channel: Channel, installation: Installation): boolean {
  return channel.members.has(installation.botUserId);
}

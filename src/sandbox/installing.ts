import { SandboxError } from './errors.ts';
import { createApp, installApp, revokeToken } from './state/apps.ts';
import { readManifest } from './state/manifest.ts';
import type { Delivery, SlackApp, Team } from './state/types.ts';
import { findTeam, type World } from './state/world.ts';

export type Workspace = {
  id: string;
  name: string;
  /** Ids of people by name. */
  users: Record<string, string>;
  /** Ids of channels by name. */
  channels: Record<string, string>;
};

export type InstalledApp = {
  appId: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  clientId: string;
  clientSecret: string;
  botUserId: string;
  botId: string;
};

export type InstallRequest = {
  team: string;
  /** `manifest.yml` as parsed. An app of the same name is installed once more, not made anew. */
  manifest: unknown;
  delivery: Delivery;
  /** Whether the scopes under `bot_optional` are granted. Default true. */
  optionalScopes?: boolean;
};

/** Ids by name, for whoever made the workspace. */
export function describeTeam(team: Team): Workspace {
  return {
    id: team.id,
    name: team.name,
    users: Object.fromEntries([...team.users.values()].map((user) => [user.displayName, user.id])),
    channels: Object.fromEntries(
      [...team.channels.values()].flatMap((one) => (one.name ? [[one.name, one.id]] : [])),
    ),
  };
}

/** What is entered in an app's settings. */
export type AppSettings = {
  manifest: unknown;
  delivery: Delivery;
  /** The app's own page on which people begin to install it. */
  installUrl?: string;
};

/** Registers an app; one of the same name gets the new settings. */
export function register(world: World, o: AppSettings): SlackApp {
  const parsed = readManifest(o.manifest);
  const existing = [...world.apps.values()].find(
    (app) => app.name === parsed.display_information.name,
  );
  const app = existing ?? createApp(world, parsed, o.delivery);
  app.manifest = parsed;
  app.delivery = o.delivery;
  app.installUrl = o.installUrl ?? null;
  return app;
}

/** What an app's settings page shows. */
export function credentials(app: SlackApp) {
  const { appToken, signingSecret, clientId, clientSecret } = app;
  return { appId: app.id, appToken, signingSecret, clientId, clientSecret };
}

/** Installs an app into a workspace, by its first administrator. */
export function install(world: World, request: InstallRequest): InstalledApp {
  const app = register(world, request);
  const team = findTeam(world, request.team);
  const people = [...team.users.values()].filter((user) => !user.isBot && !user.deactivated);
  const installer =
    people.find((user) => user.role === 'owner' || user.role === 'admin') ?? people[0];
  if (!installer)
    throw new SandboxError('no_installer', `Nobody in ${team.name} can install an app.`);
  const installation = installApp(world, {
    app,
    team,
    installer,
    optionalScopes: request.optionalScopes,
  });
  const { botToken, botUserId, botId } = installation;
  return { ...credentials(app), botToken, botUserId, botId };
}

/** Revokes the bot token of an app. */
export function revoke(world: World, o: { team?: string; app?: string }): void {
  const team = findTeam(world, o.team);
  const app = [...world.apps.values()].find((one) => o.app === undefined || one.name === o.app);
  const installation = app?.installations.get(team.id);
  if (!app || installation?.status !== 'active') {
    throw new SandboxError('not_installed', `No such app is installed in ${team.name}.`, 404);
  }
  revokeToken(world, app, installation);
}

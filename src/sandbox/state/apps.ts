import { SandboxError } from '../errors.ts';
import { makeSecret } from '../ids.ts';
import { isSubscription, SUBSCRIPTIONS } from './events.ts';
import type { Manifest } from './manifest.ts';
import type { Delivery, Installation, SlackApp, Team, User } from './types.ts';
import { personOf, type World } from './world.ts';

/** Registers an app as "Create from manifest" does. Events without their scope are refused. */
export function createApp(world: World, manifest: Manifest, delivery: Delivery): SlackApp {
  checkSubscriptions(manifest);
  const id = world.ids.next('A');
  const app: SlackApp = {
    id,
    name: manifest.display_information.name,
    manifest,
    delivery,
    clientId: `${world.ids.number()}${Date.UTC(2026, 0)}.${world.ids.number()}`,
    clientSecret: makeSecret(),
    signingSecret: makeSecret(),
    verificationToken: makeSecret(12),
    appToken: `xapp-1-${id}-${makeSecret(8)}`,
    installUrl: null,
    installations: new Map(),
    retiredTokens: new Map(),
  };
  world.apps.set(id, app);
  return app;
}

function checkSubscriptions(manifest: Manifest): void {
  const scopes = manifest.oauth_config.scopes.bot ?? [];
  const problems = (manifest.settings?.event_subscriptions?.bot_events ?? []).flatMap((name) => {
    if (!isSubscription(name)) return [`"${name}" is not an event that the sandbox knows`];
    const needed: readonly string[] = SUBSCRIPTIONS[name];
    return needed.length === 0 || needed.some((scope) => scopes.includes(scope))
      ? []
      : [`the event "${name}" needs the scope ${needed.join(' or ')}`];
  });
  if (problems.length > 0) {
    throw new SandboxError('bad_manifest', `The manifest is not valid: ${problems.join('; ')}.`);
  }
}

/** Installs or re-installs an app; the bot user stays the same, so does a token that still works. */
export function installApp(
  world: World,
  o: {
    app: SlackApp;
    team: Team;
    installer: User;
    /** False leaves out those of `bot_optional`. */
    optionalScopes?: boolean;
    /** What OAuth granted, instead of what the manifest asks for. */
    scopes?: string[];
  },
): Installation {
  const { app, team } = o;
  const before = app.installations.get(team.id);
  const bot = before ? team.users.get(before.botUserId) : undefined;
  const botUser = bot ?? addBotUser(world, app, team);
  botUser.deactivated = false;
  // What is installed again gets more permissions, never fewer.
  const earlier = before?.status === 'active' ? before.scopes : [];
  const installation: Installation = {
    appId: app.id,
    teamId: team.id,
    botUserId: botUser.id,
    botId: botUser.botId ?? world.ids.next('B'),
    botToken:
      before?.status === 'active'
        ? before.botToken
        : `xoxb-${team.id}-${world.ids.number()}-${makeSecret(12)}`,
    rotation: null,
    scopes: [...new Set([...earlier, ...(o.scopes ?? scopesOf(app, o.optionalScopes ?? true))])],
    installerId: o.installer.id,
    status: 'active',
  };
  app.installations.set(team.id, installation);
  if (app.manifest.settings?.token_rotation_enabled) rotateToken(world, team, installation);
  world.changed(team.id, 'apps');
  return installation;
}

function scopesOf(app: SlackApp, withOptional: boolean): string[] {
  const { bot = [], bot_optional: optional = [] } = app.manifest.oauth_config.scopes;
  return bot.filter((scope) => withOptional || !optional.includes(scope));
}

/** Seconds that a token works where tokens are rotated. */
export const TOKEN_SECONDS = 43_200;

/** Gives the next token; the one before works until its own end, its refresh token no more. */
export function rotateToken(world: World, team: Team, installation: Installation): void {
  const { botToken, rotation } = installation;
  installation.botToken = `xoxe.xoxb-${team.id}-${world.ids.number()}-${makeSecret(12)}`;
  installation.rotation = {
    refreshToken: `xoxe-${world.ids.number()}-${makeSecret(16)}`,
    endsAtMs: world.clock.nowMs() + TOKEN_SECONDS * 1000,
    earlier: rotation && { botToken, endsAtMs: rotation.endsAtMs },
  };
}

function addBotUser(world: World, app: SlackApp, team: Team): User {
  const name = app.manifest.features?.bot_user?.display_name ?? app.name;
  const user: User = {
    id: world.ids.next('U'),
    homeTeamId: team.id,
    handle: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, ''),
    realName: name,
    displayName: name,
    title: '',
    email: '',
    zone: 'America/Los_Angeles',
    role: 'member',
    isBot: true,
    botId: world.ids.next('B'),
    appId: app.id,
    deactivated: false,
    refusesApps: false,
    statusText: '',
    statusEmoji: '',
    dnd: null,
    updatedAt: Math.floor(world.clock.nowMs() / 1000),
  };
  team.users.set(user.id, user);
  return user;
}

/** Removes the app from the workspace: its token is dead, its bot leaves, its views close. */
export function uninstallApp(world: World, app: SlackApp, team: Team): void {
  const installation = app.installations.get(team.id);
  if (!installation || installation.status !== 'active') {
    throw new SandboxError('not_installed', `${app.name} is not installed in ${team.name}.`, 409);
  }
  installation.status = 'uninstalled';
  app.retiredTokens.set(installation.botToken, 'account_inactive');
  const bot = team.users.get(installation.botUserId);
  if (bot) bot.deactivated = true;
  for (const channel of team.channels.values()) {
    if (channel.kind !== 'im') channel.members.delete(installation.botUserId);
  }
  for (const user of team.users.values()) {
    const person = personOf(team, user.id);
    person.modals = person.modals.filter((view) => view.appId !== app.id);
    person.homes.delete(app.id);
  }
  world.publish({
    teamId: team.id,
    subscription: 'tokens_revoked',
    appId: app.id,
    event: { type: 'tokens_revoked', tokens: { oauth: [], bot: [installation.botUserId] } },
  });
  world.publish({
    teamId: team.id,
    subscription: 'app_uninstalled',
    appId: app.id,
    event: { type: 'app_uninstalled' },
  });
  world.changed(team.id, 'apps');
}

/** Makes the bot token useless and tells the app, as an administrator or `auth.revoke` does. */
export function revokeToken(world: World, app: SlackApp, installation: Installation): void {
  installation.status = 'revoked';
  app.retiredTokens.set(installation.botToken, 'token_revoked');
  world.publish({
    teamId: installation.teamId,
    subscription: 'tokens_revoked',
    appId: app.id,
    event: { type: 'tokens_revoked', tokens: { oauth: [], bot: [installation.botUserId] } },
  });
  world.changed(installation.teamId, 'apps');
}

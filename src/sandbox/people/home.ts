import type { types } from '@slack/bolt';
import { SandboxError } from '../errors.ts';
import { viewPayload } from '../payloads/views.ts';
import { nextTs, openDirectMessages } from '../state/channels.ts';
import type { SlackApp } from '../state/types.ts';
import { installationsOf, personOf } from '../state/world.ts';
import type { Actor, Stage } from './stage.ts';

/** The installed app of this name; the only one when none is named. */
export function findInstalledApp(stage: Stage, actor: Actor, name: string | undefined) {
  const installed = installationsOf(stage.world, actor.team.id);
  const found =
    name === undefined
      ? installed.length === 1
        ? installed[0]
        : undefined
      : installed.find(({ app }) => app.name === name || app.id === name);
  if (found) return found;
  const names = installed.map(({ app }) => app.name).join(', ') || 'none';
  throw new SandboxError(
    'unknown_app',
    `Say which installed app with "app". There are: ${names}.`,
    404,
  );
}

/** Opens the Home tab of an app, which hears of it; the event carries the view after the first publish. */
export function openHome(stage: Stage, actor: Actor, appName: string | undefined): SlackApp {
  const { app, installation } = findInstalledApp(stage, actor, appName);
  const { team, user } = actor;
  if (app.manifest.features?.app_home?.home_tab_enabled !== true) {
    throw new SandboxError('no_home', `${app.name} has no Home tab in its manifest.`, 409);
  }
  const person = personOf(team, user.id);
  person.homeInFront = app.id;
  const channel = openDirectMessages(stage.world, team, [installation.botUserId, user.id]);
  const home = person.homes.get(app.id);
  stage.world.publish({
    teamId: team.id,
    subscription: 'app_home_opened',
    appId: app.id,
    event: {
      type: 'app_home_opened',
      user: user.id,
      channel: channel.id,
      tab: 'home',
      // The event holds the view as interactions show it, which Bolt types as one to be sent.
      ...(home ? { view: viewPayload(installation, home) as unknown as types.HomeView } : {}),
      event_ts: nextTs(stage.world, channel),
    },
  });
  stage.world.changed(team.id, 'home');
  return app;
}

import { IANAZone } from 'luxon';
import { SandboxError } from '../errors.ts';
import { userChangeEvent } from '../payloads/users.ts';
import { installApp, uninstallApp } from '../state/apps.ts';
import { findChannel } from '../state/channels.ts';
import { joinChannel, leaveChannel, renameChannel, setArchived } from '../state/membership.ts';
import { addChannel } from '../state/seed.ts';
import type { Channel, User } from '../state/types.ts';
import { findUser } from '../state/world.ts';
import { findInstalledApp } from './home.ts';
import type { Actor, Stage } from './stage.ts';

function channelOf(stage: Stage, actor: Actor, wanted: string): Channel {
  const { team, user } = actor;
  return findChannel(stage.world, { team, user, wanted });
}

function refuseRepeat(done: boolean, sentence: string): void {
  if (!done) throw new SandboxError('nothing_to_do', sentence, 409);
}

export function join(stage: Stage, actor: Actor, wanted: string): void {
  const { team, user } = actor;
  const channel = channelOf(stage, actor, wanted);
  if (channel.kind !== 'public') {
    throw new SandboxError(
      'not_invited',
      `People are invited to ${wanted}; they cannot join it.`,
      409,
    );
  }
  const done = joinChannel(stage.world, { team, channel, userId: user.id });
  refuseRepeat(done, `${user.displayName} is in ${wanted} already.`);
}

export function leave(stage: Stage, actor: Actor, wanted: string): void {
  const { team, user } = actor;
  const channel = channelOf(stage, actor, wanted);
  const done = leaveChannel(stage.world, { team, channel, userId: user.id });
  refuseRepeat(done, `${user.displayName} is not in ${wanted}.`);
}

/** Brings somebody, or an app's bot, into a channel that the actor is in. */
export function invite(stage: Stage, actor: Actor, o: { who: string; channel: string }): void {
  const { team, user } = actor;
  const channel = channelOf(stage, actor, o.channel);
  if (!channel.members.has(user.id)) {
    throw new SandboxError('not_a_member', `${user.displayName} is not in ${o.channel}.`, 409);
  }
  const guest = findUser(team, o.who);
  const done = joinChannel(stage.world, { team, channel, userId: guest.id, inviter: user.id });
  refuseRepeat(done, `${guest.displayName} is in ${o.channel} already.`);
}

export function removeFrom(stage: Stage, actor: Actor, o: { who: string; channel: string }): void {
  const { team, user } = actor;
  const channel = channelOf(stage, actor, o.channel);
  const guest = findUser(team, o.who);
  const done = leaveChannel(stage.world, { team, channel, userId: guest.id, actor: user.id });
  refuseRepeat(done, `${guest.displayName} is not in ${o.channel}.`);
}

export function archive(
  stage: Stage,
  actor: Actor,
  o: { channel: string; archived: boolean },
): void {
  const channel = channelOf(stage, actor, o.channel);
  const { team, user } = actor;
  setArchived(stage.world, { team, channel, userId: user.id, archived: o.archived });
}

export function rename(stage: Stage, actor: Actor, o: { channel: string; name: string }): void {
  const channel = channelOf(stage, actor, o.channel);
  const { team, user } = actor;
  renameChannel(stage.world, { team, channel, userId: user.id, name: o.name.replace(/^#/, '') });
}

export function createNewChannel(
  stage: Stage,
  actor: Actor,
  o: { name: string; private: boolean; members: string[] },
): Channel {
  const members = [actor.user.id, ...o.members.map((name) => findUser(actor.team, name).id)];
  const channel = addChannel(stage.world, actor.team, { ...o, members: [...new Set(members)] });
  stage.world.changed(actor.team.id, 'channels');
  return channel;
}

export type ProfileChange = {
  zone?: string | null;
  name?: string;
  realName?: string;
  statusText?: string;
  statusEmoji?: string;
  deactivated?: boolean;
  refusesApps?: boolean;
  dnd?: { from: string; until: string } | null;
};

/** Changes somebody's profile; apps that read users hear of it. */
export function changeProfile(stage: Stage, actor: Actor, change: ProfileChange): void {
  const { user } = actor;
  if (typeof change.zone === 'string' && !IANAZone.isValidZone(change.zone)) {
    throw new SandboxError('bad_zone', `"${change.zone}" is not an IANA time zone.`);
  }
  if (change.zone !== undefined) user.zone = change.zone;
  if (change.name !== undefined) user.displayName = change.name;
  if (change.realName !== undefined) user.realName = change.realName;
  if (change.statusText !== undefined) user.statusText = change.statusText;
  if (change.statusEmoji !== undefined) user.statusEmoji = change.statusEmoji;
  if (change.deactivated !== undefined) setDeactivated(actor, change.deactivated);
  if (change.refusesApps !== undefined) user.refusesApps = change.refusesApps;
  if (change.dnd !== undefined) setDoNotDisturb(stage, actor, change.dnd);
  announce(stage, actor, user);
}

function setDoNotDisturb(stage: Stage, { team, user }: Actor, dnd: ProfileChange['dnd']): void {
  const seconds = (iso: string) => Math.floor(Date.parse(iso) / 1000);
  user.dnd = dnd ? { startAt: seconds(dnd.from), endAt: seconds(dnd.until) } : null;
  const now = Math.floor(stage.world.clock.nowMs() / 1000);
  stage.world.publish({
    teamId: team.id,
    subscription: 'dnd_updated_user',
    event: {
      type: 'dnd_updated_user',
      user: user.id,
      dnd_status: {
        dnd_enabled: user.dnd !== null,
        next_dnd_start_ts: user.dnd?.startAt ?? 1,
        next_dnd_end_ts: user.dnd?.endAt ?? 1,
      },
      event_ts: `${now}.000200`,
    },
  });
}

function setDeactivated({ team, user }: Actor, deactivated: boolean): void {
  user.deactivated = deactivated;
  if (!deactivated) return;
  for (const channel of team.channels.values()) {
    if (channel.kind !== 'im') channel.members.delete(user.id);
  }
}

function announce(stage: Stage, { team }: Actor, user: User): void {
  const nowMs = stage.world.clock.nowMs();
  user.updatedAt = Math.floor(nowMs / 1000);
  stage.world.publish({
    teamId: team.id,
    subscription: 'user_change',
    event: userChangeEvent(team, user, nowMs),
  });
  stage.world.changed(team.id, 'people');
}

export function uninstall(stage: Stage, actor: Actor, appName: string | undefined): void {
  const { app } = findInstalledApp(stage, actor, appName);
  uninstallApp(stage.world, app, actor.team);
}

/** Installs an app that is registered already, as "Reinstall to workspace" does. */
export function install(stage: Stage, actor: Actor, appName: string | undefined): void {
  const apps = [...stage.world.apps.values()];
  const app =
    appName === undefined
      ? apps[0]
      : apps.find((one) => one.name === appName || one.id === appName);
  if (!app || (appName === undefined && apps.length > 1)) {
    const names = apps.map((one) => one.name).join(', ') || 'none';
    throw new SandboxError('unknown_app', `Say which app with "app". There are: ${names}.`, 404);
  }
  installApp(stage.world, { app, team: actor.team, installer: actor.user });
}

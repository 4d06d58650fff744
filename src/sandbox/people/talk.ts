import { randomUUID } from 'node:crypto';
import { SandboxError } from '../errors.ts';
import { channelLabel, findChannel, nextTs, otherIn } from '../state/channels.ts';
import { addMessage, changeMessage, react, removeMessage } from '../state/messages.ts';
import { escapeTyped, richTextOf } from '../state/rich-text.ts';
import type { Channel, Message } from '../state/types.ts';
import { personOf, type World } from '../state/world.ts';
import type { Actor, Stage } from './stage.ts';
import { findMessageFor, type Where } from './surfaces.ts';

/** A channel that the person may write in; a sentence says why not. */
export function writableChannel(stage: Stage, actor: Actor, wanted: string): Channel {
  const { team, user } = actor;
  const channel = findChannel(stage.world, { team, user, wanted });
  const refusal = closedBecause(stage.world, actor, channel);
  if (refusal) throw refusal;
  return channel;
}

/** Why the person cannot write in this channel; null when they can. */
export function closedBecause(world: World, actor: Actor, channel: Channel): SandboxError | null {
  const { team, user } = actor;
  const label = channelLabel(team, channel, user.id);
  if (!channel.members.has(user.id)) {
    return new SandboxError('not_a_member', `${user.displayName} is not in ${label}.`, 409);
  }
  if (channel.archived) return new SandboxError('is_archived', `${label} is archived.`, 409);
  const other = channel.kind === 'im' ? team.users.get(otherIn(channel, user.id)) : undefined;
  const app = other?.appId ? world.apps.get(other.appId) : undefined;
  const home = app?.manifest.features?.app_home;
  const isClosed =
    home?.messages_tab_enabled === false || home?.messages_tab_read_only_enabled === true;
  if (!isClosed) return null;
  const sentence = `Sending messages to ${app?.name} has been turned off.`;
  return new SandboxError('read_only', sentence, 409);
}

/** Writes a message, at top level or in a thread. */
export function write(
  stage: Stage,
  actor: Actor,
  o: { in: string; text: string; thread?: string; broadcast?: boolean },
): Message {
  const { team, user } = actor;
  const channel = writableChannel(stage, actor, o.in);
  const root =
    o.thread === undefined
      ? null
      : threadRoot(stage, actor, { channel: channel.id, thread: o.thread });
  const text = escapeTyped(team, o.text, { references: true });
  const message = addMessage(stage.world, channel, {
    userId: user.id,
    text,
    blocks: [richTextOf(text)],
    threadTs: root,
    ...(user.isBot
      ? { botId: user.botId, subtype: 'bot_message' as const, username: user.displayName }
      : { clientMsgId: randomUUID(), subtype: o.broadcast ? ('thread_broadcast' as const) : null }),
  });
  personOf(team, user.id).lastRead.set(channel.id, message.ts);
  return message;
}

/** A thread by the ts of its first message, or by what that message says. */
function threadRoot(stage: Stage, actor: Actor, o: { channel: string; thread: string }): string {
  const where: Where = /^\d+\.\d{6}$/.test(o.thread)
    ? { channel: o.channel, ts: o.thread }
    : { channel: o.channel, text: o.thread };
  const { message } = findMessageFor(stage.world, actor, where);
  return message.threadTs ?? message.ts;
}

function ownMessage(stage: Stage, actor: Actor, where: Where | undefined) {
  const found = findMessageFor(stage.world, actor, where);
  if (found.message.userId === actor.user.id && found.message.subtype === null) return found;
  throw new SandboxError('not_own_message', 'People can only change their own messages.', 409);
}

export function edit(stage: Stage, actor: Actor, o: { where: Where; text: string }): Message {
  const { channel, message } = ownMessage(stage, actor, o.where);
  const text = escapeTyped(actor.team, o.text, { references: true });
  changeMessage(stage.world, {
    channel,
    message,
    editedBy: actor.user.id,
    change: { text, blocks: [richTextOf(text)] },
  });
  return message;
}

export function remove(stage: Stage, actor: Actor, where: Where): void {
  const { channel, message } = ownMessage(stage, actor, where);
  removeMessage(stage.world, channel, message);
}

export function reactTo(
  stage: Stage,
  actor: Actor,
  o: { where: Where; emoji: string; remove: boolean },
): void {
  const { channel, message } = findMessageFor(stage.world, actor, o.where);
  const name = o.emoji.replaceAll(':', '');
  if (!/^[a-z0-9_+'-]+$/.test(name)) {
    throw new SandboxError('bad_emoji', `"${o.emoji}" is not the name of an emoji.`);
  }
  const userId = actor.user.id;
  const done = react(stage.world, { channel, message, userId, name, remove: o.remove });
  if (!done) {
    throw new SandboxError(
      'nothing_to_do',
      `That reaction is ${o.remove ? 'not there' : 'there already'}.`,
      409,
    );
  }
}

/** Reads on in a channel that is open already. */
export function readOn(stage: Stage, actor: Actor, wanted: string): void {
  const { team, user } = actor;
  const channel = findChannel(stage.world, { team, user, wanted });
  const { lastRead } = personOf(team, user.id);
  const last = channel.messages.at(-1);
  if (!last || lastRead.get(channel.id) === last.ts) return;
  lastRead.set(channel.id, last.ts);
  stage.world.changed(team.id, 'read');
}

/** Looks at a channel: everything in it is read. Opening the app's messages tells the app. */
export function openChannel(stage: Stage, actor: Actor, wanted: string): Channel {
  const { team, user } = actor;
  const channel = findChannel(stage.world, { team, user, wanted });
  const person = personOf(team, user.id);
  person.homeInFront = null;
  const last = channel.messages.at(-1);
  if (last) person.lastRead.set(channel.id, last.ts);
  const other = channel.kind === 'im' ? team.users.get(otherIn(channel, user.id)) : undefined;
  if (other?.appId) {
    stage.world.publish({
      teamId: team.id,
      subscription: 'app_home_opened',
      appId: other.appId,
      event: {
        type: 'app_home_opened',
        user: user.id,
        channel: channel.id,
        tab: 'messages',
        event_ts: nextTs(stage.world, channel),
      },
    });
  }
  stage.world.changed(team.id, 'read');
  return channel;
}

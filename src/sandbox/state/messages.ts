import type { types } from '@slack/bolt';
import {
  messageChangedEvent,
  messageDeletedEvent,
  messageEvent,
  messagePayload,
} from '../payloads/messages.ts';
import { withIds } from './block-ids.ts';
import { nextTs } from './channels.ts';
import type { Subscription } from './events.ts';
import type { Channel, Message } from './types.ts';
import { installationsOf, teamOf, type World } from './world.ts';

const SUBSCRIPTION_OF = {
  public: 'message.channels',
  private: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
} as const satisfies Record<Channel['kind'], Subscription>;

export type NewMessage = Pick<Message, 'userId' | 'text'> &
  Partial<Omit<Message, 'ts' | 'channelId' | 'sequence'>>;

/** Adds a message to a channel and tells the apps in it. An ephemeral one is told to nobody. */
export function addMessage(world: World, channel: Channel, content: NewMessage): Message {
  const team = teamOf(world, channel);
  const message: Message = {
    sequence: world.ids.number(),
    ts: nextTs(world, channel),
    channelId: channel.id,
    metadata: null,
    subtype: null,
    threadTs: null,
    appId: null,
    botId: null,
    username: null,
    clientMsgId: null,
    edited: null,
    reactions: [],
    fileIds: [],
    ephemeralTo: null,
    ...content,
    attachments: content.attachments ?? [],
    blocks: withIds(world, content.blocks ?? []),
  };
  channel.messages.push(message);
  if (message.ephemeralTo === null) {
    publishMessage(world, channel, messageEvent(team, channel, message));
    publishMentions(world, channel, message);
  }
  world.changed(team.id, 'messages');
  return message;
}

function publishMessage(world: World, channel: Channel, event: types.SlackEvent): void {
  world.publish({
    teamId: channel.teamId,
    subscription: SUBSCRIPTION_OF[channel.kind],
    event,
    channelId: channel.id,
    isExtSharedChannel: channel.isShared,
  });
}

function publishMentions(world: World, channel: Channel, message: Message): void {
  const team = teamOf(world, channel);
  if (channel.kind === 'im') return;
  for (const { app, installation } of installationsOf(world, team.id)) {
    if (!message.text.includes(`<@${installation.botUserId}>`)) continue;
    if (message.userId === installation.botUserId) continue;
    world.publish({
      teamId: team.id,
      subscription: 'app_mention',
      appId: app.id,
      channelId: channel.id,
      event: {
        type: 'app_mention',
        user: message.userId,
        text: message.text,
        ts: message.ts,
        channel: channel.id,
        event_ts: message.ts,
        team: team.id,
        ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
      },
    });
  }
}

export type MessageChange = Partial<
  Pick<Message, 'text' | 'blocks' | 'attachments' | 'metadata' | 'fileIds'>
>;

/** Changes a message in place, marks it edited when a person or `chat.update` asked, and tells the apps. */
export function changeMessage(
  world: World,
  o: { channel: Channel; message: Message; change: MessageChange; editedBy?: string },
): void {
  const { channel, message } = o;
  const team = teamOf(world, channel);
  const before = messagePayload(team, message);
  Object.assign(message, o.change);
  message.blocks = withIds(world, message.blocks);
  const ts = nextTs(world, channel);
  if (o.editedBy) message.edited = { user: o.editedBy, ts };
  if (message.ephemeralTo === null) {
    publishMessage(world, channel, messageChangedEvent(team, { channel, message, before, ts }));
  }
  world.changed(team.id, 'messages');
}

export function removeMessage(world: World, channel: Channel, message: Message): void {
  const team = teamOf(world, channel);
  const before = messagePayload(team, message);
  channel.messages = channel.messages.filter((other) => other !== message);
  if (message.ephemeralTo === null) {
    publishMessage(
      world,
      channel,
      messageDeletedEvent({ channel, before, ts: nextTs(world, channel) }),
    );
  }
  world.changed(team.id, 'messages');
}

/** Adds or takes back a reaction; false when there was nothing to do. */
export function react(
  world: World,
  o: {
    channel: Channel;
    message: Message;
    userId: string;
    name: string;
    remove?: boolean;
  },
): boolean {
  const { message, channel, name, userId } = o;
  const reaction = message.reactions.find((one) => one.name === name);
  const has = reaction?.users.includes(userId) ?? false;
  if (has !== (o.remove ?? false)) return false;
  if (o.remove) {
    if (reaction) reaction.users = reaction.users.filter((id) => id !== userId);
    message.reactions = message.reactions.filter((one) => one.users.length > 0);
  } else if (reaction) {
    reaction.users.push(userId);
  } else {
    message.reactions.push({ name, users: [userId] });
  }
  const type = o.remove ? 'reaction_removed' : 'reaction_added';
  world.publish({
    teamId: channel.teamId,
    subscription: type,
    channelId: channel.id,
    event: {
      type,
      user: userId,
      reaction: name,
      item_user: message.userId,
      item: { type: 'message', channel: channel.id, ts: message.ts },
      event_ts: nextTs(world, channel),
    },
  });
  world.changed(channel.teamId, 'messages');
  return true;
}

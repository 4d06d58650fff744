import { renderMessage } from '../../rendering/blocks.ts';
import { channelLabel } from '../../state/channels.ts';
import type { Block, Channel, Message } from '../../state/types.ts';
import { personOf, type World } from '../../state/world.ts';
import type { Actor } from '../stage.ts';
import { readerOf } from '../surfaces.ts';
import { controlStates } from './controls.ts';
import type { MessageState } from './types.ts';

/** A message as this person sees it. Replies are listed with the first message of a thread. */
export function messageState(
  world: World,
  actor: Actor,
  o: { channel: Channel; message: Message; withReplies?: boolean },
): MessageState {
  const { channel, message } = o;
  const { team, user } = actor;
  const author = team.users.get(message.userId);
  const attached = message.attachments.flatMap((one) => (one.blocks ?? []) as Block[]);
  const kept = personOf(team, user.id).messageValues.get(`${channel.id} ${message.ts}`);
  const replies = o.withReplies
    ? channel.messages.filter(
        (other) => other.threadTs === message.ts && other !== message && isSeenBy(other, user.id),
      )
    : [];
  return {
    ts: message.ts,
    channel: channelLabel(team, channel, user.id),
    at: new Date(Number(message.ts) * 1000).toISOString(),
    by: message.username ?? author?.displayName ?? message.userId,
    byId: message.userId,
    byBot: message.botId !== null,
    text: renderMessage(message, readerOf(world, actor)).join('\n'),
    plainText: message.text,
    blocks: message.blocks,
    attachments: message.attachments,
    controls: controlStates(world, actor, {
      blocks: [...message.blocks, ...attached],
      values: kept ?? {},
    }),
    edited: message.edited !== null,
    ephemeral: message.ephemeralTo !== null,
    thread: message.threadTs,
    reactions: message.reactions,
    files: message.fileIds.flatMap((id) => {
      const file = team.files.get(id);
      if (!file) return [];
      const url = `${world.baseUrl}/files/${team.id}/${file.id}`;
      return [{ id, name: file.name, mimetype: file.mimetype, url, alt: file.altText }];
    }),
    replies: replies.map((reply) => messageState(world, actor, { channel, message: reply })),
    subtype: message.subtype,
  };
}

/** Whether a message is for this person's eyes. */
export function isSeenBy(message: Message, userId: string): boolean {
  return message.ephemeralTo === null || message.ephemeralTo === userId;
}

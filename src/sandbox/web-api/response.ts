import { ApiError } from '../errors.ts';
import type { Recorder } from '../record.ts';
import { addMessage, changeMessage, removeMessage } from '../state/messages.ts';
import type { ResponseUrl } from '../state/response-urls.ts';
import type { Channel, Installation, Message } from '../state/types.ts';
import { teamOf, type World } from '../state/world.ts';
import { type Arguments, readFlag, readText } from './arguments.ts';
import type { CallAnswer } from './call.ts';
import { readMessage } from './content.ts';

/** Answers a POST to a `response_url`: at most five, within 30 minutes. */
export function respond(
  services: { world: World; recorder: Recorder },
  o: { teamId: string; key: string; args: Arguments },
): CallAnswer {
  const { world } = services;
  const answer = tryRespond(world, o);
  services.recorder.add({
    at: world.clock.now().toISO(),
    team: o.teamId,
    method: 'response_url',
    args: o.args,
    status: answer.status,
    reply: answer.body,
  });
  return answer;
}

function tryRespond(world: World, o: { teamId: string; key: string; args: Arguments }): CallAnswer {
  const url = world.responseUrls.take(o.key);
  if (typeof url === 'string') return refused(404, url);
  if (url.teamId !== o.teamId) return refused(404, 'expired_url');
  const installation = world.apps.get(url.appId)?.installations.get(url.teamId);
  if (!installation || installation.status !== 'active') return refused(404, 'no_active_hooks');
  try {
    postResponse(world, { url, installation, args: o.args });
    return { status: 200, headers: {}, body: { ok: true } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: 400, headers: {}, body: { ok: false, error: error.error, ...error.details } };
  }
}

function refused(status: number, error: string): CallAnswer {
  return { status, headers: {}, body: { ok: false, error } };
}

/** Posts, replaces or deletes as a response says. Also what an ack of a command may carry. */
export function postResponse(
  world: World,
  o: {
    url: Omit<ResponseUrl, 'key' | 'uses' | 'givenAtMs'>;
    installation: Installation;
    args: Arguments;
  },
): void {
  const { url, args } = o;
  const channel = teamOf(world, url).channels.get(url.channelId);
  if (!channel) throw new ApiError('channel_not_found');
  if (channel.archived) throw new ApiError('is_archived');
  const source = channel.messages.find((message) => message.ts === url.messageTs);
  if (readFlag(args, 'delete_original')) {
    if (!isOwn(source, o.installation)) throw new ApiError('cant_delete_message');
    removeMessage(world, channel, source);
    return;
  }
  const content = readMessage(args);
  if (readFlag(args, 'replace_original')) {
    if (!isOwn(source, o.installation)) throw new ApiError('cant_update_message');
    const change = {
      text: content.text ?? '',
      blocks: content.blocks ?? [],
      attachments: content.attachments ?? [],
    };
    changeMessage(world, { channel, message: source, change, editedBy: o.installation.botUserId });
    return;
  }
  addMessage(world, channel, {
    userId: o.installation.botUserId,
    botId: o.installation.botId,
    appId: o.installation.appId,
    text: content.text ?? '',
    blocks: content.blocks,
    attachments: content.attachments,
    threadTs: threadOf(channel, args) ?? url.threadTs,
    ephemeralTo: readText(args, 'response_type') === 'in_channel' ? null : url.userId,
  });
}

function isOwn(message: Message | undefined, installation: Installation): message is Message {
  return message !== undefined && message.appId === installation.appId;
}

function threadOf(channel: Channel, args: Arguments): string | null {
  const ts = readText(args, 'thread_ts');
  const root = ts ? channel.messages.find((message) => message.ts === ts) : undefined;
  return root ? (root.threadTs ?? root.ts) : null;
}

import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { makeSecret } from '../ids.ts';
import { filePayload, openFilePayload } from '../payloads/messages.ts';
import { addMessage } from '../state/messages.ts';
import type { Channel, File } from '../state/types.ts';
import { needText, readNested, readNumber, readText } from './arguments.ts';
import { postableChannel } from './lookup.ts';
import type { BotCall, MethodTable } from './method.ts';

const MOST_BYTES = 20 * 1024 * 1024;
const MOST_ALT_TEXT = 1000;

function getUploadUrl(call: BotCall) {
  const { args, world, team, installation } = call;
  const name = needText(args, 'filename');
  const size = readNumber(args, 'length');
  if (size === undefined || size < 1 || size > MOST_BYTES) {
    throw new ApiError('invalid_arguments', {
      response_metadata: { messages: ['[ERROR] must be the size in bytes [json-pointer:/length]'] },
    });
  }
  // The documentation says alt_txt, Slack's own client for Node sends alt_text.
  const altText = readText(args, 'alt_txt') ?? readText(args, 'alt_text') ?? '';
  if (altText.length > MOST_ALT_TEXT) throw new ApiError('alt_txt_too_large');
  const file: File = {
    id: world.ids.next('F'),
    name,
    title: name,
    mimetype: 'application/octet-stream',
    size,
    userId: installation.botUserId,
    bytes: null,
    complete: false,
    createdAt: Math.floor(world.clock.nowMs() / 1000),
    uploadKey: makeSecret(),
    altText,
  };
  team.files.set(file.id, file);
  return {
    upload_url: `${world.baseUrl}/upload/${team.id}/${file.id}/${file.uploadKey}`,
    file_id: file.id,
  };
}

const filesSchema = z
  .array(z.object({ id: z.string(), title: z.string().optional() }))
  .min(1)
  .max(10);

function complete(call: BotCall) {
  const { args, team, installation } = call;
  const asked = filesSchema.safeParse(readNested(args, 'files'));
  if (!asked.success) throw new ApiError('invalid_arguments');
  const files = asked.data.map(({ id, title }) => {
    const file = team.files.get(id);
    if (!file || file.userId !== installation.botUserId) throw new ApiError('file_not_found');
    if (!file.bytes) throw new ApiError('file_not_found');
    if (file.complete) throw new ApiError('file_update_failed');
    return { file, title: title ?? file.name };
  });
  const channelId = readText(args, 'channel_id') ?? readText(args, 'channels');
  const channel = channelId ? postableChannel(call, channelId) : null;
  for (const { file, title } of files) {
    file.complete = true;
    file.title = title;
  }
  if (channel)
    share(
      call,
      channel,
      files.map(({ file }) => file),
    );
  return { files: files.map(({ file }) => filePayload(file)) };
}

function info(call: BotCall) {
  const { args, team, world } = call;
  const file = team.files.get(needText(args, 'file'));
  if (!file?.bytes) throw new ApiError('file_not_found');
  return { file: openFilePayload(world.baseUrl, team, file) };
}

function share(call: BotCall, channel: Channel, files: File[]): void {
  const { args, installation } = call;
  const threadTs = readText(args, 'thread_ts');
  if (threadTs && !channel.messages.some((message) => message.ts === threadTs)) {
    throw new ApiError('thread_not_found');
  }
  addMessage(call.world, channel, {
    userId: installation.botUserId,
    botId: installation.botId,
    appId: call.app.id,
    text: readText(args, 'initial_comment') ?? '',
    subtype: 'file_share',
    threadTs: threadTs ?? null,
    fileIds: files.map((file) => file.id),
  });
}

export const fileMethods: MethodTable = {
  'files.info': { token: 'bot', scopes: ['files:read'], tier: 4, run: info },
  'files.getUploadURLExternal': {
    token: 'bot',
    scopes: ['files:write'],
    tier: 4,
    run: getUploadUrl,
  },
  'files.completeUploadExternal': {
    token: 'bot',
    scopes: ['files:write'],
    tier: 4,
    run: complete,
  },
};

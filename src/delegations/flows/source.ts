import type { WebClient } from '@slack/web-api';
import { isSlackSilent, slackErrorOf } from '../../slack/errors.ts';
import { shorten } from '../../slack/text.ts';
import { toPlainText } from '../domain/command.ts';
import { MAX_TITLE, type Source } from '../domain/delegation.ts';

/** Where a message is, with its link, and its first line as a title to begin with; what cannot be had is said. */
export async function findSource(
  client: WebClient,
  message: { channelId: string; ts: string; text: string },
): Promise<{ source: Source | null; notice: string | null; typed: string }> {
  const { channelId, ts, text } = message;
  const firstLine = toPlainText(text).split('\n', 1)[0] ?? '';
  const typed = shorten(firstLine.trim(), MAX_TITLE);
  try {
    const { permalink } = await client.chat.getPermalink({ channel: channelId, message_ts: ts });
    return { source: { channelId, ts, permalink: permalink ?? null }, notice: null, typed };
  } catch (error) {
    const word = slackErrorOf(error);
    if (word === 'message_not_found')
      return {
        source: null,
        notice: 'This message was deleted, so there is no link to it.',
        typed,
      };
    if (word === 'channel_not_found')
      return {
        source: { channelId, ts, permalink: null },
        notice: 'Tandem is not in this channel, so it cannot link to the message.',
        typed,
      };
    throw error;
  }
}

/** What a message says; null when it is gone, or cannot be read here or now. */
export async function readText(
  client: WebClient,
  { channelId: channel, ts }: { channelId: string; ts: string },
): Promise<string | null> {
  const range = { oldest: ts, latest: ts, inclusive: true, limit: 2 };
  try {
    const { messages } = await client.conversations.replies({ channel, ts, ...range });
    return messages?.find((one) => one.ts === ts)?.text ?? null;
  } catch (error) {
    if (slackErrorOf(error) === null && !isSlackSilent(error)) throw error;
    return null;
  }
}

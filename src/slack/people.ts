import type { WebClient } from '@slack/web-api';
import { slackErrorOf } from './errors.ts';

/** A Slack account as far as Tandem cares. Null zone: Slack does not know one. */
export type Person = {
  id: string;
  name: string;
  zone: string | null;
  kind: 'person' | 'bot' | 'deactivated' | 'outsider';
  /** An admin or owner of the workspace. */
  isAdmin: boolean;
};

/** Why somebody who is no person of this workspace cannot take part, behind their name. */
export const REFUSED_AS: Record<Exclude<Person['kind'], 'person'>, string> = {
  bot: 'is an app, not a person.',
  deactivated: 'has a deactivated Slack account and cannot receive messages.',
  outsider: 'belongs to another organisation, and Tandem cannot send them direct messages.',
};

/** Null when this workspace does not know the person. Rejects when Slack cannot be asked. */
export async function fetchPerson(
  client: WebClient,
  o: { workspaceId: string; userId: string },
): Promise<Person | null> {
  try {
    const { user } = await client.users.info({ user: o.userId });
    if (!user?.id) return null;
    const name = user.profile?.real_name || user.real_name || user.name || user.id;
    return {
      id: user.id,
      name,
      zone: user.tz ?? null,
      kind: kindOf(user, o.workspaceId),
      isAdmin: user.is_admin === true || user.is_owner === true,
    };
  } catch (error) {
    const word = slackErrorOf(error);
    if (word === 'user_not_found' || word === 'user_not_visible') return null;
    throw error;
  }
}

function kindOf(
  user: {
    is_bot?: boolean;
    deleted?: boolean;
    is_stranger?: boolean;
    team_id?: string;
    id?: string;
  },
  workspaceId: string,
): Person['kind'] {
  if (user.deleted) return 'deactivated';
  if (user.is_bot || user.id === 'USLACKBOT') return 'bot';
  if (user.is_stranger || (user.team_id && user.team_id !== workspaceId)) return 'outsider';
  return 'person';
}

export type Channel = { id: string; isMember: boolean; isArchived: boolean; isShared: boolean };

/** Null when the bot cannot see the channel: it does not exist, or it is private and the bot was not invited. */
export async function fetchChannel(client: WebClient, channelId: string): Promise<Channel | null> {
  try {
    const { channel } = await client.conversations.info({ channel: channelId });
    if (!channel?.id || channel.is_im || channel.is_mpim) return null;
    return {
      id: channel.id,
      isMember: channel.is_member === true,
      isArchived: channel.is_archived === true,
      isShared: channel.is_ext_shared === true || channel.is_pending_ext_shared === true,
    };
  } catch (error) {
    if (slackErrorOf(error) === 'channel_not_found') return null;
    throw error;
  }
}

const PAGE = 1000;
const MOST_PAGES = 5;

/** The first five thousand members of a channel that the bot can see: what two people share has few. */
export async function fetchMembers(client: WebClient, channel: string): Promise<Set<string>> {
  const found = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const from = cursor ? { cursor } : {};
    const answer = await client.conversations.members({ channel, limit: PAGE, ...from });
    for (const userId of answer.members ?? []) found.add(userId);
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) break;
  }
  return found;
}

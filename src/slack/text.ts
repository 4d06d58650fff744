/** Escapes what people typed for mrkdwn and for the top-level text, so that nothing in it is a command to Slack. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What somebody typed behind a command, as they typed it: Slack escapes it on the way. */
export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

const USER_ID = /^[UW][A-Z0-9]{6,}$/;
const CHANNEL_ID = /^[CG][A-Z0-9]{6,}$/;

export function isUserId(id: string): boolean {
  return USER_ID.test(id);
}

export function isChannelId(id: string): boolean {
  return CHANNEL_ID.test(id);
}

/** Begins the id that takes the place of an erased person's. */
const FORMER = 'former-';

/** Mentions a person; anything that is not a user id comes back as plain text, so it can ping nobody. */
export function mentionUser(userId: string): string {
  if (userId.startsWith(FORMER)) return 'a former colleague';
  return USER_ID.test(userId) ? `<@${userId}>` : escapeText(userId);
}

export function mentionChannel(channelId: string): string {
  return CHANNEL_ID.test(channelId) ? `<#${channelId}>` : escapeText(channelId);
}

/** Shortens to at most `limit` UTF-16 units on a character boundary, ending in an ellipsis. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const lastIsHalf = /[\uD800-\uDBFF]$/.test(cut);
  return `${(lastIsHalf ? cut.slice(0, -1) : cut).trimEnd()}…`;
}

import type { types } from '@slack/bolt';
import type { Team } from './types.ts';

/** What Slack makes of text that a person types: `&<>` escaped, `@Name` and `#channel` turned into references. */
export function escapeTyped(team: Team, typed: string, o: { references: boolean }): string {
  const escaped = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  if (!o.references) return escaped;
  const names = [...team.users.values()]
    .flatMap((user) =>
      [user.displayName, user.realName, user.handle].map((name) => ({ name, id: user.id })),
    )
    .sort((a, b) => b.name.length - a.name.length);
  let text = escaped.replaceAll(/(^|\s)@(channel|here|everyone)\b/g, '$1<!$2>');
  for (const { name, id } of names) {
    text = text.replaceAll(
      new RegExp(`(^|[\\s(])@${escapePattern(name)}(?![\\p{L}\\p{N}_])`, 'gu'),
      `$1<@${id}>`,
    );
  }
  for (const channel of team.channels.values()) {
    if (channel.name === '') continue;
    text = text.replaceAll(
      new RegExp(`(^|[\\s(])#${escapePattern(channel.name)}(?![\\p{L}\\p{N}_-])`, 'gu'),
      `$1<#${channel.id}|${channel.name}>`,
    );
  }
  return text;
}

/** The rich text block that Slack's clients send along with what a person typed. */
export function richTextOf(text: string): types.RichTextBlock {
  const elements = text
    .split(/(<[@#!][^>]*>)/)
    .filter((part) => part !== '')
    .map((part): types.RichTextElement => {
      const user = /^<@([A-Z0-9]+)>$/.exec(part)?.[1];
      if (user) return { type: 'user', user_id: user };
      const channel = /^<#([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(part)?.[1];
      if (channel) return { type: 'channel', channel_id: channel };
      const range = /^<!(channel|here|everyone)>$/.exec(part)?.[1];
      if (range === 'channel' || range === 'here' || range === 'everyone') {
        return { type: 'broadcast', range };
      }
      return { type: 'text', text: unescapeText(part) };
    });
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

/** Slack decodes exactly these three, and never reads the result as a reference again. */
export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

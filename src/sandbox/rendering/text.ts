import type { types } from '@slack/bolt';
import { unescapeText } from '../state/rich-text.ts';
import type { Team } from '../state/types.ts';
import { renderDate, type Viewer } from './dates.ts';
import { renderEmoji } from './emoji.ts';

export type Reader = Viewer & { team: Team };

/** mrkdwn as a person reads it: names for ids, dates in their zone, no marks. */
export function renderMrkdwn(text: string, reader: Reader): string {
  const parts = text.split(/(<[^>]*>|```[\s\S]*?```|`[^`\n]*`)/);
  return parts
    .map((part) => {
      if (part.startsWith('<') && part.endsWith('>'))
        return renderReference(part.slice(1, -1), reader);
      if (part.startsWith('`')) return unescapeText(part);
      return unescapeText(renderEmoji(withoutMarks(part)));
    })
    .join('');
}

function renderReference(reference: string, reader: Reader): string {
  const [target, label] = splitLabel(reference);
  if (target.startsWith('@')) return `@${nameOf(reader.team, target.slice(1))}`;
  if (target.startsWith('#')) {
    return `#${reader.team.channels.get(target.slice(1))?.name ?? label ?? target.slice(1)}`;
  }
  const date = /^!date\^(\d+)\^([^^]+)/.exec(target);
  if (date?.[1] && date[2]) return renderDate(Number(date[1]), date[2], reader);
  if (target.startsWith('!')) return label ?? `@${target.slice(1).split('^')[0] ?? ''}`;
  return unescapeText(label ?? target.replace(/^mailto:/, ''));
}

function splitLabel(reference: string): [string, string | undefined] {
  const bar = reference.indexOf('|');
  return bar === -1 ? [reference, undefined] : [reference.slice(0, bar), reference.slice(bar + 1)];
}

/** Takes `*bold*`, `_italic_` and `~strike~` marks away where Slack would read them as such. */
function withoutMarks(text: string): string {
  return text.replaceAll(
    /(?<=^|[\s(["'>])([*_~])(\S(?:[^\n]*?\S)?)\1(?=$|[\s.,;:!?)\]"'])/gm,
    (_all, _mark, inside: string) => withoutMarks(inside),
  );
}

export function nameOf(team: Team, userId: string): string {
  return team.users.get(userId)?.displayName ?? userId;
}

export function renderTextObject(text: types.TextObject, reader: Reader): string {
  if (text.type === 'mrkdwn') return renderMrkdwn(text.text, reader);
  return text.emoji === false ? text.text : renderEmoji(text.text);
}

import type { types } from '@slack/bolt';
import { renderDate } from './dates.ts';
import { renderEmoji } from './emoji.ts';
import { nameOf, type Reader } from './text.ts';

/** A rich text block as lines. */
export function renderRichText(block: types.RichTextBlock, reader: Reader): string[] {
  return block.elements.flatMap((part): string[] => {
    if (part.type === 'rich_text_list') {
      return part.elements.map((item, index) => {
        const mark = part.style === 'ordered' ? `${index + 1}.` : '•';
        return `${'  '.repeat(part.indent ?? 0)}${mark} ${inline(item.elements, reader)}`;
      });
    }
    const text = inline(part.elements, reader);
    return part.type === 'rich_text_quote'
      ? text.split('\n').map((line) => `> ${line}`)
      : text.split('\n');
  });
}

function inline(elements: readonly types.RichTextElement[], reader: Reader): string {
  return elements.map((element) => inlineOne(element, reader)).join('');
}

function inlineOne(element: types.RichTextElement, reader: Reader): string {
  switch (element.type) {
    case 'text':
      return element.text;
    case 'user':
      return `@${nameOf(reader.team, element.user_id)}`;
    case 'channel':
      return `#${reader.team.channels.get(element.channel_id)?.name ?? element.channel_id}`;
    case 'emoji':
      return renderEmoji(`:${element.name}:`);
    case 'link':
      return element.text ?? element.url;
    case 'date':
      return renderDate(element.timestamp, element.format, reader);
    case 'broadcast':
      return `@${element.range}`;
    case 'color':
      return element.value;
    case 'team':
      return element.team_id;
    case 'usergroup':
      return `@${element.usergroup_id}`;
  }
}

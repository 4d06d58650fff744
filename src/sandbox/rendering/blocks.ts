import type { types } from '@slack/bolt';
import { renderRichText } from './rich-text.ts';
import { type Reader, renderMrkdwn, renderTextObject } from './text.ts';

type Cell = types.TableBlock['rows'][number][number];
type Lines = (block: never, reader: Reader) => string[];

function cellText(cell: Cell, reader: Reader): string {
  return cell.type === 'rich_text' ? renderRichText(cell, reader).join(' ') : cell.text;
}

function table(rows: Cell[][], reader: Reader): string[] {
  return rows.map((row) => row.map((cell) => cellText(cell, reader)).join(' | '));
}

function richOrNothing(block: types.RichTextBlock | undefined, reader: Reader): string[] {
  return block ? renderRichText(block, reader) : [];
}

function texts(parts: (types.TextObject | undefined)[], reader: Reader): string[] {
  return parts.flatMap((part) => (part ? renderTextObject(part, reader).split('\n') : []));
}

/** What each type of block reads as, without its controls. */
const RENDERERS: { [T in types.KnownBlock['type']]: Lines } = {
  actions: () => [],
  context_actions: () => [],
  input: () => [],
  divider: () => ['---'],
  alert: (block: types.AlertBlock, reader) => texts([block.text], reader),
  card: (block: types.CardBlock, reader) =>
    texts([block.title, block.subtitle, block.body], reader),
  carousel: (block: types.CarouselBlock, reader) => renderBlocks(block.elements, reader),
  container: (block: types.ContainerBlock, reader) => [
    ...richOrNothing(block.rich_text_title, reader),
    ...texts([block.title, block.subtitle], reader),
    ...renderBlocks(block.child_blocks, reader),
  ],
  context: (block: types.ContextBlock, reader) => [
    block.elements
      .map((part) => (part.type === 'image' ? part.alt_text : renderTextObject(part, reader)))
      .join('  '),
  ],
  data_table: (block: types.DataTableBlock, reader) => [
    block.caption,
    ...table(block.rows, reader),
  ],
  file: (block: types.FileBlock) => [`[file ${block.external_id}]`],
  header: (block: types.HeaderBlock, reader) => texts([block.text], reader),
  image: (block: types.ImageBlock, reader) => [
    ...texts([block.title], reader),
    `[image: ${block.alt_text}]`,
  ],
  markdown: (block: types.MarkdownBlock) => block.text.split('\n'),
  plan: (block: types.PlanBlock) => [block.title],
  rich_text: (block: types.RichTextBlock, reader) => renderRichText(block, reader),
  section: (block: types.SectionBlock, reader) => [
    ...texts([block.text, ...(block.fields ?? [])], reader),
    ...(block.accessory?.type === 'image' ? [`[image: ${block.accessory.alt_text}]`] : []),
  ],
  table: (block: types.TableBlock, reader) => table(block.rows, reader),
  task_card: (block: types.TaskCardBlock, reader) => [
    `${block.title} (${block.status.replace('_', ' ')})`,
    ...richOrNothing(block.details, reader),
    ...richOrNothing(block.output, reader),
  ],
  video: (block: types.VideoBlock, reader) => [
    ...texts([block.title], reader),
    `[video: ${block.alt_text}]`,
  ],
};

/** Blocks as the lines that a person reads, in order. Controls are not among them. */
export function renderBlocks(blocks: readonly types.AnyBlock[], reader: Reader): string[] {
  return blocks.flatMap((block) => {
    if (block.type === 'data_visualization') return chart(block);
    const render = Object.hasOwn(RENDERERS, block.type)
      ? RENDERERS[block.type as types.KnownBlock['type']]
      : undefined;
    return render ? render(block as never, reader) : [];
  });
}

/** Charts are on the platform but not in the published types. */
function chart(block: types.AnyBlock): string[] {
  const title = 'title' in block && typeof block.title === 'string' ? block.title : '';
  return [`[chart: ${title}]`];
}

/** A message as lines: its blocks, or its text where it has none. */
export function renderMessage(
  message: { text: string; blocks: types.AnyBlock[]; attachments: types.MessageAttachment[] },
  reader: Reader,
): string[] {
  const attached = message.attachments.flatMap((attachment) => [
    ...[attachment.pretext, attachment.title, attachment.text]
      .filter((part): part is string => typeof part === 'string' && part !== '')
      .map((part) => renderMrkdwn(part, reader)),
    ...renderBlocks(attachment.blocks ?? [], reader),
  ]);
  const shown =
    message.blocks.length > 0
      ? renderBlocks(message.blocks, reader)
      : renderMrkdwn(message.text, reader).split('\n');
  return [...shown, ...attached].filter((line) => line !== '');
}

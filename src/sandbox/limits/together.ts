import type { KnownBlock } from '@slack/types';
import { MARKDOWN_MAX } from './block-rules.ts';
import { type Finding, isObject, type JsonObject } from './rule.ts';

export type BlockType = KnownBlock['type'] | 'data_visualization';

// Slack's pages say one table and two charts a message; a Home view gets the same here.
const PER_PAYLOAD: readonly { type: BlockType; max: number }[] = [
  { type: 'table', max: 1 },
  { type: 'data_visualization', max: 2 },
];

type Located = { readonly value: JsonObject; readonly pointer: string };

function itemsOf(list: unknown, pointer: string): Located[] {
  if (!Array.isArray(list)) return [];
  const items: readonly unknown[] = list;
  return items.flatMap((value, index) =>
    isObject(value) ? [{ value, pointer: `${pointer}/${index}` }] : [],
  );
}

/** The blocks of a list and those that containers, carousels and plans hold. */
export function allBlocks(list: unknown, pointer: string): Located[] {
  return itemsOf(list, pointer).flatMap((block) => {
    const { value, pointer: at } = block;
    if (value.type === 'container') {
      return [block, ...itemsOf(value.child_blocks, `${at}/child_blocks`)];
    }
    if (value.type === 'carousel') return [block, ...itemsOf(value.elements, `${at}/elements`)];
    if (value.type === 'plan') return [block, ...itemsOf(value.tasks, `${at}/tasks`)];
    return [block];
  });
}

function elementsOf({ value, pointer }: Located): Located[] {
  const single = (['accessory', 'element'] as const).flatMap((key) => {
    const element = value[key];
    return isObject(element) ? [{ value: element, pointer: `${pointer}/${key}` }] : [];
  });
  return [
    ...single,
    ...itemsOf(value.elements, `${pointer}/elements`),
    ...itemsOf(value.actions, `${pointer}/actions`),
  ];
}

function repeated(items: readonly Located[], key: string): Finding[] {
  const seen = new Set<string>();
  return items.flatMap(({ value, pointer }) => {
    const id = value[key];
    if (typeof id !== 'string') return [];
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ pointer: `${pointer}/${key}`, message: `\`${key}\` already exists: ${id}` }];
  });
}

function surplus(blocks: readonly Located[], limit: { type: BlockType; max: number }): Finding[] {
  return blocks
    .filter(({ value }) => value.type === limit.type)
    .slice(limit.max)
    .map(({ pointer }) => ({
      pointer,
      message: `no more than ${limit.max} ${limit.type} allowed`,
    }));
}

/** All markdown blocks together; one that is too long by itself has been refused already. */
function markdownSurplus(blocks: readonly Located[]): Finding[] {
  let length = 0;
  const beyond = blocks.find(({ value }) => {
    const text = value.type === 'markdown' && typeof value.text === 'string' ? value.text : '';
    if (text.length <= MARKDOWN_MAX) length += text.length;
    return length > MARKDOWN_MAX;
  });
  if (!beyond) return [];
  const message = `must be less than ${MARKDOWN_MAX + 1} characters in all markdown blocks`;
  return [{ pointer: `${beyond.pointer}/text`, message }];
}

/**
 * Findings about blocks taken together: unique block_id in the payload, unique action_id in
 * each block, at most one element with focus, tables and charts per payload.
 */
export function checkTogether(blocks: readonly Located[]): Finding[] {
  const focused = blocks.flatMap(elementsOf).filter(({ value }) => value.focus_on_load === true);
  return [
    ...repeated(blocks, 'block_id'),
    ...blocks.flatMap((block) => repeated(elementsOf(block), 'action_id')),
    ...focused.slice(1).map(({ pointer }) => ({
      pointer: `${pointer}/focus_on_load`,
      message: 'only one element may have `focus_on_load`',
    })),
    ...PER_PAYLOAD.flatMap((limit) => surplus(blocks, limit)),
    ...markdownSurplus(blocks),
  ];
}

import type { Block } from './types.ts';
import type { World } from './world.ts';

/** A copy in which every block has a `block_id` and every control an `action_id`, as Slack fills them in. */
export function withIds(world: World, blocks: Block[]): Block[] {
  const copy = structuredClone(blocks);
  for (const block of copy) fillBlock(world, block);
  return copy;
}

function fillBlock(world: World, block: Block): void {
  block.block_id ??= makeShortId(world);
  if (block.type === 'actions' || block.type === 'context_actions') {
    for (const element of block.elements) element.action_id ??= makeShortId(world);
  } else if (block.type === 'section') {
    if (block.accessory && block.accessory.type !== 'image') {
      block.accessory.action_id ??= makeShortId(world);
    }
  } else if (block.type === 'input') {
    block.element.action_id ??= makeShortId(world);
  } else if (block.type === 'card') {
    for (const button of block.actions ?? []) button.action_id ??= makeShortId(world);
  } else if (block.type === 'carousel') {
    for (const card of block.elements) fillBlock(world, card);
  } else if (block.type === 'container') {
    for (const child of block.child_blocks) fillBlock(world, child);
  }
}

function makeShortId(world: World): string {
  return `b${world.ids.number().toString(36).padStart(5, '0')}`;
}

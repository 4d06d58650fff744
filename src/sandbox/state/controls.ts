import type { types } from '@slack/bolt';

type Known = types.KnownBlock;
type InputElement = types.InputBlock['element'];
type ActionsElement = types.ActionsBlock['elements'][number];
type AccessoryElement = Exclude<NonNullable<types.SectionBlock['accessory']>, types.ImageElement>;
type ContextElement = types.ContextActionsBlock['elements'][number];

/** Anything in blocks that a person can use. */
export type Element = InputElement | ActionsElement | AccessoryElement | ContextElement;

export type Control = {
  blockId: string;
  actionId: string;
  element: Element;
  block: Known;
  /** The input block around it; controls elsewhere act at once. */
  input: types.InputBlock | null;
};

/** Every control in these blocks, in reading order. Blocks must have been given their ids. */
export function controlsIn(blocks: readonly types.AnyBlock[]): Control[] {
  return (blocks as readonly Known[]).flatMap((block): Control[] => {
    if (block.type === 'actions' || block.type === 'context_actions') {
      return block.elements.map((element) => control(block, element));
    }
    if (block.type === 'section') {
      const { accessory } = block;
      return accessory && accessory.type !== 'image' ? [control(block, accessory)] : [];
    }
    if (block.type === 'input') return [{ ...control(block, block.element), input: block }];
    if (block.type === 'card') {
      return (block.actions ?? []).map((button) => control(block, button));
    }
    if (block.type === 'carousel') return controlsIn(block.elements);
    if (block.type === 'container') return controlsIn(block.child_blocks);
    return [];
  });
}

function control(block: Known, element: Element): Control {
  return {
    blockId: block.block_id ?? '',
    actionId: element.action_id ?? '',
    element,
    block,
    input: null,
  };
}

/** Every option that a menu, radio group or group of checkboxes offers by itself. */
export function optionsOf(element: Element): types.Option[] {
  const options = 'options' in element ? (element.options ?? []) : [];
  const groups = 'option_groups' in element ? (element.option_groups ?? []) : [];
  return [...options, ...groups.flatMap((group) => group.options)];
}

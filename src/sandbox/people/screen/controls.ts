import type { types } from '@slack/bolt';
import { renderTextObject } from '../../rendering/text.ts';
import { type Control, controlsIn, optionsOf } from '../../state/controls.ts';
import type { Values } from '../../state/types.ts';
import type { World } from '../../state/world.ts';
import { holdsValue, inputLabels, pressablesIn } from '../labels.ts';
import type { Actor } from '../stage.ts';
import { readerOf } from '../surfaces.ts';
import type { ControlState } from './types.ts';

/** Everything in these blocks that the person can use, in reading order. */
export function controlStates(
  world: World,
  actor: Actor,
  o: { blocks: readonly types.AnyBlock[]; values: Values; errors?: Record<string, string> },
): ControlState[] {
  return controlsIn(o.blocks).flatMap((control) =>
    holdsValue(control)
      ? [inputState(world, actor, { ...o, control })]
      : buttonStates(world, actor, control),
  );
}

function buttonStates(world: World, actor: Actor, control: Control): ControlState[] {
  const reader = readerOf(world, actor);
  const dialog = 'confirm' in control.element ? control.element.confirm : undefined;
  return pressablesIn(control, reader).map((pressable) => ({
    label: pressable.labels[0] ?? '',
    kind: control.element.type,
    blockId: control.blockId,
    actionId: control.actionId,
    ...(dialog ? { confirm: renderTextObject(dialog.text, reader) } : {}),
  }));
}

function inputState(
  world: World,
  actor: Actor,
  o: { control: Control; values: Values; errors?: Record<string, string> },
): ControlState {
  const { control } = o;
  const reader = readerOf(world, actor);
  const options = optionsOf(control.element);
  const value = o.values[control.blockId]?.[control.actionId];
  const error = o.errors?.[control.blockId];
  return {
    label: inputLabels(control, reader)[0] ?? '',
    kind: control.element.type,
    blockId: control.blockId,
    actionId: control.actionId,
    ...(value ? { value } : {}),
    ...(options.length > 0
      ? { options: options.map((option) => renderTextObject(option.text, reader)) }
      : {}),
    ...(control.input ? { required: control.input.optional !== true } : {}),
    ...(control.input?.hint ? { hint: control.input.hint.text } : {}),
    ...(error === undefined ? {} : { error }),
  };
}

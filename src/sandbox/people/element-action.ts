import type { types } from '@slack/bolt';
import type { ElementAction } from '../payloads/interactions.ts';
import type { Control } from '../state/controls.ts';
import type { Value } from '../state/types.ts';
import type { Pressable } from './labels.ts';

type PlainOption = { text: types.PlainTextElement; value: string };

function plain(option: types.Option): PlainOption {
  // Menus hold plain text only; the validator has refused everything else.
  return { ...option, text: option.text as types.PlainTextElement, value: option.value ?? '' };
}

function ids(control: Control, actionTs: string) {
  return { action_id: control.actionId, block_id: control.blockId, action_ts: actionTs };
}

/** The action that a press sends. */
export function pressAction(pressed: Pressable, actionTs: string): ElementAction {
  const { control, option } = pressed;
  const { element } = control;
  const common = ids(control, actionTs);
  const value = pressed.value ?? '';
  const text: types.PlainTextElement = {
    type: 'plain_text',
    text: pressed.labels[0] ?? '',
    emoji: true,
  };
  if (option) return { type: 'overflow', ...common, selected_option: plain(option) };
  if (element.type === 'feedback_buttons')
    return { type: 'feedback_buttons', ...common, value, text };
  if (element.type === 'icon_button') {
    return { type: 'icon_button', ...common, icon: element.icon, value, text: element.text };
  }
  if (element.type === 'button') {
    return {
      type: 'button',
      ...common,
      text: element.text,
      ...(element.value === undefined ? {} : { value: element.value }),
      ...(element.url === undefined ? {} : { url: element.url }),
    };
  }
  return { type: 'workflow_button', ...common };
}

/** The action that a new value sends. */
export function valueAction(control: Control, value: Value, actionTs: string): ElementAction {
  const { element } = control;
  const common = ids(control, actionTs);
  const placeholder =
    'placeholder' in element && element.placeholder ? { placeholder: element.placeholder } : {};
  // The value has the shape of `state.values`, whose fields are those of the action of its type.
  const { type: _type, ...held } = value;
  return { type: element.type, ...common, ...placeholder, ...held } as ElementAction;
}

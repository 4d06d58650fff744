import type {
  ActionsBlock,
  Button,
  Checkboxes,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  InputBlock,
  MrkdwnElement,
  PlainTextElement,
  PlainTextOption,
  RadioButtons,
  SectionBlock,
  StaticSelect,
} from '@slack/types';
import { shorten } from './text.ts';

export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: true };
}

/** Text that people typed: shown to the letter, no formatting, no mentions, no `:emoji:`. */
export function literal(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

/** Our own wording with Slack's formatting; what people typed goes through `escapeText` first. */
export function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}

export function section(
  text: MrkdwnElement | PlainTextElement,
  options: { blockId?: string; accessory?: Button } = {},
): SectionBlock {
  return {
    type: 'section',
    text,
    ...(options.blockId && { block_id: options.blockId }),
    ...(options.accessory && { accessory: options.accessory }),
  };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(shorten(text, 150)) };
}

export function context(...lines: string[]): ContextBlock {
  return { type: 'context', elements: lines.map(mrkdwn) };
}

export function divider(): DividerBlock {
  return { type: 'divider' };
}

export function actions(blockId: string, elements: ActionsBlock['elements']): ActionsBlock {
  return { type: 'actions', block_id: blockId, elements };
}

export function button(options: {
  text: string;
  actionId: string;
  value?: string;
  style?: 'primary' | 'danger';
  label?: string;
  confirm?: { title: string; text: string; confirm: string; deny: string };
}): Button {
  return {
    type: 'button',
    text: plain(options.text),
    action_id: options.actionId,
    ...(options.value !== undefined && { value: options.value }),
    ...(options.style && { style: options.style }),
    ...(options.label && { accessibility_label: options.label }),
    ...(options.confirm && {
      confirm: {
        title: plain(options.confirm.title),
        text: plain(options.confirm.text),
        confirm: plain(options.confirm.confirm),
        deny: plain(options.confirm.deny),
      },
    }),
  };
}

export function option(text: string, value: string): PlainTextOption {
  return { text: plain(shorten(text, 75)), value };
}

/** One labelled form field. Its action id is `value`, so that a parser needs the block id only. */
export function input(options: {
  blockId: string;
  label: string;
  element: InputBlock['element'];
  hint?: string;
  optional?: boolean;
}): InputBlock {
  return {
    type: 'input',
    block_id: options.blockId,
    label: plain(options.label),
    element: { ...options.element, action_id: 'value' },
    ...(options.hint && { hint: plain(options.hint) }),
    ...(options.optional && { optional: true }),
  };
}

/** Choices of which the chosen ones are preset; Slack refuses an empty preset, so none is left out. */
export function checkboxes(options: PlainTextOption[], chosen: readonly string[]): Checkboxes {
  const initial = options.filter((one) => one.value !== undefined && chosen.includes(one.value));
  return { type: 'checkboxes', options, ...(initial.length > 0 && { initial_options: initial }) };
}

export function radioButtons(options: PlainTextOption[], chosen?: string): RadioButtons {
  const initial = options.find((one) => one.value === chosen);
  return { type: 'radio_buttons', options, ...(initial && { initial_option: initial }) };
}

export function staticSelect(options: PlainTextOption[], chosen?: string): StaticSelect {
  const initial = options.find((one) => one.value === chosen);
  return { type: 'static_select', options, ...(initial && { initial_option: initial }) };
}

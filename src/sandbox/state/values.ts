import type { types, ViewStateSelectedOption } from '@slack/bolt';
import type { Element } from './controls.ts';
import type { Value } from './types.ts';

type Option = ViewStateSelectedOption;

function chosen(option: types.Option | undefined): Option | null {
  // Options with mrkdwn text, allowed in radio groups and checkboxes, come back as they were sent.
  return option ? (option as Option) : null;
}

/** What an element holds before anybody touched it; null for buttons and menus, which hold nothing. */
export function initialValue(element: Element): Value | null {
  const { type } = element;
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: element.initial_value ?? null };
    case 'rich_text_input':
      return element.initial_value ? { type, rich_text_value: element.initial_value } : { type };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: chosen(element.initial_option) };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: (element.initial_options ?? []) as Option[] };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] };
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null };
    case 'multi_conversations_select':
      return { type, selected_conversations: element.initial_conversations ?? [] };
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null };
    case 'multi_channels_select':
      return { type, selected_channels: element.initial_channels ?? [] };
    case 'file_input':
      return { type, files: [] };
    case 'button':
    case 'workflow_button':
    case 'overflow':
    case 'feedback_buttons':
    case 'icon_button':
      return null;
  }
}

/** Whether nothing was entered or chosen. */
export function isEmptyValue(value: Value | undefined): boolean {
  if (!value) return true;
  const { type: _type, ...held } = value;
  return Object.values(held).every(
    (part) =>
      part === null ||
      part === undefined ||
      part === '' ||
      (Array.isArray(part) && part.length === 0),
  );
}

import type { ModalView } from '@slack/types';
import type { SubmittedView } from '../../src/slack/forms.ts';

type Values = SubmittedView['state']['values'];
type Element = Record<string, unknown> & { type: string };

/** The form as Slack sends it back when a person changes nothing but what `changes` says, by block id. */
export function submitUnchanged(
  view: ModalView,
  changes: Record<string, unknown> = {},
): SubmittedView {
  const values: Values = {};
  for (const block of view.blocks) {
    if (block.type !== 'input') continue;
    const { element } = block as unknown as { element: Element };
    const blockId = block.block_id ?? '';
    const state = stateOf(element);
    values[blockId] = {
      [String(element.action_id)]: { type: element.type, ...state, ...changeOf(changes[blockId]) },
    };
  }
  return {
    id: 'V1',
    hash: '1.abc',
    private_metadata: view.private_metadata ?? '',
    state: { values },
  };
}

function changeOf(change: unknown): object {
  return change === undefined ? {} : (change as object);
}

function stateOf(element: Element): object {
  switch (element.type) {
    case 'checkboxes':
    case 'multi_static_select':
      return { selected_options: element.initial_options ?? [] };
    case 'radio_buttons':
    case 'static_select':
    case 'external_select':
      return { selected_option: element.initial_option ?? null };
    case 'users_select':
      return { selected_user: element.initial_user ?? null };
    case 'conversations_select':
      return { selected_conversation: element.initial_conversation ?? null };
    case 'datepicker':
      return { selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { selected_time: element.initial_time ?? null };
    default:
      return { value: element.initial_value ?? null };
  }
}

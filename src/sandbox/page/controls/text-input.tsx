import type {
  EmailInput,
  NumberInput,
  PlainTextInput,
  RichTextInput,
  URLInput,
} from '@slack/types';
import type { KeyboardEvent } from 'react';
import type { Control } from '../../state/controls.ts';
import { type Field, useControl } from './use-control.ts';
import { useDraft } from './use-draft.ts';

type TextElement = PlainTextInput | EmailInput | URLInput | NumberInput | RichTextInput;

const PAUSE_MS = 400;

/** One line or several of text, counted where the app set a limit. */
export function TextInput(o: { control: Control; element: TextElement; field?: Field }) {
  const { control, element, field } = o;
  const { value, answer, label } = useControl(control);
  const isMultiline =
    element.type === 'rich_text_input' || ('multiline' in element && element.multiline === true);
  const dispatchesOn =
    'dispatch_action_config' in element
      ? element.dispatch_action_config?.trigger_actions_on
      : undefined;
  const { text, change, commit } = useDraft({
    name: `${control.blockId} ${control.actionId}`,
    saved: value?.value ?? richTextOf(value),
    handOver: (typed) => answer(typed === '' ? null : typed),
    ...(dispatchesOn?.includes('on_character_entered') ? { afterMs: PAUSE_MS } : {}),
  });
  const max = 'max_length' in element ? element.max_length : undefined;
  const props = {
    id: field?.id,
    'aria-label': field ? undefined : (element.placeholder?.text ?? label),
    'aria-describedby': field?.describedBy,
    'aria-invalid': field?.isInvalid,
    'aria-required': control.input ? control.input.optional !== true : undefined,
    placeholder: element.placeholder?.text,
    autoFocus: element.focus_on_load,
    value: text,
    onChange: (event: { target: { value: string } }) => change(event.target.value),
    onBlur: () => void commit(),
  };
  return (
    <div className="text-input">
      {isMultiline ? (
        <textarea rows={4} {...props} />
      ) : (
        <input
          type="text"
          inputMode={element.type === 'number_input' ? 'decimal' : undefined}
          autoComplete="off"
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key !== 'Enter' || control.input?.dispatch_action !== true) return;
            event.preventDefault();
            void commit();
          }}
          {...props}
        />
      )}
      {max !== undefined && (
        <span className={text.length > max ? 'counter over' : 'counter'}>
          {text.length} / {max}
        </span>
      )}
    </div>
  );
}

function richTextOf(value: ReturnType<typeof useControl>['value']): string {
  const sections = value?.rich_text_value?.elements ?? [];
  return sections
    .map((section) => section.elements.map((part) => ('text' in part ? part.text : '')).join(''))
    .join('\n');
}

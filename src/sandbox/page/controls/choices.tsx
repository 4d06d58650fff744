import type { Checkboxes as CheckboxesElement, Option, RadioButtons as Radios } from '@slack/types';
import { useId } from 'react';
import { renderEmoji } from '../../rendering/emoji.ts';
import type { Control } from '../../state/controls.ts';
import { Mrkdwn } from '../blocks/shown.tsx';
import { useChosen } from './use-chosen.ts';
import { useControl } from './use-control.ts';

/** Several of a few. */
export function Checkboxes({ control, element }: { control: Control; element: CheckboxesElement }) {
  const { value, answer } = useControl(control);
  const saved = (value?.selected_options ?? []).map((option) => option.value ?? '');
  const { chosen, choose } = useChosen(saved, saved.join('\n'));
  return (
    <div
      className="choices"
      role={control.input ? undefined : 'group'}
      aria-label={nameOf(control)}
    >
      {element.options.map((option) => (
        <Choice
          key={option.value}
          type="checkbox"
          option={option}
          isChosen={chosen.includes(option.value ?? '')}
          onChange={(isChosen) => {
            const next = element.options.filter((one) =>
              one === option ? isChosen : chosen.includes(one.value ?? ''),
            );
            void choose(
              next.map((one) => one.value ?? ''),
              () => answer(next.map((one) => one.text.text)),
            );
          }}
        />
      ))}
    </div>
  );
}

/** One of a few. */
export function RadioButtons({ control, element }: { control: Control; element: Radios }) {
  const { value, answer } = useControl(control);
  const saved = value?.selected_option?.value;
  const { chosen, choose } = useChosen(saved, saved ?? '');
  const name = useId();
  return (
    <div
      className="choices"
      role={control.input ? undefined : 'radiogroup'}
      aria-label={nameOf(control)}
    >
      {element.options.map((option) => (
        <Choice
          key={option.value}
          type="radio"
          name={name}
          option={option}
          isChosen={chosen === option.value}
          onChange={() => void choose(option.value, () => answer(option.text.text))}
        />
      ))}
    </div>
  );
}

function nameOf(control: Control): string | undefined {
  if (control.input) return undefined;
  return control.block.type === 'section' ? control.block.text?.text : control.actionId;
}

function Choice(o: {
  type: 'checkbox' | 'radio';
  name?: string;
  option: Option;
  isChosen: boolean;
  onChange: (isChosen: boolean) => void;
}) {
  const { text, description } = o.option;
  return (
    <label className="choice">
      <input
        type={o.type}
        name={o.name}
        checked={o.isChosen}
        onChange={(event) => o.onChange(event.target.checked)}
      />
      <span>
        {text.type === 'mrkdwn' ? <Mrkdwn text={text.text} /> : renderEmoji(text.text)}
        {description && <small>{renderEmoji(description.text)}</small>}
      </span>
    </label>
  );
}

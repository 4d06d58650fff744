import type { InputBlock } from '@slack/types';
import { useId } from 'react';
import { renderEmoji } from '../../rendering/emoji.ts';
import { controlsIn } from '../../state/controls.ts';
import { ControlView } from '../controls/control-view.tsx';
import { useSurface } from '../controls/surface.tsx';

const GROUPS = ['checkboxes', 'radio_buttons', 'datetimepicker'];

/** An input with its label, hint and error. */
export function InputField({ block }: { block: InputBlock }) {
  const surface = useSurface();
  const id = useId();
  const [control] = controlsIn([block]);
  if (!control) return null;
  const error = surface.errorOf(control.blockId);
  const isGroup = GROUPS.includes(block.element.type);
  const described = [block.hint && `${id}-hint`, error !== undefined && `${id}-error`].filter(
    (part) => typeof part === 'string',
  );
  const field = {
    id,
    describedBy: described.join(' ') || undefined,
    isInvalid: error !== undefined,
  };
  const label = (
    <>
      {renderEmoji(block.label.text)}
      {block.optional && <span className="optional"> (optional)</span>}
    </>
  );
  const rest = (
    <>
      <ControlView control={control} field={field} />
      {error !== undefined && (
        <p id={`${id}-error`} className="field-error" role="alert">
          {error}
        </p>
      )}
      {block.hint && (
        <p id={`${id}-hint`} className="field-hint">
          {renderEmoji(block.hint.text)}
        </p>
      )}
    </>
  );
  if (isGroup) {
    return (
      <fieldset className="field" aria-describedby={field.describedBy}>
        <legend>{label}</legend>
        {rest}
      </fieldset>
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {rest}
    </div>
  );
}

import type { Control } from '../../state/controls.ts';
import { Checkboxes, RadioButtons } from './choices.tsx';
import { DateTimeInput, PickerInput } from './date-inputs.tsx';
import { FileChoice } from './file-choice.tsx';
import { OverflowMenu } from './overflow-menu.tsx';
import { FeedbackButtons, PressButton } from './press-button.tsx';
import { SelectMenu } from './select-menu.tsx';
import { TextInput } from './text-input.tsx';
import type { Field } from './use-control.ts';

/** Anything in blocks that can be used. `field` is there when a label stands beside it. */
export function ControlView({ control, field }: { control: Control; field?: Field }) {
  const { element } = control;
  switch (element.type) {
    case 'button':
      return <PressButton control={control} element={element} />;
    case 'workflow_button':
    case 'icon_button':
      return <PressButton control={control} element={element} />;
    case 'feedback_buttons':
      return <FeedbackButtons control={control} element={element} />;
    case 'overflow':
      return <OverflowMenu control={control} element={element} />;
    case 'checkboxes':
      return <Checkboxes control={control} element={element} />;
    case 'radio_buttons':
      return <RadioButtons control={control} element={element} />;
    case 'datepicker':
    case 'timepicker':
      return <PickerInput control={control} element={element} field={field} />;
    case 'datetimepicker':
      return <DateTimeInput control={control} />;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
    case 'rich_text_input':
      return <TextInput control={control} element={element} field={field} />;
    case 'file_input':
      return <FileChoice control={control} element={element} field={field} />;
    default:
      return <SelectMenu control={control} element={element} field={field} />;
  }
}

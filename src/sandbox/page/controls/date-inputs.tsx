import type { Datepicker, Timepicker } from '@slack/types';
import type { Control } from '../../state/controls.ts';
import { fieldInstant, fieldText } from '../workspace/local-time.ts';
import { usePerson } from '../workspace/person-context.ts';
import { type Field, useControl } from './use-control.ts';
import { useDraft } from './use-draft.ts';

const PAUSE_MS = 700;

/** A date or a time of day. */
export function PickerInput(o: {
  control: Control;
  element: Datepicker | Timepicker;
  field?: Field;
}) {
  const { control, element, field } = o;
  const { value, answer, label } = useControl(control);
  const isDate = element.type === 'datepicker';
  const { text, change, commit } = useDraft({
    name: `${control.blockId} ${control.actionId}`,
    saved: (isDate ? value?.selected_date : value?.selected_time) ?? '',
    handOver: (typed) => answer(typed === '' ? null : typed),
    afterMs: PAUSE_MS,
  });
  return (
    <input
      type={isDate ? 'date' : 'time'}
      className="picker"
      id={field?.id}
      aria-label={field ? undefined : (element.placeholder?.text ?? label)}
      aria-describedby={field?.describedBy}
      aria-invalid={field?.isInvalid}
      value={text}
      onChange={(event) => change(event.target.value)}
      onBlur={() => void commit()}
    />
  );
}

/** A moment, in the person's own zone. */
export function DateTimeInput({ control }: { control: Control }) {
  const { zone } = usePerson();
  const { value, answer, label } = useControl(control);
  const seconds = value?.selected_date_time;
  const { text, change, commit } = useDraft({
    name: `${control.blockId} ${control.actionId}`,
    saved: typeof seconds === 'number' ? fieldText(seconds * 1000, zone) : '',
    handOver: (typed) => answer(typed === '' ? null : fieldInstant(typed, zone)),
    afterMs: PAUSE_MS,
  });
  return (
    <input
      type="datetime-local"
      className="picker"
      aria-label={`${label}, date and time`}
      value={text}
      onChange={(event) => change(event.target.value)}
      onBlur={() => void commit()}
    />
  );
}

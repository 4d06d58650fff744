import type { Button, FeedbackButtons as Feedback, IconButton, WorkflowButton } from '@slack/types';
import { renderEmoji } from '../../rendering/emoji.ts';
import type { Control } from '../../state/controls.ts';
import { useControl } from './use-control.ts';

/** A button of an app. One with an address opens it as well. */
export function PressButton(o: {
  control: Control;
  element: Button | WorkflowButton | IconButton;
}) {
  const { isBusy, press } = useControl(o.control);
  const { element } = o;
  const style = 'style' in element ? (element.style ?? '') : '';
  const url = 'url' in element ? element.url : undefined;
  return (
    <button
      type="button"
      className={`button ${style}`}
      aria-label={element.accessibility_label}
      aria-busy={isBusy}
      onClick={() => {
        if (url !== undefined) window.open(url, '_blank', 'noopener');
        void press(element.text.text);
      }}
    >
      {renderEmoji(element.text.text)}
    </button>
  );
}

/** Two buttons that say whether something was good. */
export function FeedbackButtons({ control, element }: { control: Control; element: Feedback }) {
  const { isBusy, press } = useControl(control);
  return [element.positive_button, element.negative_button].map(({ text, accessibility_label }) => (
    <button
      key={text.text}
      type="button"
      className="button"
      aria-label={accessibility_label}
      aria-busy={isBusy}
      onClick={() => void press(text.text)}
    >
      {renderEmoji(text.text)}
    </button>
  ));
}

import type { Overflow } from '@slack/types';
import { renderEmoji } from '../../rendering/emoji.ts';
import type { Control } from '../../state/controls.ts';
import { Menu } from '../menus/menu.tsx';
import { useControl } from './use-control.ts';

/** The "…" menu of an app. */
export function OverflowMenu({ control, element }: { control: Control; element: Overflow }) {
  const { press } = useControl(control);
  return (
    <Menu
      label="More options"
      className="button overflow"
      side="right"
      items={element.options.map((option, index) => ({
        key: `${index}`,
        text: renderEmoji(option.text.text),
        onPick: () => {
          if (option.url) window.open(option.url, '_blank', 'noopener');
          void press(option.text.text);
        },
      }))}
    >
      …
    </Menu>
  );
}

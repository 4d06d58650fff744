import type { types } from '@slack/bolt';
import { SandboxError } from '../errors.ts';
import type { Reader } from '../rendering/text.ts';
import { renderTextObject } from '../rendering/text.ts';
import { type Control, controlsIn, optionsOf } from '../state/controls.ts';
import type { World } from '../state/world.ts';
import type { Actor } from './stage.ts';
import { blocksOf, describeSurface, type Place, readerOf, type Surface } from './surfaces.ts';

/** Something with a label that a press acts on: a button, or an option of an overflow menu. */
export type Pressable = {
  control: Control;
  labels: string[];
  option: types.Option | null;
  value: string | null;
};

export type Found<T> = { surface: Surface; item: T };

/** Labels are compared without emoji names, pictures, marks of spacing and, at last, case. */
export function normalizeLabel(label: string): string {
  return label
    .replaceAll(/:[a-z0-9_+-]+:/g, ' ')
    .replaceAll(/[\p{Extended_Pictographic}\u{FE0F}\u{20E3}\u{200D}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

export function isSameLabel(label: string, wanted: string): boolean {
  if (label === wanted) return true;
  const normal = normalizeLabel(wanted);
  return normal !== '' && normalizeLabel(label) === normal;
}

function present(...labels: (string | undefined)[]): string[] {
  return labels.filter((label): label is string => label !== undefined && label !== '');
}

export function pressablesIn(control: Control, reader: Reader): Pressable[] {
  const { element } = control;
  const one = (labels: string[], value: string | undefined): Pressable[] => [
    { control, labels, option: null, value: value ?? null },
  ];
  if (element.type === 'button') {
    return one(
      present(
        renderTextObject(element.text, reader),
        element.text.text,
        element.accessibility_label,
      ),
      element.value,
    );
  }
  if (element.type === 'workflow_button') {
    return one(present(element.text.text, element.accessibility_label), undefined);
  }
  if (element.type === 'icon_button') {
    return one(present(element.text.text, element.accessibility_label), element.value);
  }
  if (element.type === 'feedback_buttons') {
    return [element.positive_button, element.negative_button].flatMap((button) =>
      one(present(button.text.text, button.accessibility_label), button.value),
    );
  }
  if (element.type === 'overflow') {
    return optionsOf(element).map((option) => ({
      control,
      labels: present(renderTextObject(option.text, reader), option.text.text),
      option,
      value: option.value ?? null,
    }));
  }
  return [];
}

const PRESSED = ['button', 'workflow_button', 'icon_button', 'feedback_buttons', 'overflow'];

/** Whether a control holds a value that a person sets, rather than being pressed. */
export function holdsValue(control: Control): boolean {
  return !PRESSED.includes(control.element.type);
}

/** What a person calls an input: its label; for one without a label its placeholder or the text beside it. */
export function inputLabels(control: Control, reader: Reader): string[] {
  const { element, block, input } = control;
  if (input) return present(input.label.text, renderTextObject(input.label, reader));
  const placeholder = 'placeholder' in element ? element.placeholder?.text : undefined;
  const beside =
    block.type === 'section' && block.text ? renderTextObject(block.text, reader) : undefined;
  return present(placeholder, beside, beside?.split('\n')[0], control.actionId);
}

/** The one thing with this label on the first surface that has it; an error that lists what is there. */
export function findByLabel<T>(
  world: World,
  o: {
    actor: Actor;
    surfaces: Surface[];
    place: Place;
    wanted: string;
    what: string;
    itemsOf: (control: Control, reader: Reader) => T[];
    labelsOf: (item: T) => string[];
  },
): Found<T> {
  const reader = readerOf(world, o.actor);
  const itemsOn = (surface: Surface) =>
    controlsIn(blocksOf(surface))
      .filter(
        (control) =>
          (o.place.block === undefined || control.blockId === o.place.block) &&
          (o.place.action === undefined || control.actionId === o.place.action),
      )
      .flatMap((control) => o.itemsOf(control, reader));
  for (const surface of o.surfaces) {
    const items = itemsOn(surface);
    const exact = items.filter((item) => o.labelsOf(item).includes(o.wanted));
    const found =
      exact.length > 0
        ? exact
        : items.filter((item) => o.labelsOf(item).some((label) => isSameLabel(label, o.wanted)));
    if (found.length > 1) {
      throw new SandboxError(
        'ambiguous_label',
        `${found.length} things are labelled "${o.wanted}" in ${describeSurface(o.actor, surface)}. Narrow it with "in": { "block": …, "action": … }.`,
        409,
      );
    }
    if (found[0]) return { surface, item: found[0] };
  }
  const there = o.surfaces
    .map((surface) => ({ surface, labels: itemsOn(surface).map((item) => o.labelsOf(item)[0]) }))
    .filter(({ labels }) => labels.length > 0)
    .slice(0, 8)
    .map(
      ({ surface, labels }) =>
        `${describeSurface(o.actor, surface)}: ${labels.map((label) => `"${label}"`).join(', ')}`,
    );
  throw new SandboxError(
    'no_such_label',
    `${o.actor.user.displayName} sees no ${o.what} "${o.wanted}". There is: ${there.join('; ') || 'nothing to use'}.`,
    404,
  );
}

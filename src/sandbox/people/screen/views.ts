import { renderBlocks } from '../../rendering/blocks.ts';
import type { OpenView } from '../../state/types.ts';
import type { World } from '../../state/world.ts';
import type { Actor } from '../stage.ts';
import { readerOf } from '../surfaces.ts';
import { controlStates } from './controls.ts';
import type { HomeState, ModalState } from './types.ts';

/** A Home tab, or what a modal has in common with it. */
export function viewState(world: World, actor: Actor, open: OpenView): HomeState {
  const controls = controlStates(world, actor, {
    blocks: open.view.blocks,
    values: open.values,
    errors: open.errors,
  });
  const inputs = controls.filter((control) => control.required !== undefined || control.value);
  return {
    id: open.id,
    app: world.apps.get(open.appId)?.name ?? open.appId,
    text: renderBlocks(open.view.blocks, readerOf(world, actor)).join('\n'),
    blocks: open.view.blocks,
    inputs,
    buttons: controls.filter((control) => !inputs.includes(control)),
    values: open.values,
    errors: Object.fromEntries(
      inputs.flatMap((input) => (input.error === undefined ? [] : [[input.label, input.error]])),
    ),
    notice: open.notice,
  };
}

/** A modal as the person sees it, with what they entered and the errors at it. */
export function modalState(world: World, actor: Actor, open: OpenView): ModalState {
  const modal = open.view.type === 'modal' ? open.view : null;
  return {
    ...viewState(world, actor, open),
    title: modal?.title.text ?? '',
    submit: modal?.submit?.text ?? null,
    close: modal?.close?.text ?? null,
  };
}

import type { types } from '@slack/bolt';
import { SandboxError } from '../errors.ts';
import { blockActionPayload, type ElementAction } from '../payloads/interactions.ts';
import { renderTextObject } from '../rendering/text.ts';
import { nextTs } from '../state/channels.ts';
import type { Control } from '../state/controls.ts';
import { actionPlace, originOn, valuesOn } from './action-place.ts';
import { type PersonAnswer, valueFrom } from './answers.ts';
import { pressAction, valueAction } from './element-action.ts';
import { findByLabel, holdsValue, inputLabels, pressablesIn } from './labels.ts';
import { type Actor, type Answer, deliver, report, type Stage } from './stage.ts';
import { suggest } from './suggestions.ts';
import { placeOf, readerOf, type Surface, surfacesOf, type Where } from './surfaces.ts';

export type Outcome = { acknowledged: boolean | null; note?: string };

/** Presses a button or an entry of a "…" menu by its label. */
export async function press(
  stage: Stage,
  actor: Actor,
  o: { label: string; in?: Where; confirm?: boolean },
): Promise<Outcome> {
  const place = placeOf(o.in);
  const { surface, item } = findByLabel(stage.world, {
    actor,
    surfaces: surfacesOf(stage.world, actor, place),
    place,
    wanted: o.label,
    what: 'button',
    itemsOf: pressablesIn,
    labelsOf: (one) => one.labels,
  });
  const declined = declineIfAsked(item.control, o.confirm, readerOf(stage.world, actor));
  if (declined) return declined;
  const action = pressAction(item, makeActionTs(stage, surface));
  return outcomeOf(await sendAction(stage, actor, { surface, action }));
}

function declineIfAsked(
  control: Control,
  confirm: boolean | undefined,
  reader: ReturnType<typeof readerOf>,
): Outcome | null {
  const dialog = 'confirm' in control.element ? control.element.confirm : undefined;
  if (!dialog || confirm !== false) return null;
  return {
    acknowledged: null,
    note: `declined: "${renderTextObject(dialog.text, reader)}"`,
  };
}

/** What an app offers in a menu of its own when a person types in it. */
export async function offered(
  stage: Stage,
  actor: Actor,
  o: { label: string; typed: string; in?: Where },
): Promise<types.Option[]> {
  const { surface, item: control } = findInput(stage, actor, o);
  const { type } = control.element;
  if (type === 'external_select' || type === 'multi_external_select') {
    return suggest(stage, actor, { surface, control, typed: o.typed });
  }
  throw new SandboxError('bad_answer', `"${o.label}" does not ask the app for its options.`, 409);
}

function findInput(stage: Stage, actor: Actor, o: { label: string; in?: Where }) {
  const place = placeOf(o.in);
  return findByLabel(stage.world, {
    actor,
    surfaces: surfacesOf(stage.world, actor, place),
    place,
    wanted: o.label,
    what: 'input',
    itemsOf: (one) => (holdsValue(one) ? [one] : []),
    labelsOf: (one) => inputLabels(one, readerOf(stage.world, actor)),
  });
}

/** Enters or chooses a value by its input's label. Controls outside of forms act at once. */
export async function enter(
  stage: Stage,
  actor: Actor,
  o: { label: string; answer: PersonAnswer; in?: Where; confirm?: boolean },
): Promise<Outcome> {
  const { surface, item: control } = findInput(stage, actor, o);
  const declined = declineIfAsked(control, o.confirm, readerOf(stage.world, actor));
  if (declined) return declined;
  const value = await valueFrom(control, o.answer, {
    world: stage.world,
    actor,
    label: o.label,
    suggest: (typed) => suggest(stage, actor, { surface, control, typed }),
  });
  const values = valuesOn(actor, surface);
  values[control.blockId] = { ...values[control.blockId], [control.actionId]: value };
  if (surface.kind !== 'message') delete surface.open.errors[control.blockId];
  stage.world.changed(actor.team.id, 'values');
  if (control.input && !control.input.dispatch_action) return { acknowledged: null };
  const action = valueAction(control, value, makeActionTs(stage, surface));
  return outcomeOf(await sendAction(stage, actor, { surface, action }));
}

function outcomeOf(answer: Answer): Outcome {
  return answer.ok ? { acknowledged: true } : { acknowledged: false, note: answer.error };
}

function makeActionTs(stage: Stage, surface: Surface): string {
  if (surface.kind === 'message') return nextTs(stage.world, surface.channel);
  return `${Math.floor(stage.world.clock.nowMs() / 1000)}.${String(stage.world.ids.number()).padStart(6, '0')}`;
}

async function sendAction(
  stage: Stage,
  actor: Actor,
  o: { surface: Surface; action: ElementAction },
): Promise<Answer> {
  const origin = originOn(stage, actor, o.surface);
  if (origin.app.manifest.settings?.interactivity?.is_enabled !== true) {
    throw new SandboxError(
      'not_interactive',
      `Interactivity is not enabled in the manifest of ${origin.app.name}.`,
      409,
    );
  }
  const triggerId = stage.world.triggers.give({
    appId: origin.app.id,
    teamId: actor.team.id,
    userId: actor.user.id,
    viewId: o.surface.kind === 'modal' ? o.surface.open.id : null,
  });
  const payload = blockActionPayload(origin, {
    place: actionPlace(stage, actor, o.surface),
    action: o.action,
    triggerId,
  });
  const answer = await deliver(stage, {
    origin,
    payload: { type: 'interactive', payload },
    about: `the action "${o.action.action_id}"`,
  });
  if (answer.ok && answer.response !== undefined) {
    report(stage, origin, {
      about: `the action "${o.action.action_id}"`,
      message: 'the acknowledgement of an action takes no content',
    });
  }
  return answer;
}

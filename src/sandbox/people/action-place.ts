import { SandboxError } from '../errors.ts';
import type { ActionPlace, Origin } from '../payloads/interactions.ts';
import { controlsIn } from '../state/controls.ts';
import type { Values } from '../state/types.ts';
import { initialValue } from '../state/values.ts';
import { personOf } from '../state/world.ts';
import { type Actor, originOf, type Stage } from './stage.ts';
import { blocksOf, type Surface } from './surfaces.ts';

/** What the inputs on a surface hold for this person: a view's own values, or those of a message. */
export function valuesOn(actor: Actor, surface: Surface): Values {
  if (surface.kind !== 'message') return surface.open.values;
  const { messageValues } = personOf(actor.team, actor.user.id);
  const key = `${surface.channel.id} ${surface.message.ts}`;
  const existing = messageValues.get(key);
  if (existing) return existing;
  const values: Values = {};
  for (const control of controlsIn(blocksOf(surface))) {
    const value = initialValue(control.element);
    if (value) values[control.blockId] = { ...values[control.blockId], [control.actionId]: value };
  }
  messageValues.set(key, values);
  return values;
}

/** Who acts towards which app; an error when the app is gone. */
export function originOn(stage: Stage, actor: Actor, surface: Surface): Origin {
  const appId = surface.kind === 'message' ? surface.message.appId : surface.open.appId;
  const app = appId ? stage.world.apps.get(appId) : undefined;
  const origin = app ? originOf(actor, app) : null;
  if (!origin) {
    throw new SandboxError('app_gone', 'The app behind this is no longer installed.', 409);
  }
  return origin;
}

/** Where an action happens, as its payload tells it. In a message it comes with a new `response_url`. */
export function actionPlace(stage: Stage, actor: Actor, surface: Surface): ActionPlace {
  if (surface.kind !== 'message') return { kind: 'view', open: surface.open };
  const { channel, message } = surface;
  return {
    kind: 'message',
    channel,
    message,
    values: valuesOn(actor, surface),
    responseUrl: stage.world.responseUrls.give({
      appId: message.appId ?? '',
      teamId: actor.team.id,
      userId: actor.user.id,
      channelId: channel.id,
      messageTs: message.ts,
      threadTs: message.threadTs,
    }),
  };
}

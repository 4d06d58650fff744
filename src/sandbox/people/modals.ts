import type { ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import { ApiError, SandboxError } from '../errors.ts';
import { type Origin, viewClosedPayload, viewSubmissionPayload } from '../payloads/interactions.ts';
import { controlsIn } from '../state/controls.ts';
import type { OpenView } from '../state/types.ts';
import { pushModal, updateView } from '../state/views.ts';
import { personOf } from '../state/world.ts';
import { readModal } from '../web-api/content.ts';
import { refusedInputs } from './input-rules.ts';
import { type Actor, deliver, originOf, report, type Stage } from './stage.ts';
import type { Outcome } from './use.ts';

export type Submitted = Outcome & {
  outcome: 'closed' | 'errors' | 'updated' | 'pushed' | 'cleared' | 'failed';
};

const TROUBLE = 'We had some trouble connecting. Try again?';

function frontModal(actor: Actor): OpenView {
  const front = personOf(actor.team, actor.user.id).modals.at(-1);
  if (front) return front;
  throw new SandboxError('no_modal', `${actor.user.displayName} has no modal open.`, 409);
}

function originOfView(stage: Stage, actor: Actor, open: OpenView): Origin {
  const app = stage.world.apps.get(open.appId);
  const origin = app ? originOf(actor, app) : null;
  if (!origin) throw new SandboxError('app_gone', 'The app of this modal is not installed.', 409);
  return origin;
}

/** Presses the modal's submit button. What Slack's client refuses is never sent to the app. */
export async function submit(stage: Stage, actor: Actor): Promise<Submitted> {
  const open = frontModal(actor);
  const origin = originOfView(stage, actor, open);
  if (open.view.type !== 'modal' || !open.view.submit) {
    throw new SandboxError('no_submit', 'This modal has no submit button.', 409);
  }
  open.notice = null;
  open.errors = refusedInputs(open);
  stage.world.changed(actor.team.id, 'modals');
  if (Object.keys(open.errors).length > 0) return { acknowledged: null, outcome: 'errors' };

  const triggerId = stage.world.triggers.give({
    appId: open.appId,
    teamId: actor.team.id,
    userId: actor.user.id,
    viewId: open.id,
  });
  const responseUrls = responseUrlsOf(stage, actor, open);
  const answer = await deliver(stage, {
    origin,
    about: `the modal "${open.view.title.text}"`,
    payload: {
      type: 'interactive',
      payload: viewSubmissionPayload(origin, { open, triggerId, responseUrls }),
    },
  });
  if (!answer.ok) {
    open.notice = TROUBLE;
    stage.world.changed(actor.team.id, 'modals');
    return { acknowledged: false, outcome: 'failed', note: answer.error };
  }
  try {
    return { acknowledged: true, outcome: follow(stage, { actor, origin, open }, answer.response) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const details = error.details.response_metadata?.messages ?? [];
    const message = [error.error, ...details].join(' ');
    report(stage, origin, {
      about: `the answer to the modal "${open.view.callback_id ?? ''}"`,
      message,
    });
    open.notice = TROUBLE;
    stage.world.changed(actor.team.id, 'modals');
    return { acknowledged: true, outcome: 'failed', note: message };
  }
}

const responseSchema = z.discriminatedUnion('response_action', [
  z.strictObject({
    response_action: z.literal('errors'),
    errors: z.record(z.string(), z.string().min(1)),
  }),
  z.strictObject({ response_action: z.literal('update'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('push'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('clear') }),
]);

type Sent = { actor: Actor; origin: Origin; open: OpenView };

function invalid(message: string): never {
  throw new ApiError('invalid_response', { response_metadata: { messages: [message] } });
}

/** Does what the acknowledgement of a submission asks for. */
function follow(stage: Stage, sent: Sent, response: unknown): Submitted['outcome'] {
  const { actor, open, origin } = sent;
  const person = personOf(actor.team, actor.user.id);
  if (response === undefined) {
    person.modals = person.modals.filter((one) => one !== open);
    stage.world.changed(actor.team.id, 'modals');
    return 'closed';
  }
  const parsed = responseSchema.safeParse(response);
  if (!parsed.success) return invalid('no such response_action, or fields that it does not take');
  const asked = parsed.data;
  if (asked.response_action === 'errors') {
    showErrors(open, asked.errors);
    stage.world.changed(actor.team.id, 'modals');
    return 'errors';
  }
  if (asked.response_action === 'clear') {
    person.modals = person.modals.filter((one) => one.appId !== open.appId);
    stage.world.changed(actor.team.id, 'modals');
    return 'cleared';
  }
  const content = readModal(asked.view);
  const { team, user } = actor;
  if (asked.response_action === 'push') {
    pushModal(stage.world, { team, installation: origin.installation, userId: user.id, content });
    return 'pushed';
  }
  updateView(stage.world, { team, open, content });
  return 'updated';
}

/** Errors must name input blocks of the view; Slack shows none at all when one does not. */
function showErrors(open: OpenView, errors: Record<string, string>): void {
  const inputs = new Set(
    controlsIn(open.view.blocks).flatMap((one) => (one.input ? [one.blockId] : [])),
  );
  const names = Object.keys(errors);
  if (names.length === 0) invalid('errors is empty');
  const unknown = names.filter((name) => !inputs.has(name));
  if (unknown.length > 0) invalid(`errors names no input block: ${unknown.join(', ')}`);
  open.errors = errors;
}

function responseUrlsOf(
  stage: Stage,
  actor: Actor,
  open: OpenView,
): ViewSubmitAction['response_urls'] {
  return controlsIn(open.view.blocks).flatMap((control) => {
    const { element } = control;
    if (!('response_url_enabled' in element) || !element.response_url_enabled) return [];
    const value = open.values[control.blockId]?.[control.actionId];
    const channelId = value?.selected_conversation ?? value?.selected_channel;
    if (!channelId) return [];
    const url = stage.world.responseUrls.give({
      appId: open.appId,
      teamId: actor.team.id,
      userId: actor.user.id,
      channelId,
      messageTs: null,
      threadTs: null,
    });
    return [
      {
        block_id: control.blockId,
        action_id: control.actionId,
        channel_id: channelId,
        response_url: url,
      },
    ];
  });
}

/** Closes the modal in front with its cancel button, or every one with the cross. */
export async function close(stage: Stage, actor: Actor, o: { all: boolean }): Promise<Outcome> {
  const front = frontModal(actor);
  const person = personOf(actor.team, actor.user.id);
  const isAll = o.all || (front.view.type === 'modal' && front.view.clear_on_close === true);
  const closed = isAll ? person.modals.toReversed() : [front];
  person.modals = person.modals.filter((one) => !closed.includes(one));
  stage.world.changed(actor.team.id, 'modals');
  const outcome: Outcome = { acknowledged: null };
  for (const open of closed) {
    if (open.view.type !== 'modal' || !open.view.notify_on_close) continue;
    const origin = originOfView(stage, actor, open);
    const payload = viewClosedPayload(origin, { open, isCleared: isAll });
    const answer = await deliver(stage, {
      origin,
      payload: { type: 'interactive', payload },
      about: 'closing a modal',
    });
    outcome.acknowledged = answer.ok;
  }
  return outcome;
}

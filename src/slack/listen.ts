import type {
  App,
  BlockAction,
  ButtonAction,
  MessageShortcut,
  RespondFn,
  ViewSubmitAction,
} from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { UserFacingError } from '../errors.ts';
import { type Caller, callerOf } from './caller.ts';
import { newReference } from './error-reference.ts';
import { type Parsed, parseCarried, type SubmittedView } from './forms.ts';
import { AlreadySavedError } from './inbound/store.ts';
import { answerInView } from './modals.ts';

/** What becomes of the form after it was submitted: closed when nothing is said. */
export type FormAnswer = { next: ModalView } | { errors: Record<string, string> } | undefined;

export type Submission<T> = {
  caller: Caller;
  value: T;
  view: SubmittedView;
  client: WebClient;
  triggerId: string;
};

/**
 * Listens to a modal being submitted. It stays open, with what was typed, until the work is done: a `UserFacingError`
 * or a fault is shown at a field, so nothing that a person wrote is lost. Sent again, it is saved once all the same,
 * when `handle` saves in one `deps.transact`.
 */
export function onSubmit<T>(
  app: App,
  o: {
    callbackId: string;
    log: Logger;
    parse: (view: SubmittedView) => Parsed<T>;
    handle: (submission: Submission<T>) => Promise<FormAnswer>;
  },
): void {
  app.view<ViewSubmitAction>(
    { callback_id: o.callbackId, type: 'view_submission' },
    async (args) => {
      const { ack, view, body, client, context } = args;
      const work = async (): Promise<FormAnswer> => {
        const parsed = o.parse(view);
        if (!parsed.ok) return { errors: parsed.errors };
        const { trigger_id: triggerId } = body;
        const caller = callerOf(context);
        return await o.handle({ caller, value: parsed.value, view, client, triggerId });
      };
      const answer = await work().catch(
        (error: unknown): FormAnswer => explain({ error, view, log: o.log }),
      );
      if (!answer) await ack();
      else if ('next' in answer) await ack({ response_action: 'update', view: answer.next });
      else await ack({ response_action: 'errors', errors: fitErrors(answer.errors, view) });
    },
  );
}

function explain(o: { error: unknown; view: SubmittedView; log: Logger }): FormAnswer {
  if (o.error instanceof UserFacingError) {
    return { errors: { [o.error.field ?? firstField(o.view)]: o.error.message } };
  }
  const reference = newReference();
  if (o.error instanceof AlreadySavedError) o.log.info('dropped a copy of a form');
  else o.log.error({ err: o.error, reference }, 'form could not be handled');
  const message = `Something broke on my side (id ${reference}). Your text is still here: please try again in a minute.`;
  return { errors: { [firstField(o.view)]: message } };
}

function firstField(view: SubmittedView): string {
  return Object.keys(view.state.values)[0] ?? '';
}

/** Slack takes errors only for fields of the form; any other goes to the first one. */
function fitErrors(errors: Record<string, string>, view: SubmittedView): Record<string, string> {
  const fields = new Set(Object.keys(view.state.values));
  const entries = Object.entries(errors).map(([id, text]) => [
    fields.has(id) ? id : firstField(view),
    text,
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

export type Press<T> = {
  caller: Caller;
  value: T;
  client: WebClient;
  triggerId: string;
  /** The modal that the button is in, when it is in one. */
  viewId: string | undefined;
  /** That modal, with what is typed in it so far. */
  view: SubmittedView | undefined;
  /** Says something to the person who pressed, and to nobody else; in a modal, in place of it; in Home, over it. */
  answer: (message: Answer) => Promise<void>;
};

export type Answer = {
  text: string;
  blocks?: KnownBlock[];
  /** Puts it in place of the message that was pressed. Only for messages that nobody else sees. */
  replaces?: boolean;
};

/** Listens to a button. Acknowledges first; `value` is what the button carries, parsed. */
export function onPress<T>(
  app: App,
  o: { actionId: string; value: z.ZodType<T>; handle: (press: Press<T>) => Promise<void> },
): void {
  app.action<BlockAction<ButtonAction>>(
    { action_id: o.actionId, type: 'block_actions' },
    async (args) => {
      const { ack, action, body, client, context, respond } = args;
      await ack();
      await o.handle({
        caller: callerOf(context),
        value: parseCarried(action.value, o.value),
        client,
        triggerId: body.trigger_id,
        viewId: body.view?.type === 'modal' ? body.view.id : undefined,
        view: body.view?.type === 'modal' ? body.view : undefined,
        answer: async (message) => {
          const { view, trigger_id: triggerId } = body;
          const { id: userId } = body.user;
          if (view) await answerInView({ client, view, triggerId, userId, answer: message });
          else await tell(respond, message);
        },
      });
    },
  );
}

export type CommandCall = {
  caller: Caller;
  text: string;
  channelId: string;
  client: WebClient;
  triggerId: string;
  /** Says something to the person who typed the command, and to nobody else. */
  answer: (message: Answer) => Promise<void>;
};

/** Listens to a slash command. Acknowledges first; `text` is trimmed, with single spaces. */
export function onCommand(
  app: App,
  command: string,
  handle: (call: CommandCall) => Promise<void>,
): void {
  app.command(command, async ({ ack, command: payload, client, context, respond }) => {
    await ack();
    await handle({
      caller: callerOf(context),
      text: payload.text.trim().replaceAll(/\s+/g, ' '),
      channelId: payload.channel_id,
      client,
      triggerId: payload.trigger_id,
      answer: (message) => tell(respond, message),
    });
  });
}

export type ShortcutCall = {
  caller: Caller;
  /** The message that it was used on: where it stands, and what it says. */
  message: { channelId: string; ts: string; text: string };
  client: WebClient;
  triggerId: string;
};

/** Listens to a shortcut in the menu of messages. Acknowledges first. */
export function onShortcut(
  app: App,
  callbackId: string,
  handle: (call: ShortcutCall) => Promise<void>,
): void {
  app.shortcut<MessageShortcut>(
    { callback_id: callbackId, type: 'message_action' },
    async ({ ack, shortcut, client, context }) => {
      await ack();
      await handle({
        caller: callerOf(context),
        message: {
          channelId: shortcut.channel.id,
          ts: shortcut.message_ts,
          text: shortcut.message.text ?? '',
        },
        client,
        triggerId: shortcut.trigger_id,
      });
    },
  );
}

async function tell(respond: RespondFn, { replaces = false, ...message }: Answer): Promise<void> {
  await respond({ response_type: 'ephemeral', replace_original: replaces, ...message });
}

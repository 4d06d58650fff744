import { type App, type Context, RespondError, type RespondFn } from '@slack/bolt';
import type { Logger } from 'pino';
import { z } from 'zod';
import { UserFacingError } from '../errors.ts';
import type { SlackClients } from './clients.ts';
import { newReference } from './error-reference.ts';
import { isSlackSilent, slackErrorOf } from './errors.ts';
import { AlreadyHandledError } from './inbound/once.ts';
import { isDeadToken } from './installations/domain.ts';
import { answerInView } from './modals.ts';
import { ForeignAddressError } from './outgoing.ts';
import { escapeText } from './text.ts';

/** What Bolt hands over of a listener that failed, see `extendedErrorHandler`. */
type Failure = { error: Error; body: unknown; context: Context };

const FromView = z.object({
  view: z.object({ id: z.string(), type: z.string() }),
  trigger_id: z.string(),
  user: z.object({ id: z.string() }),
});

/** The one place where errors of listeners end: a sentence where the person is, and everything else in the log. */
export function handleErrors(
  app: App,
  deps: { log: Logger; slack: Pick<SlackClients, 'refuse'> },
): void {
  const { log, slack } = deps;
  app.use(async (args) => {
    if ('respond' in args) args.context.respond = args.respond;
    await args.next();
  });
  app.error(async ({ error, body, context }: Failure) => {
    const cause = (error as { original?: unknown }).original ?? error;
    try {
      if (cause instanceof AlreadyHandledError) return;
      const { teamId: workspaceId, botToken } = context;
      const word = slackErrorOf(cause);
      if (workspaceId && botToken && isDeadToken(word))
        await slack.refuse({ workspaceId, botToken, word });
      const sentence = isSlackSilent(error) ? describeSilence(error, log) : describe(cause, log);
      // Where the answer itself could not be given, the same address takes no other one.
      if (cause instanceof RespondError || cause instanceof ForeignAddressError) return;
      await answer({ app, context, body, sentence });
    } catch (failure) {
      log.warn({ err: failure }, 'could not tell the person about an error');
    }
  });
}

function describe(cause: unknown, log: Logger): string {
  if (cause instanceof UserFacingError) {
    log.info({ sentence: cause.message }, 'told the person what to do');
    return cause.message;
  }
  const reference = newReference();
  log.error({ err: cause, reference }, 'listener failed');
  return `Something broke on my side (id ${reference}). Nothing you saved is lost; please try again in a minute.`;
}

/** What was asked for may be there all the same. */
function describeSilence(error: Error, log: Logger): string {
  const reference = newReference();
  log.error({ err: error, reference }, 'Slack did not answer a listener');
  return `Slack did not answer me in time (id ${reference}). If you do not see what you asked for, please try again in a minute.`;
}

async function answer(o: {
  app: App;
  context: Context;
  body: unknown;
  sentence: string;
}): Promise<void> {
  const { botToken } = o.context;
  const from = FromView.safeParse(o.body);
  if (from.success) {
    await answerInView({
      client: o.app.client,
      ...(botToken && { token: botToken }),
      view: from.data.view,
      triggerId: from.data.trigger_id,
      userId: from.data.user.id,
      answer: { text: o.sentence },
    });
    return;
  }
  const text = escapeText(o.sentence);
  const respond = o.context.respond as RespondFn | undefined;
  // An event has nobody in front of it who waits for an answer.
  if (respond) await respond({ text, response_type: 'ephemeral', replace_original: false });
}

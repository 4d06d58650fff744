import { AsyncLocalStorage } from 'node:async_hooks';
import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import type { Tx } from '../../database/index.ts';
import { buildNotice } from '../modals.ts';
import type { InboundForm } from './keys.ts';
import { createInboundStore, type InboundStore } from './store.ts';

/** Slack waits 3 s for the answer to a form. */
const ANSWER_WITHIN_MS = 2400;
/** A process that died within this leaves the form to be sent again at once. */
const CLAIM_SECONDS = 5;
/** Longer than any transaction may take. */
const SLOW_CLAIM_SECONDS = 35;
const LOOK_EVERY_MS = 60;

const TAKES_LONGER =
  'This takes longer than usual. Your text is still here: please press the button again in a moment.';
const SAVED_BEFORE =
  'This was saved a moment ago, with what was in it then. Your change since is not saved: please close this form, and change it where it is listed.';

type FormInWork = InboundForm & { isSaved: boolean };

const inWork = new AsyncLocalStorage<FormInWork>();

/**
 * Runs `transaction`, and while a form is worked on, notes in it that the form is saved: a process that dies right
 * after it, or a copy that is worked on at the same time, saves nothing again. A result that has a `form` asks the
 * person something instead, so it saves nothing.
 */
export async function savingOnce<T>(
  transaction: (note: (tx: Tx, result: T) => Promise<void>) => Promise<T>,
  now: () => DateTime,
): Promise<T> {
  const form = inWork.getStore();
  if (!form || form.isSaved) return await transaction(async () => {});
  let isSaved = false;
  const result = await transaction(async (tx, given) => {
    const asks = typeof given === 'object' && given !== null && 'form' in given;
    isSaved = !asks && (await createInboundStore(tx).save(form, now()));
  });
  form.isSaved = isSaved;
  return result;
}

type Handling = {
  store: InboundStore;
  now: () => DateTime;
  log: Logger;
  inbound: InboundForm;
  /** Answers Slack. */
  answer: (content: object | null) => Promise<void>;
  /** Runs the listener, which answers by `ack`. */
  run: (ack: (answer?: unknown) => Promise<void>) => Promise<void>;
};

/**
 * Works on a form once, whatever becomes of the answer. Slack is answered in time: when the work takes longer, the
 * form stays open and is sent again by the person, and that copy gets the answer of the first.
 */
export async function handleForm(o: Handling): Promise<void> {
  const { store, inbound, log } = o;
  let isAnswered = false;
  let isMine = false;
  const answer = async (content: object | null) => {
    if (isAnswered) return;
    isAnswered = true;
    await o.answer(content);
  };
  const askForPatience = async () => {
    await answer(say(inbound, TAKES_LONGER));
    if (isMine) await store.keep(inbound, SLOW_CLAIM_SECONDS);
  };
  const timer = setTimeout(() => {
    askForPatience().catch((error: unknown) => log.warn({ err: error }, 'a slow form'));
  }, ANSWER_WITHIN_MS);
  try {
    for (;;) {
      const claim = await store.claim(inbound, { now: o.now(), seconds: CLAIM_SECONDS });
      if (claim.type === 'done') return await answer(answerOf(inbound, claim));
      isMine = claim.type === 'mine';
      if (isMine) break;
      if (isAnswered) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    await inWork.run({ ...inbound, isSaved: false }, () => work({ ...o, answer }));
  } finally {
    clearTimeout(timer);
  }
}

async function work({ store, inbound, now, answer, run }: Handling): Promise<void> {
  let hasEnded = false;
  await run(async (given) => {
    hasEnded = true;
    const content = typeof given === 'object' ? given : null;
    if (!content || !('errors' in content)) {
      await store.finish(inbound, { now: now(), answer: content });
      return await answer(content);
    }
    // A copy may have saved it, or this one itself before something else failed.
    const done = await store.release(inbound);
    await answer(done ? answerOf(inbound, done) : content);
  });
  if (!hasEnded) await store.release(inbound);
}

function answerOf(
  inbound: InboundForm,
  done: { answer: object | null; content: string | null },
): object | null {
  const isCopy = done.content === null || done.content === inbound.content;
  return isCopy ? done.answer : say(inbound, SAVED_BEFORE);
}

/** The form stays open, with what was typed. */
function say({ firstField }: InboundForm, text: string): object {
  return firstField
    ? { response_action: 'errors', errors: { [firstField]: text } }
    : { response_action: 'push', view: buildNotice('Tandem', text) };
}

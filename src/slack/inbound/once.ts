import type { App, ReceiverEvent } from '@slack/bolt';
import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import { handleForm } from './form.ts';
import { type Inbound, inboundOf } from './keys.ts';
import type { InboundStore } from './store.ts';

/** Ends the listener of a copy where it would acknowledge. */
export class AlreadyHandledError extends Error {
  constructor() {
    super('a copy of what was handled before');
    this.name = 'AlreadyHandledError';
  }
}

/** Longer than any listener of an event works. */
const EVENT_SECONDS = 30;

type OnceDeps = { store: InboundStore; now: () => DateTime; log: Logger };

/** Carried in Bolt's context to learn how a listener ended: Bolt itself reports it to the error handler only. */
type Work = { hasFailed: boolean };

/**
 * Makes every event, form and press count once, however often Slack sends it and whichever replica gets it.
 *
 * A middleware would be too late: Bolt acknowledges an event before the first one runs, and an event that is
 * acknowledged and then lost with the process never comes again. So this stands in front of `processEvent`, behind
 * the receiver that checked the signature:
 * - An event is noted as begun, worked on, noted as done, and only then acknowledged. A process that dies anywhere
 *   before that leaves it unacknowledged, Slack sends it again, and once the note's lease has passed it is done then.
 * - A form likewise, see `handleForm`; that it is saved is noted in the transaction that saves it. Its answer is
 *   kept, so that a second submit of the same view gets it too. An answer with errors leaves the form open to be
 *   sent again, so it is forgotten.
 * - A press is acknowledged at once, before anything else is done about it; Slack never sends one again. It is noted
 *   where its listener would acknowledge, and the listener of a copy ends there.
 */
export function handleOnce(app: App, deps: OnceDeps): void {
  const process = app.processEvent.bind(app);
  app.use(async ({ context, next }) => {
    try {
      await next();
    } catch (error) {
      const work = context['work'] as Work | undefined;
      if (work) work.hasFailed = true;
      throw error;
    }
  });
  const run = async (event: ReceiverEvent): Promise<Work> => {
    const work: Work = { hasFailed: false };
    await process({ ...event, customProperties: { ...event.customProperties, work } });
    return work;
  };
  app.processEvent = async (event) => {
    const inbound = inboundOf(event.body);
    if (!inbound) await process(event);
    else if (inbound.kind === 'event') await handleEvent({ ...deps, event, inbound, run });
    else if (inbound.kind === 'form')
      await handleForm({
        ...deps,
        inbound,
        answer: (content) => event.ack(content ?? undefined),
        run: async (ack) => void (await run({ ...event, ack })),
      });
    else await handlePress({ ...deps, event, inbound, run });
  };
}

type Handling = OnceDeps & {
  event: ReceiverEvent;
  inbound: Inbound;
  run: (event: ReceiverEvent) => Promise<Work>;
};

async function handleEvent(o: Handling): Promise<void> {
  const { store, inbound, event, now } = o;
  const claim = await store.claim(inbound, { now: now(), seconds: EVENT_SECONDS });
  if (claim.type === 'done') return await event.ack();
  // Not acknowledged: whoever has it may die, and then it has to come again.
  if (claim.type === 'busy') throw new Error('this event is being worked on');
  const work = await o.run({ ...event, ack: () => Promise.resolve() });
  if (work.hasFailed) {
    await store.release(inbound);
    throw new Error('the work on an event failed, so Slack is asked to send it again');
  }
  await store.finish(inbound, { now: now(), answer: null });
  await event.ack();
}

async function handlePress(o: Handling): Promise<void> {
  const { store, inbound, event, now } = o;
  await event.ack();
  await o.run({
    ...event,
    ack: async (answer?: unknown) => {
      if (answer !== undefined) throw new Error('a press is acknowledged before its listener runs');
      if (await store.note(inbound, now())) return;
      o.log.info({ kind: inbound.kind, workspaceId: inbound.workspaceId }, 'dropped a copy');
      throw new AlreadyHandledError();
    },
  });
}

import type { App, ReceiverEvent } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Metrics } from '../../operation/metrics.ts';
import { asRequest } from '../../operation/request.ts';
import type { SlackClients } from '../clients.ts';
import { buildNotice } from '../modals.ts';
import { type Deed, readEnvelope } from './envelope.ts';
import { createDeedCounter, type DeedLimits, type Verdict } from './limits.ts';

/** What came is no message of Slack's, although it is signed. */
export class MalformedRequestError extends Error {
  constructor() {
    super('this is no message of Slack’s');
    this.name = 'MalformedRequestError';
  }
}

type GateDeps = {
  limits: DeedLimits;
  slack: SlackClients;
  /** Calls Slack and nobody else. */
  fetch: typeof fetch;
  /** Told of each acknowledgement and of each refusal. */
  metrics: Pick<Metrics, 'acknowledged' | 'refused'>;
  log: Logger;
};

/**
 * Stands in front of everything that Slack sends, before any work of the database: gives it an id that all its log
 * lines carry, refuses what is no message of Slack's, and holds people and workspaces to their limits. Events are not
 * counted: Slack itself bounds them, and would send a refused one again.
 */
export function guardEntrance(app: App, deps: GateDeps): void {
  const count = createDeedCounter(deps.limits);
  const process = app.processEvent.bind(app);
  app.processEvent = (given) =>
    asRequest(async () => {
      const envelope = readEnvelope(given.body);
      if (!envelope) throw new MalformedRequestError();
      const event = timed(given, (seconds) => deps.metrics.acknowledged(envelope.kind, seconds));
      if (envelope.kind === 'notice') {
        deps.log.warn({ type: envelope.type }, 'Slack says something about the app');
        return await event.ack();
      }
      if (envelope.kind === 'event') return await process(event);
      const verdict = await count(envelope);
      if (verdict.isAllowed) await process(event);
      else await refuse({ ...deps, event, deed: envelope, verdict });
    });
}

function timed(event: ReceiverEvent, onAck: (seconds: number) => void): ReceiverEvent {
  const started = performance.now();
  const ack: typeof event.ack = async (answer) => {
    await event.ack(answer);
    onAck((performance.now() - started) / 1000);
  };
  return { ...event, ack };
}

type Refusal = GateDeps & {
  event: ReceiverEvent;
  deed: Deed;
  verdict: Extract<Verdict, { isAllowed: false }>;
};

const SENTENCES = {
  person:
    'That was a lot at once, and I stopped counting. Please wait a minute, then try again. Nothing you saved is lost.',
  workspace:
    'Your workspace keeps me very busy right now. Please try again in a minute. Nothing you saved is lost.',
};

/** Answers in the acknowledgement where that is possible; else the person is told once, not each time. */
async function refuse(o: Refusal): Promise<void> {
  const { event, deed, verdict, log } = o;
  const { workspaceId, userId, kind } = deed;
  const text = SENTENCES[verdict.limit];
  o.metrics.refused(verdict.limit);
  if (verdict.isFirst)
    log.warn({ workspaceId, userId, kind, limit: verdict.limit }, 'held somebody to a limit');
  if (kind === 'form') await event.ack(answerForm(deed, text));
  else if (kind === 'suggestion') await event.ack({ options: [] });
  else if (kind === 'command' && verdict.isFirst)
    await event.ack({ response_type: 'ephemeral', text });
  else {
    await event.ack();
    if (kind === 'press' && verdict.isFirst) await tell(o, text);
  }
}

/** A form stays open with what was typed. */
function answerForm({ field }: Deed, text: string): object {
  return field
    ? { response_action: 'errors', errors: { [field]: text } }
    : { response_action: 'push', view: buildNotice('Tandem', text) };
}

async function tell({ deed, slack, fetch, log }: Refusal, text: string): Promise<void> {
  try {
    if (deed.responseUrl) {
      const message = { text, response_type: 'ephemeral', replace_original: false };
      await fetch(deed.responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
      });
      return;
    }
    const client = await slack.clientFor(deed.workspaceId);
    if (!client || !deed.triggerId) return;
    const opening = { trigger_id: deed.triggerId, view: buildNotice('Tandem', text) };
    await (deed.place === 'modal' ? client.views.push(opening) : client.views.open(opening));
  } catch (error) {
    log.info({ err: error }, 'could not tell somebody about a limit');
  }
}

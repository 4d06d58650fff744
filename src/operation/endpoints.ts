import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Secret } from '../secret.ts';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

/** Answers requests of the operator's machines; false for any other. */
export type Endpoints = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * `/healthz` says that the process runs, `/readyz` that it can do its work, or why not. `/metrics` is there with a
 * token only, because the port may be reached from outside.
 */
export function createEndpoints(o: {
  readiness: Readiness;
  metrics: Metrics;
  metricsToken: Secret | null;
}): Endpoints {
  const answers: Record<string, (request: IncomingMessage) => Promise<Answer>> = {
    '/healthz': () => Promise.resolve(json(200, { ok: true })),
    '/readyz': async () => {
      const problems = await o.readiness();
      return problems.length === 0 ? json(200, { ok: true }) : json(503, { ok: false, problems });
    },
    '/metrics': async (request) => {
      if (o.metricsToken === null) return { status: 404 };
      if (!isBearer(request, o.metricsToken)) return { status: 401 };
      const { type, text } = await o.metrics.print();
      return { status: 200, type, text };
    },
  };
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    const answer = Object.hasOwn(answers, path) ? answers[path] : undefined;
    if (!answer) return false;
    void respond(response, isReading(request) ? answer(request) : { status: 405 });
    return true;
  };
}

type Answer = { status: number; type?: string; text?: string };

function json(status: number, content: object): Answer {
  return { status, type: 'application/json', text: JSON.stringify(content) };
}

async function respond(response: ServerResponse, answering: Answer | Promise<Answer>) {
  const { status, type, text } = await Promise.resolve(answering).catch(() => ({
    status: 500,
    type: undefined,
    text: undefined,
  }));
  response.writeHead(status, type ? { 'content-type': type } : {}).end(text);
}

function isReading({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Compares digests, so that neither length nor content can be learned from the time it takes. */
function isBearer(request: IncomingMessage, token: Secret): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const given = request.headers.authorization ?? '';
  return timingSafeEqual(digest(given), digest(`Bearer ${token.reveal()}`));
}

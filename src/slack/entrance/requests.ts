import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import type {
  ReceiverProcessEventErrorHandlerArgs,
  SocketModeReceiverProcessEventErrorHandlerArgs,
} from '@slack/bolt';
import type { DateTime } from 'luxon';
import type { Logger } from 'pino';
import { asRequest } from '../../operation/request.ts';
import { MalformedRequestError } from './gate.ts';

/** Far more than Slack sends: the largest view has 250 kB, and twice that when it is written as a form. */
const LONGEST_BODY = 1024 * 1024;

/** How far ahead of the machine's clock a signed request may be; Bolt itself only refuses what is older. */
const AHEAD_SECONDS = 5 * 60;

/** For `http.createServer`: who sends slowly, or nothing, keeps no connection. Slack needs less than a second. */
export const SERVER_TIMEOUTS = {
  headersTimeout: 3000,
  requestTimeout: 6000,
  // Longer than the proxies in front, which would else use a connection that has just been closed.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1000,
};

export type Requests = (request: IncomingMessage, response: ServerResponse) => void;

type Guard = {
  machineTime: (() => DateTime) | undefined;
  log: Logger;
  /** Checks the signature and gives the content to the app. */
  next: Requests;
};

/** Refuses what no request of Slack's can be, before its signature is computed: too early, too long, or not readable. */
export function guardRequests(o: Guard): Requests {
  return (request, response) => {
    void asRequest(() => admit(o, request, response)).catch((error: unknown) => {
      o.log.error({ err: error }, 'a request could not be taken');
      refuse(response, 500);
    });
  };
}

async function admit(o: Guard, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { log, next } = o;
  if (request.method !== 'POST') return refuse(response, 405);
  const signedAt = Number(request.headers['x-slack-request-timestamp']);
  const latest = (o.machineTime?.().toSeconds() ?? Infinity) + AHEAD_SECONDS;
  if (signedAt > latest) return refuse(response, 401);
  const body = await readBody(request);
  if (body === 'gone') return;
  if (body === 'too long') {
    log.warn({ limit: LONGEST_BODY }, 'a request was too long');
    return refuse(response, 413);
  }
  const problem = findProblem(body, request.headers['content-type']);
  if (problem) {
    log.warn({ problem }, 'a request could not be read');
    return refuse(response, 400);
  }
  // Bolt takes the content from here and does not read the request again.
  next(Object.assign(request, { rawBody: body }), response);
}

function refuse(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status, { connection: 'close' }).end();
}

async function readBody(request: IncomingMessage): Promise<Buffer | 'too long' | 'gone'> {
  if (Number(request.headers['content-length'] ?? 0) > LONGEST_BODY) {
    request.resume();
    return 'too long';
  }
  const chunks: Buffer[] = [];
  let length = 0;
  const outcome = Promise.withResolvers<Buffer | 'too long' | 'gone'>();
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= LONGEST_BODY) chunks.push(chunk);
    else {
      chunks.length = 0;
      outcome.resolve('too long');
    }
  });
  request.on('end', () => outcome.resolve(Buffer.concat(chunks)));
  request.on('error', () => outcome.resolve('gone'));
  request.on('close', () => outcome.resolve('gone'));
  return await outcome.promise;
}

/** What is wrong with the content, without a word of it; null when it can be a request of Slack's. */
function findProblem(body: Buffer, contentType: string | undefined): string | null {
  const text = decode(body);
  if (text === null) return 'not UTF-8';
  if (!contentType?.startsWith('application/x-www-form-urlencoded'))
    return isObject(text) ? null : 'no JSON object';
  const fields = parse(text);
  if (Object.values(fields).some((value) => typeof value !== 'string')) return 'a field twice';
  const { payload } = fields;
  return typeof payload === 'string' && !isObject(payload) ? 'a payload that is no object' : null;
}

function decode(body: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

/** Whether it would be an object if it is JSON; that it is, Bolt finds out, after it has checked the signature. */
function isObject(text: string): boolean {
  return text.trimStart().startsWith('{');
}

/** For `HTTPReceiver`: how a request is answered whose handling failed before it was acknowledged. True: Bolt waits for nothing more. */
export function answerFailures(log: Logger) {
  return (o: ReceiverProcessEventErrorHandlerArgs): Promise<boolean> => {
    const isMalformed = noteFailure(o.error, log);
    if (o.response.headersSent) return Promise.resolve(false);
    o.response.writeHead(isMalformed ? 400 : 500).end();
    return Promise.resolve(true);
  };
}

/** For `SocketModeReceiver`: what is not acknowledged comes again, and that helps only what can be read. */
export function acknowledgeMalformed(log: Logger) {
  return (o: SocketModeReceiverProcessEventErrorHandlerArgs): Promise<boolean> =>
    Promise.resolve(noteFailure(o.error, log));
}

function noteFailure(error: unknown, log: Logger): boolean {
  const isMalformed = error instanceof MalformedRequestError;
  if (isMalformed) log.warn('a request could not be read');
  else log.error({ err: error }, 'a request could not be handled');
  return isMalformed;
}

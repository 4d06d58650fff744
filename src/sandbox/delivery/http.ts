import { createHmac } from 'node:crypto';
import { realUnixSeconds } from '../clock.ts';
import { makeSecret } from '../ids.ts';
import type { Payload } from '../payloads/envelopes.ts';
import type { Attempt, AttemptResult, FailureReason, Transport } from './transport.ts';

/** Slack's request signature, version 0. */
export function signRequest(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

type RequestUrl = { requestUrl: string; signingSecret: string; ackTimeoutMs: number };

/** Delivers to a request URL with a signature, the way the Events API and interactivity do. */
export function createHttpTransport(o: RequestUrl): Transport {
  return {
    isReachable: () => true,
    whenReachable: async () => {},
    async attempt(attempt) {
      const { body, contentType } = encode(attempt.payload);
      const headers = { 'content-type': contentType, ...retryHeaders(attempt) };
      try {
        return await readAnswer(await post(o, { body, headers }));
      } catch (error) {
        return { ok: false, reason: reasonOf(error) };
      }
    },
  };
}

/**
 * Asks whoever answers at a request URL for a challenge, as Slack does when it is entered in an app's settings. Null
 * when the answer is right, else what is wrong with it.
 */
export async function verifyRequestUrl(
  o: RequestUrl & { verificationToken: string },
): Promise<string | null> {
  const challenge = makeSecret();
  const body = JSON.stringify({
    token: o.verificationToken,
    challenge,
    type: 'url_verification',
  });
  try {
    const response = await post(o, { body, headers: { 'content-type': 'application/json' } });
    const text = await response.text();
    if (response.status !== 200) return `it answered ${response.status}`;
    return challengeIn(text) === challenge ? null : 'it did not answer with the challenge';
  } catch (error) {
    return reasonOf(error);
  }
}

/** As text, as JSON or as a form: Slack takes each. */
function challengeIn(text: string): string | null {
  try {
    const { challenge } = Object(JSON.parse(text)) as { challenge?: unknown };
    return typeof challenge === 'string' ? challenge : text;
  } catch {
    return new URLSearchParams(text).get('challenge') ?? text;
  }
}

function post(
  o: RequestUrl,
  { body, headers }: { body: string; headers: Record<string, string> },
): Promise<Response> {
  const timestamp = realUnixSeconds();
  return fetch(o.requestUrl, {
    method: 'POST',
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(o.ackTimeoutMs),
    headers: {
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signRequest(o.signingSecret, timestamp, body),
      ...headers,
    },
  });
}

function retryHeaders(attempt: Attempt): Record<string, string> {
  if (attempt.retryNum === 0) return {};
  return {
    'x-slack-retry-num': String(attempt.retryNum),
    'x-slack-retry-reason': attempt.retryReason ?? 'unknown_error',
  };
}

function encode(payload: Payload): { body: string; contentType: string } {
  const form = 'application/x-www-form-urlencoded';
  if (payload.type === 'events_api') {
    return { body: JSON.stringify(payload.payload), contentType: 'application/json' };
  }
  if (payload.type === 'interactive') {
    const body = new URLSearchParams({ payload: JSON.stringify(payload.payload) }).toString();
    return { body, contentType: form };
  }
  return { body: new URLSearchParams(payload.payload).toString(), contentType: form };
}

async function readAnswer(response: Response): Promise<AttemptResult> {
  const text = await response.text();
  if (!response.ok) {
    const isRedirect = response.status >= 300 && response.status < 400;
    return {
      ok: false,
      // Slack follows two redirects; an app has no reason to send any, so none is followed here.
      reason: isRedirect ? 'too_many_redirects' : 'http_error',
      noRetry: response.headers.get('x-slack-no-retry') === '1',
    };
  }
  if (text === '') return { ok: true, response: undefined };
  if (!response.headers.get('content-type')?.includes('json')) return { ok: true, response: text };
  try {
    return { ok: true, response: JSON.parse(text) };
  } catch {
    return { ok: false, reason: 'http_error' };
  }
}

function reasonOf(error: unknown): FailureReason {
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : '';
  if (name === 'TimeoutError') return 'http_timeout';
  return name === 'TypeError' ? 'connection_failed' : 'unknown_error';
}

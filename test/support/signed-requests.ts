import { createHmac } from 'node:crypto';

export type Forged = {
  /** What is signed, and sent unless `sentBody` says otherwise. */
  body?: string | Buffer;
  sentBody?: string;
  type?: string;
  /** Seconds by which the timestamp lies ahead. */
  ahead?: number;
  secret?: string;
  version?: string;
  headers?: Record<string, string>;
  path?: string;
};

export const FORM = 'application/x-www-form-urlencoded';
const CHALLENGE = JSON.stringify({ type: 'url_verification', challenge: 'c' });

/** Sends a body as Slack signs it, but for what is said otherwise. */
export async function sendSigned(
  to: { port: number; signingSecret: string },
  o: Forged = {},
): Promise<{ status: number; text: string }> {
  const { body = CHALLENGE, version = 'v0', secret = to.signingSecret } = o;
  const timestamp = Math.floor(Date.now() / 1000) + (o.ahead ?? 0);
  const signature = createHmac('sha256', secret)
    .update(`v0:${timestamp}:`)
    .update(body)
    .digest('hex');
  const response = await fetch(`http://127.0.0.1:${to.port}${o.path ?? '/slack/events'}`, {
    method: 'POST',
    body: o.sentBody ?? body,
    headers: {
      'content-type': o.type ?? 'application/json',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': `${version}=${signature}`,
      ...o.headers,
    },
  });
  return { status: response.status, text: await response.text() };
}

/** A slash command as Slack writes it. */
export function commandBody(o: {
  command: string;
  text?: string;
  team: string;
  user: string;
  trigger: string;
  responseUrl?: string;
}): string {
  return new URLSearchParams({
    command: o.command,
    text: o.text ?? '',
    team_id: o.team,
    user_id: o.user,
    channel_id: 'C0000000001',
    trigger_id: o.trigger,
    ...(o.responseUrl && { response_url: o.responseUrl }),
  }).toString();
}

/** A press, a form or a shortcut as Slack writes it. */
export function interactionBody(payload: object): string {
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { SendFailure } from './deliveries/domain.ts';
import { isUserId, mentionChannel, mentionUser } from './text.ts';

/** Slack's answers after which sending again can never help. */
const PERMANENT: ReadonlySet<string> = new Set([
  'account_inactive',
  'as_user_not_supported',
  'cannot_dm_bot',
  'cant_delete_message',
  'cant_update_message',
  'channel_not_found',
  'channel_type_not_supported',
  'edit_window_closed',
  'invalid_arguments',
  'invalid_auth',
  'invalid_blocks',
  'is_archived',
  'message_not_found',
  'messages_tab_disabled',
  'missing_scope',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_permission',
  'no_text',
  'not_allowed_token_type',
  'not_authed',
  'not_in_channel',
  'not_installed',
  'org_login_required',
  'restricted_action',
  'team_access_not_granted',
  'thread_locked',
  'thread_not_found',
  'token_expired',
  'token_revoked',
  'user_disabled',
  'user_not_found',
  'user_not_visible',
]);

/** Slack refused before doing anything, so the same call may be made again. */
const REFUSED_FOR_NOW: ReadonlySet<string> = new Set([
  'accesslimited',
  'ekm_access_denied',
  'message_limit_exceeded',
  'rate_limited',
  'ratelimited',
  'team_added_to_org',
]);

/** Network failures before the request left this machine. */
const NEVER_LEFT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Refusals of a direct message to somebody whose account is active. */
const CLOSED_TO_DIRECT_MESSAGES: ReadonlySet<string> = new Set([
  'cannot_dm_bot',
  'channel_not_found',
  'messages_tab_disabled',
  'not_in_channel',
  'restricted_action',
  'user_not_visible',
]);

/** Whether this refusal of a direct message says that the person takes none, unless their account is deactivated. */
export function isClosedToDirectMessages(error: string): boolean {
  return CLOSED_TO_DIRECT_MESSAGES.has(error);
}

/** Slack's own error word of a failed Web API call, null when Slack gave none. */
export function slackErrorOf(error: unknown): string | null {
  return error instanceof WebAPIPlatformError ? error.data.error : null;
}

function networkCodeOf(error: unknown): string | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && NEVER_LEFT.has(code)) return code;
  }
  return null;
}

/** Slack's own troubles: it may or may not have done what it was asked. */
const TROUBLES: ReadonlySet<string> = new Set([
  'expired_trigger_id',
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
]);

/** Whether Slack gave no answer, gave it too late, or is not able to answer now: nobody here can mend that. */
export function isSlackSilent(error: unknown): boolean {
  if (error instanceof WebAPIRequestError || error instanceof WebAPIHTTPError) return true;
  if (error instanceof WebAPIRateLimitedError || isUnreadableLimit(error)) return true;
  return TROUBLES.has(slackErrorOf(error) ?? '');
}

/** A 429 whose Retry-After is missing or no number; the client has no type of its own for it. */
function isUnreadableLimit(error: unknown): boolean {
  if (error instanceof WebAPIHTTPError) return error.statusCode === 429;
  return error instanceof Error && error.message.startsWith('Retry header did not contain');
}

/** Seconds to wait: what Slack asked for within an hour, half a minute when it did not say. */
function boundedWait(retryAfter: number): number {
  return Number.isFinite(retryAfter) ? Math.min(Math.max(retryAfter, 1), 3600) : 30;
}

/** What a failed call means for the message: sent later, given up, or nobody knows. */
export function classifyFailure(error: unknown, method: string): SendFailure {
  if (error instanceof WebAPIRateLimitedError)
    return { type: 'limited', method, seconds: boundedWait(error.retryAfter) };
  if (isUnreadableLimit(error))
    return { type: 'limited', method, seconds: boundedWait(Number.NaN) };
  const word = slackErrorOf(error);
  if (word !== null) {
    if (PERMANENT.has(word)) return { type: 'failed', error: word };
    if (REFUSED_FOR_NOW.has(word)) return { type: 'retry', error: word };
    return { type: 'uncertain', error: word };
  }
  const network = networkCodeOf(error);
  if (network) return { type: 'retry', error: network };
  return { type: 'uncertain', error: 'no_answer' };
}

/** What to tell people when a message cannot be posted, with what they can do. Null when telling them cannot help. */
export function explainUndeliverable(error: string, recipient: string): string | null {
  return isUserId(recipient)
    ? explainUnreachable(error, mentionUser(recipient))
    : explainClosedChannel(error, mentionChannel(recipient));
}

function explainUnreachable(error: string, person: string): string | null {
  switch (error) {
    case 'channel_not_found':
    case 'is_archived':
    case 'user_disabled':
    case 'user_not_found':
    case 'user_not_visible':
      return `I can't send direct messages to ${person}: their account is deactivated, or it is not in this workspace any more. If somebody else has taken over, run \`/ea-setup\` with them.`;
    case 'cannot_dm_bot':
      return `Slack does not let me send direct messages to ${person}, so something that only they may read could not be delivered. If that is an app and not a person, run \`/ea-setup\` to name somebody else.`;
    case 'messages_tab_disabled':
    case 'not_in_channel':
    case 'restricted_action':
      return `I am not allowed to send direct messages to ${person}. Ask a workspace admin to let the Tandem app send messages.`;
    default:
      return null;
  }
}

function explainClosedChannel(error: string, channel: string): string | null {
  switch (error) {
    case 'not_in_channel':
    case 'channel_not_found':
      return `I can't post in ${channel} because I am not a member of it. Open the channel and type \`/invite @Tandem\`: what is waiting is posted then. Or run \`/ea-setup\` to pick another channel.`;
    case 'is_archived':
      return `I can't post in ${channel} because it is archived. Unarchive it, or run \`/ea-setup\` to pick another channel.`;
    case 'restricted_action':
      return `I am not allowed to post in ${channel}. Ask a workspace admin to allow apps there, or run \`/ea-setup\` to pick another channel.`;
    default:
      return null;
  }
}

import type { Payload } from '../payloads/envelopes.ts';

/** Slack's names for a failed delivery (`x-slack-retry-reason`), and two of a socket's own. */
export type FailureReason =
  | 'http_timeout'
  | 'too_many_redirects'
  | 'connection_failed'
  | 'http_error'
  | 'unknown_error'
  | 'timeout'
  | 'no_connection';

export type Attempt = {
  payload: Payload;
  /** 0 for the first time. */
  retryNum: number;
  retryReason?: FailureReason;
};

export type AttemptResult =
  | { ok: true; response: unknown }
  | { ok: false; reason: FailureReason; noRetry?: boolean };

/** One way to reach an app. An attempt always settles; it never throws. */
export type Transport = {
  attempt(attempt: Attempt): Promise<AttemptResult>;
  /** Whether an attempt made now would leave at all. */
  isReachable(): boolean;
  /** Settles when the app can be reached. */
  whenReachable(): Promise<void>;
};

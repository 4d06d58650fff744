/** What a script or the page did wrong; `message` is a sentence that lists what is there. */
export class SandboxError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'SandboxError';
    this.code = code;
    this.status = status;
  }
}

export type ApiErrorDetails = {
  needed?: string;
  provided?: string;
  response_metadata?: { messages: string[] };
};

/** A Web API call refused with Slack's error name. */
export class ApiError extends Error {
  readonly error: string;
  readonly details: ApiErrorDetails;

  constructor(error: string, details: ApiErrorDetails = {}) {
    super(error);
    this.name = 'ApiError';
    this.error = error;
    this.details = details;
  }
}

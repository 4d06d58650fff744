/** An error whose message is the sentence a person sees: what happened and what to do about it. */
export class UserFacingError extends Error {
  override name = 'UserFacingError';
  /** Block id of the form field that it is about, when there is one. */
  readonly field: string | undefined;

  constructor(userMessage: string, options: { field?: string; cause?: unknown } = {}) {
    super(userMessage, options.cause === undefined ? undefined : { cause: options.cause });
    this.field = options.field;
  }
}

import type { Finding } from './rule.ts';

/** The `error` of Slack's reply. */
export type SlackErrorName =
  | 'invalid_arguments'
  | 'invalid_attachments'
  | 'invalid_blocks'
  | 'invalid_blocks_format'
  | 'invalid_metadata_format'
  | 'invalid_metadata_schema'
  | 'markdown_text_conflict'
  | 'msg_blocks_too_long'
  | 'msg_too_long'
  | 'no_text'
  | 'too_many_attachments'
  | 'view_too_large';

/** One thing that Slack would refuse. `pointer` is a JSON pointer into the arguments of the call. */
export type LimitProblem = {
  readonly error: SlackErrorName;
  readonly pointer: string;
  readonly message: string;
};

export type SlackErrorReply = {
  ok: false;
  error: SlackErrorName;
  response_metadata: { messages: string[] };
};

/** Gives findings the name under which Slack refuses them. */
export const problemsOf = (findings: readonly Finding[], error: SlackErrorName): LimitProblem[] =>
  findings.map((finding) => ({ error, ...finding }));

/**
 * Slack's reply to a payload with these problems. The first problem names the error; every
 * problem is in the messages. Throws when there is no problem.
 */
export function toSlackError(problems: readonly LimitProblem[]): SlackErrorReply {
  const [first] = problems;
  if (!first) throw new RangeError('a Slack error needs at least one problem');
  return {
    ok: false,
    error: first.error,
    response_metadata: {
      messages: problems.map(
        ({ message, pointer }) => `[ERROR] ${message} [json-pointer:${pointer}]`,
      ),
    },
  };
}

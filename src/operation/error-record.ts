const DEPTH = 4;
const LONGEST = 600;

/**
 * What the log keeps of an error: its kind, what it says, where it arose. Fields of any other name are left out, because
 * libraries put rows, arguments and payloads there.
 */
export function describeError(error: unknown, depth = 0): object {
  if (!Error.isError(error)) return { type: typeof error, message: withoutValues(String(error)) };
  const code: unknown = 'code' in error ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const inner = error instanceof AggregateError ? error.errors.slice(0, DEPTH) : [];
  return {
    type: error.name,
    message: withoutValues(error.message),
    ...(typeof code === 'string' && { code }),
    ...(frames.length > 0 && { stack: frames.join('\n') }),
    ...(inner.length > 0 &&
      depth < DEPTH && { errors: inner.map((one) => describeError(one, depth + 1)) }),
    ...(error.cause !== undefined &&
      depth < DEPTH && { cause: describeError(error.cause, depth + 1) }),
  };
}

/** A message without the values that databases and parsers quote, since these can be what people wrote. */
export function withoutValues(message: string): string {
  const plain = withoutArguments(message)
    .replaceAll(/Failing row contains \(.*/gs, 'Failing row contains (…)')
    .replaceAll(/\)=\((?:[^()]|\([^()]*\))*\)/g, ')=(…)')
    .replaceAll(/invalid input (?:syntax|value) for ([^:]{1,60}): ".*"/gs, 'invalid input for $1')
    .replaceAll(/(?:Unexpected token |\.*").*is not valid JSON/gs, 'it is not valid JSON');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
}

/** Prisma shows the whole call with its data above its complaint. */
function withoutArguments(message: string): string {
  const call = /Invalid `[\w.$]+\(\)` invocation/.exec(message)?.[0];
  if (!call) return message;
  const complaint = message.split('\n\n').at(-1)?.trim() ?? '';
  return complaint.includes('invocation') || complaint.includes('{')
    ? call
    : `${call}: ${complaint}`;
}

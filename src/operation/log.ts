import { type DestinationStream, type Logger, pino } from 'pino';
import { describeError } from './error-record.ts';
import { currentRequestId } from './request.ts';

/** Slack's tokens, wherever in a line they stand. */
const TOKEN = /\b(?:xox[a-z](?:\.xox[a-z])?|xapp|xwfp)-[\w.-]+/g;

/** Shorter values are no secrets but words that lines need. */
const SHORTEST_SECRET = 8;

const CENSORED = '[redacted]';

/**
 * The log: one line of JSON for each entry, with the id of the request that it belongs to. No line holds one of
 * `secrets` or a token of Slack's, however it got there.
 */
export function createLog(o: {
  level: string;
  to: DestinationStream;
  secrets: readonly string[];
}): Logger {
  return pino(
    {
      level: o.level,
      serializers: { err: (error: unknown) => describeError(error) },
      mixin: () => {
        const request = currentRequestId();
        return request === undefined ? {} : { request };
      },
    },
    withoutSecrets(o.to, o.secrets),
  );
}

function withoutSecrets(to: DestinationStream, secrets: readonly string[]): DestinationStream {
  const values = secrets
    .filter((one) => one.length >= SHORTEST_SECRET)
    .flatMap((one) => [one, JSON.stringify(one).slice(1, -1), encodeURIComponent(one)]);
  return {
    write(line) {
      let safe = line.replaceAll(TOKEN, CENSORED);
      for (const value of values) safe = safe.replaceAll(value, CENSORED);
      to.write(safe);
    },
  };
}

import type { Reply } from './web-api/method.ts';

/** One Web API call or answer to a `response_url`, without secrets. */
export type RecordedCall = {
  /** Simulated time, ISO 8601 in UTC. */
  at: string;
  team: string | null;
  method: string;
  args: Record<string, unknown>;
  status: number;
  /** What the sandbox answered; null when the connection was cut instead. */
  reply: Reply | null;
};

export type Recorder = {
  add(call: RecordedCall): void;
  all(): RecordedCall[];
  onCall(listener: (call: RecordedCall) => void): () => void;
};

const SECRETS = ['token', 'access_token', 'client_secret', 'code', 'refresh_token'];

function withoutSecrets<T extends Record<string, unknown>>(fields: T): T {
  const copy = { ...fields };
  for (const name of SECRETS) {
    if (name in copy) Object.assign(copy, { [name]: '(secret)' });
  }
  return copy;
}

export function createRecorder(): Recorder {
  const calls: RecordedCall[] = [];
  const listeners = new Set<(call: RecordedCall) => void>();
  return {
    add(call) {
      const clean = {
        ...call,
        args: withoutSecrets(call.args),
        reply: call.reply && withoutSecrets(call.reply),
      };
      calls.push(clean);
      for (const listener of listeners) listener(clean);
    },
    all: () => [...calls],
    onCall(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

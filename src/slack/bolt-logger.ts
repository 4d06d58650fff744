import { type Logger as BoltLogger, LogLevel } from '@slack/logger';
import type { Logger } from 'pino';
import { withoutValues } from '../operation/error-record.ts';

/** Bolt's messages in our log. Its debug output carries whole payloads, so it never gets there. */
export function toBoltLogger(log: Logger): BoltLogger {
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) => {
      const err = parts.find((part) => part instanceof Error);
      const text = withoutValues(parts.filter((part) => typeof part === 'string').join(' '));
      log[level]({ from: 'bolt', ...(err && { err }) }, text);
    };
  return {
    debug: () => undefined,
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

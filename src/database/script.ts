import { DriverAdapterError } from '@prisma/driver-adapter-utils';

/**
 * Runs SQL statements as one script, hence in one transaction, in place of Prisma's adapters: one of
 * them cuts the script at every semicolon, the other does not wait for it.
 */
export async function runScript(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    throw toAdapterError(error);
  }
}

type ServerError = Error & {
  code: string;
  severity: string;
  detail?: string;
  column?: string;
  hint?: string;
};

/** The engine passes on the message of this kind of error only. */
function toAdapterError(error: unknown): unknown {
  if (!isServerError(error)) return error;
  const { code, severity, message, detail, column, hint } = error;
  return new DriverAdapterError({
    kind: 'postgres',
    code,
    severity,
    message,
    detail,
    column,
    hint,
    originalCode: code,
    originalMessage: message,
  });
}

function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && 'code' in error && 'severity' in error;
}

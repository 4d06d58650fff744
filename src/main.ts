import { DateTime } from 'luxon';
import { ConfigError, readEnvironment } from './config.ts';
import { withoutValues } from './operation/error-record.ts';
import { startTandem } from './tandem.ts';

// What Tandem writes is for its own user only.
process.umask(0o077);

// The Socket Mode client can reject where nobody listens, when a disconnect meets a reconnect; that must not end the process.
process.on('unhandledRejection', (error) => {
  process.stderr.write(`unhandled rejection: ${describe(error)}\n`);
});

// Left alone, Node would print every field of the error.
process.on('uncaughtException', (error) => {
  process.stderr.write(`uncaught exception: ${describe(error)}\n`);
  process.exit(1);
});

try {
  const now = () => DateTime.utc();
  const tandem = await startTandem({ environment: readEnvironment(), now, machineTime: now });
  const stop = () => {
    void tandem.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  const where = error instanceof ConfigError ? '' : 'Tandem could not start: ';
  process.stderr.write(`${where}${describe(error)}\n`);
  process.exit(1);
}

/** Libraries quote what people wrote. */
function describe(error: unknown): string {
  return withoutValues(error instanceof Error ? error.message : String(error));
}

import { DateTime } from 'luxon';
import { ConfigError, readEnvironment } from './config.ts';
import { startTandem } from './tandem.ts';

// What Tandem writes is for its own user only.
process.umask(0o077);

try {
  const now = () => DateTime.utc();
  const tandem = await startTandem({ environment: readEnvironment(), now, machineTime: now });
  const stop = () => {
    void tandem.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  process.stderr.write(`${describe(error)}\n`);
  process.exit(1);
}

function describe(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  return `Tandem could not start: ${error instanceof Error ? error.message : String(error)}`;
}

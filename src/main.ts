import { DateTime } from 'luxon';
import { pino } from 'pino';
import { ConfigError, readConfig, readEnvironment } from './config.ts';
import { startTandem } from './tandem.ts';

try {
  const config = readConfig(readEnvironment());
  const log = pino({ level: config.logLevel });
  const tandem = await startTandem({ config, log, now: () => DateTime.utc() });
  log.info({ workspace: tandem.workspaceId, port: tandem.port }, 'Tandem is ready');
  const stop = (signal: string) => {
    log.info({ signal }, 'Tandem is stopping');
    void tandem.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : describe(error)}\n`);
  process.exit(1);
}

function describe(error: unknown): string {
  return `Tandem could not start: ${error instanceof Error ? error.message : String(error)}`;
}

import { parseArgs } from 'node:util';
import type { DateTime } from 'luxon';
import { pino } from 'pino';
import { ConfigError, readDatabaseConfig } from '../config.ts';
import { DatabaseError } from '../database/errors.ts';
import { openDatabase } from '../database/index.ts';
import { type Deed, readDeed } from './deliveries.ts';
import { USAGE, UsageError } from './usage.ts';

const options = {
  state: { type: 'string' },
  workspace: { type: 'string' },
  error: { type: 'string' },
  limit: { type: 'string' },
  all: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

export type AdminCall = {
  args: string[];
  environment: Readonly<Record<string, string | undefined>>;
  now: () => DateTime;
  print: (line: string) => void;
  complain: (line: string) => void;
};

/** Runs one command of the operator's; resolves with the exit code: 1 when it could not be done, 2 when it was not understood. */
export async function runAdmin(call: AdminCall): Promise<0 | 1 | 2> {
  try {
    const { values, positionals } = readArguments(call.args);
    const [subject, ...words] = positionals;
    if (values.help || subject === undefined) {
      call.print(USAGE);
      return values.help ? 0 : 2;
    }
    if (subject !== 'deliveries') throw new UsageError(`There is nothing about "${subject}".`);
    return (await perform(call, readDeed(words, values))) ? 0 : 1;
  } catch (error) {
    if (error instanceof UsageError) {
      call.complain(`${error.message}\n\n${USAGE}`);
      return 2;
    }
    if (error instanceof ConfigError || error instanceof DatabaseError) {
      call.complain(error.message);
      return 1;
    }
    throw error;
  }
}

function readArguments(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function perform(call: AdminCall, deed: Deed): Promise<boolean> {
  const { url, dataDir } = readDatabaseConfig(call.environment);
  const { now, print } = call;
  const log = pino({ level: 'silent' });
  const database = await openDatabase({ url: url?.reveal(), dataDir, log, now });
  try {
    return await deed({ database, now: now(), print });
  } finally {
    await database.close();
  }
}

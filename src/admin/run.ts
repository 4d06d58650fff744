import { parseArgs } from 'node:util';
import { ConfigError } from '../config.ts';
import { DatabaseError } from '../database/errors.ts';
import { withoutValues } from '../operation/error-record.ts';
import { backup, restore } from './backup.ts';
import type { Command, Surroundings } from './command.ts';
import { deliveries } from './deliveries.ts';
import { installations } from './installations.ts';
import { manifest } from './manifest.ts';
import { audit } from './privacy/audit.ts';
import { erase } from './privacy/erase.ts';
import { exportRecords } from './privacy/export.ts';
import { retention } from './privacy/retention.ts';
import { rotateKey } from './rotate-key.ts';
import { UsageError } from './usage.ts';

/** Everything that an operator can ask for, in the order of the help. */
const COMMANDS: readonly Command[] = [
  deliveries,
  backup,
  restore,
  exportRecords,
  erase,
  audit,
  retention,
  installations,
  rotateKey,
  manifest,
];

const WHICH_DATABASE = `The database is the one that DATABASE_URL or DATA_DIR names. An embedded one can be used by one process at a time, so
stop Tandem first.`;

export type AdminCall = Surroundings & {
  args: string[];
  complain: (line: string) => void;
};

/** Runs one command of the operator's; resolves with the exit code: 1 when it could not be done, 2 when it was not understood. */
export async function runAdmin(call: AdminCall): Promise<0 | 1 | 2> {
  let about: readonly Command[] = COMMANDS;
  try {
    const { values, positionals } = readArguments(call.args);
    const [subject, ...words] = positionals;
    const command = COMMANDS.find((one) => one.subject === subject);
    if (command) about = [command];
    if (values['help'] || subject === undefined || subject === 'help') {
      call.print(describe(about));
      return subject === undefined && !values['help'] ? 2 : 0;
    }
    if (!command) throw new UsageError(`There is nothing about "${subject}".`);
    return (await command.read(words, values)(call)) ? 0 : 1;
  } catch (error) {
    if (error instanceof UsageError) {
      call.complain(`${error.message}\n\n${describe(about)}`);
      return 2;
    }
    if (error instanceof ConfigError || error instanceof DatabaseError) {
      call.complain(error.message);
      return 1;
    }
    // Left alone, Node would print every field of the error, and libraries put what people wrote there.
    const reason = withoutValues(error instanceof Error ? error.message : String(error));
    call.complain(`This could not be done: ${reason}`);
    return 1;
  }
}

function describe(commands: readonly Command[]): string {
  return [...commands.map(({ usage }) => usage), WHICH_DATABASE].join('\n\n');
}

function readArguments(args: string[]) {
  const options = Object.assign(
    { help: { type: 'boolean' } as const },
    ...COMMANDS.map((command) => command.options),
  ) as Command['options'];
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return { values: { ...values }, positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

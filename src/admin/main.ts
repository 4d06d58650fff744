import { DateTime } from 'luxon';
import { readEnvironment } from '../config.ts';
import { runAdmin } from './run.ts';

process.exitCode = await runAdmin({
  args: process.argv.slice(2),
  environment: readEnvironment(),
  now: () => DateTime.utc(),
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
});

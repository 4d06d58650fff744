import { parseArgs } from 'node:util';
import { DateTime } from 'luxon';
import { play } from './play/play.ts';

const USAGE = `npm run sandbox -- [options]

A local Slack workspace with an executive in New York and an EA in Manila, and Tandem in it.

  --play day        play one day without a browser, print what both see, and stop
  --date DATE       the day that is played, YYYY-MM-DD (default 2026-03-03)
  --record FILE     write every call to Slack's Web API to FILE, as JSON lines
  --data DIR        keep the embedded database in DIR (default: a fresh one, removed at the end)
  --postgres URL    use a PostgreSQL database
  --port PORT       where the workspace listens on 127.0.0.1 (default 3000)
  --help            show this`;

const options = {
  play: { type: 'string' },
  date: { type: 'string', default: '2026-03-03' },
  record: { type: 'string' },
  data: { type: 'string' },
  postgres: { type: 'string' },
  port: { type: 'string', default: '3000' },
  help: { type: 'boolean', default: false },
} as const;

process.exitCode = await run();

async function run(): Promise<number> {
  let values: ReturnType<typeof read>;
  try {
    values = read();
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values.play !== undefined && values.play !== 'day')
    return fail(`There is no play called "${values.play}".`);
  if (!DateTime.fromISO(values.date).isValid)
    return fail(`"${values.date}" is not a date such as 2026-03-03.`);
  const ok = await play({
    on: values.date,
    recordTo: values.record,
    dataDir: values.data,
    databaseUrl: values.postgres,
    print: (line) => console.log(line),
  });
  return ok ? 0 : 1;
}

function read() {
  return parseArgs({ options }).values;
}

function fail(message: string): number {
  console.error(`${message}\n\n${USAGE}`);
  return 2;
}

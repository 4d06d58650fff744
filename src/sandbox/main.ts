import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DateTime } from 'luxon';
import { openLive } from './play/live.ts';
import { PLAYS, type PlayName, play } from './play/play.ts';

const USAGE = `npm run sandbox -- [options]

A local Slack workspace with an executive in New York and an EA in Manila, and Tandem in it.

  --play day|week   play a day or a week without a browser, print what both see, and stop
  --date DATE       the day, or a day of the week, that is played: YYYY-MM-DD (default 2026-03-03)
  --speed STEPS     watch the play on the page, at so many steps a minute, such as 30
  --record FILE     write every call to Slack's Web API to FILE, as JSON lines
  --oauth           two workspaces with the same ids of people, which install Tandem by its install page
  --data DIR        keep the database, the messages and the clock in DIR, and go on from there the next time
                    (default: nothing is kept)
  --postgres URL    use a PostgreSQL database; with --data as well when it is to be used again
  --port PORT       where the workspace listens on 127.0.0.1 (default 3000)
  --help            show this`;

const options = {
  play: { type: 'string' },
  date: { type: 'string', default: '2026-03-03' },
  speed: { type: 'string' },
  record: { type: 'string' },
  oauth: { type: 'boolean', default: false },
  data: { type: 'string' },
  postgres: { type: 'string' },
  port: { type: 'string', default: '3000' },
  help: { type: 'boolean', default: false },
} as const;

try {
  process.exitCode = await run();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

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
  const port = Number(values.port);
  const name = Object.keys(PLAYS).find((one): one is PlayName => one === values.play);
  if (values.play !== undefined && name === undefined) {
    return fail(
      `There is no play called "${values.play}". There are: ${Object.keys(PLAYS).join(', ')}.`,
    );
  }
  if (!DateTime.fromISO(values.date).isValid) {
    return fail(`"${values.date}" is not a date such as 2026-03-03.`);
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return fail(`"${values.port}" is not a port from 0 to 65535.`);
  }
  const stepsPerMinute = Number(values.speed ?? 30);
  if (!(stepsPerMinute > 0 && stepsPerMinute <= 6000)) {
    return fail(`"${values.speed}" is not a number of steps a minute from 1 to 6000.`);
  }
  const common = {
    on: values.date,
    dataDir: values.data,
    databaseUrl: values.postgres,
    print: (line: string) => console.log(line),
  };
  if (name && values.oauth) {
    return fail('A play is of one workspace: leave out --play or --oauth.');
  }
  if (name) {
    if (values.data !== undefined && (await isFilled(values.data))) {
      return fail(
        `"${values.data}" is not empty. A play starts from nothing: name an empty folder, or none.`,
      );
    }
    const watch = values.speed === undefined ? undefined : { port, stepsPerMinute };
    return (await play({ ...common, name, recordTo: values.record, watch })) ? 0 : 1;
  }
  const live = await openLive({ ...common, port, oauth: values.oauth });
  const ended = Promise.withResolvers<void>();
  process.once('SIGINT', ended.resolve);
  process.once('SIGTERM', ended.resolve);
  await ended.promise;
  await live.stop();
  return 0;
}

async function isFilled(folder: string): Promise<boolean> {
  const entries = await readdir(folder).catch(() => []);
  return entries.length > 0;
}

function read() {
  return parseArgs({ options }).values;
}

function fail(message: string): number {
  console.error(`${message}\n\n${USAGE}`);
  return 2;
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'This port is in use. Choose another one: npm run sandbox -- --port 3100';
  }
  if (error.name === 'KeptError') return error.message;
  if (['DatabaseError', 'SandboxError'].includes(error.name))
    return `${error.message} (here: --data)`;
  return error.stack ?? error.message;
}

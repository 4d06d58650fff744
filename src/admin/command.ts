import type { DateTime } from 'luxon';
import { pino } from 'pino';
import { readDatabaseConfig } from '../config.ts';
import { type Database, openDatabase } from '../database/index.ts';

/** Where a command runs, and how it speaks with the operator. */
export type Surroundings = {
  environment: Readonly<Record<string, string | undefined>>;
  now: () => DateTime;
  print: (line: string) => void;
};

/** What was asked for, understood; answers whether all of it could be done. */
export type Task = (surroundings: Surroundings) => Promise<boolean>;

/** The options of all commands as they were given. */
export type Options = Readonly<Record<string, string | boolean | undefined>>;

/** One subject of `npm run admin`. */
export type Command = {
  subject: string;
  /** Its own options; `help` is everybody's. */
  options: Readonly<Record<string, { type: 'string' | 'boolean' }>>;
  /** What the help says about it: its forms, then what they do. */
  usage: string;
  /** Understands the words behind the subject before any database is opened; throws a UsageError. */
  read(words: readonly string[], options: Options): Task;
};

/** The open database that a deed works on, and how it speaks with the operator. */
export type On = { database: Database; now: DateTime; print: (line: string) => void };

/** A task on the database that DATABASE_URL or DATA_DIR names, opened and closed around it. */
export function onDatabase(deed: (on: On) => Promise<boolean>): Task {
  return async ({ environment, now, print }) => {
    const { url, dataDir } = readDatabaseConfig(environment);
    const log = pino({ level: 'silent' });
    const database = await openDatabase({ url: url?.reveal(), dataDir, log, now });
    try {
      return await deed({ database, now: now(), print });
    } finally {
      await database.close();
    }
  };
}

/** An option that takes a value. */
export function textOf(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

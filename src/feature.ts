import type { App } from '@slack/bolt';
import type { DateTime } from 'luxon';
import type { Deps } from './deps.ts';
import type { JobHandler, Sweep } from './jobs/index.ts';

/** One thing that Tandem does: what people can do, what the clock does, and what `/ea help` says about it. */
export type Feature = {
  name: string;
  /** Lines of `/ea help`. */
  help?: HelpLine[];
  register?(app: App, deps: Deps): void;
  /** Queues that this feature works on. */
  jobs?(deps: Deps): JobHandler[];
  /** What each minute looks for rows that are due. */
  sweeps?(deps: Deps): PlannedSweep[];
  /** Ends what it does outside of jobs and sweeps. */
  stop?(): Promise<void>;
};

export type HelpLine = { command: string; does: string };

export type PlannedSweep = Sweep & {
  /** When there is next something to do, null when nothing is planned. Drives the sandbox's clock. */
  nextAt?(): Promise<DateTime | null>;
};

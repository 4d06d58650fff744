import type { App } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { DateTime } from 'luxon';
import type { Action, PairRole } from './access/index.ts';
import type { Deps } from './deps.ts';
import type { JobHandler, Sweep } from './jobs/index.ts';
import type { Pair } from './pairs/index.ts';
import type { RecordKind } from './privacy/index.ts';
import type { CommandCall } from './slack/listen.ts';

/** One thing that Tandem does: what people can do, what the clock does, and what `/ea help` says about it. */
export type Feature = {
  name: string;
  /** Lines of `/ea help`. */
  help?: HelpLine[];
  register?(app: App, deps: Deps): void;
  /** What `/ea <word>` does, by word. */
  words?(deps: Deps): Readonly<Record<string, (call: CommandCall) => Promise<void>>>;
  /** What is stored of people, as they are told about it; exports, erasures and retention follow it. */
  records?: readonly RecordKind[];
  /** Queues that this feature works on. */
  jobs?(deps: Deps): JobHandler[];
  /** What each minute looks for rows that are due. */
  sweeps?(deps: Deps): PlannedSweep[];
  /**
   * What one person's Home tab shows of this feature, the most pressing first; empty when there is nothing. It is
   * asked again after everything that the person or their partner does and after every message about the pair.
   */
  home?(deps: Deps, viewer: HomeViewer): Promise<HomeSection[]>;
  /** Ends what it does outside of jobs and sweeps. */
  stop?(): Promise<void>;
};

export type HelpLine = {
  command: string;
  does: string;
  /**
   * What a person presses instead of typing it. It also works where there is no channel, such as in Home: there it is
   * offered to those who may do `needs` in one of their pairs, without it to everybody.
   */
  button?: {
    text: string;
    actionId: string;
    value?: string;
    needs?: Action;
    group: ButtonGroup;
    /** Where it stands among those of its group, 1 for what is pressed most. */
    rank: number;
  };
};

/** Under which heading a button stands. */
export type ButtonGroup = 'follow' | 'talk' | 'time' | 'agreed' | 'settings';

/** Whose Home tab it is. */
export type HomeViewer = {
  workspaceId: string;
  userId: string;
  /** IANA name: their working hours', else their Slack profile's. */
  zone: string;
  /** Those that have not ended, oldest first, each with what the person is in it. */
  pairs: { pair: Pair; role: PairRole }[];
  /** Whether the person administers the workspace. */
  isAdmin: boolean;
};

/** Where something stands in Home: what waits for the person, what comes next, the settings of a pair, and so on. */
export type HomePlace = 'waiting' | 'next' | 'pair' | 'away' | 'privacy';

/** One thing in Home. A long list is one section for each entry, so that it can be paged. */
export type HomeSection = { place: HomePlace; blocks: KnownBlock[] };

export type PlannedSweep = Sweep & {
  /** It also does what was missed, which `nextAt` does not speak of, so that it runs whenever somebody looks. */
  isRepair?: true;
  /** When there is next something to do, null when nothing is planned. Drives the sandbox's clock. */
  nextAt?(): Promise<DateTime | null>;
};

import { setTimeout as pause } from 'node:timers/promises';
import { DateTime } from 'luxon';
import type { Action, ActResult, MessageState, PersonState, Sandbox } from '../index.ts';
import type { Transcript } from './transcript.ts';

type WithoutWho<T> = T extends unknown ? Omit<T, 'team' | 'user'> : never;

/** What somebody does, without who. */
export type Deed = WithoutWho<Action>;

/** What a play is written with. Everything settles before the next line runs. */
export type Script = {
  sandbox: Sandbox;
  tell(sentence: string): void;
  /** Lets time pass until clocks in `zone` show this local time, and everything due on the way happen. */
  until(on: string, time: string, zone: string): Promise<void>;
  /** A person does something, told in `words`. */
  act(who: string, words: string, deed: Deed): Promise<ActResult>;
  /** What a person can read of Tandem now, in one place: '#channel' or 'DM'. */
  read(who: string, place: string): MessageState[];
  /** What a person's Home tab says now; empty before it was opened. */
  readHome(who: string): string;
  /** Notes whether something is as the story wants it. */
  expect(what: string, isSo: boolean): void;
  failures(): string[];
};

export function createScript(o: {
  sandbox: Sandbox;
  team: string;
  transcript: Transcript;
  /** Real milliseconds between two steps, so that they can be watched; 0 for none. */
  pauseMs: number;
}): Script {
  const { sandbox, team, transcript } = o;
  const failed: string[] = [];

  function person(who: string): PersonState {
    const found = sandbox
      .state({ team })
      .teams.at(0)
      ?.people.find((one) => one.name === who);
    if (!found) throw new Error(`the play knows nobody called ${who}`);
    return found;
  }

  return {
    sandbox,
    tell: transcript.tell,
    async until(on, time, zone) {
      const target = DateTime.fromISO(`${on}T${time}`, { zone });
      for (;;) {
        const next = await nextStop(sandbox, target);
        await sandbox.advanceTo(next);
        transcript.update();
        await pause(o.pauseMs);
        if (next >= target) return;
      }
    },
    async act(who, words, deed) {
      transcript.act(who, words);
      const result = await sandbox.act({ ...deed, team, user: who });
      // Nobody is faster than this, and Slack takes one message a second in a channel.
      await sandbox.advanceTo(sandbox.now().plus({ seconds: 5 }));
      transcript.update();
      transcript.form(who, result.modal);
      const errors = Object.entries(result.modal?.errors ?? {});
      for (const [label, error] of errors) transcript.tell(`The form says at "${label}": ${error}`);
      await pause(o.pauseMs);
      return result;
    },
    read(who, place) {
      const channels = person(who).channels;
      const channel = channels.find((one) =>
        place === 'DM'
          ? one.kind === 'im' && one.messages.some((m) => m.byBot)
          : one.name === place,
      );
      return (channel?.messages ?? []).filter((one) => one.byBot);
    },
    readHome: (who) =>
      person(who)
        .homes.map((one) => one.text)
        .join('\n'),
    expect(what, isSo) {
      if (isSo) return;
      failed.push(what);
      transcript.tell(`NOT AS EXPECTED: ${what}`);
    },
    failures: () => [...failed],
  };
}

/** The next moment at which the app has something to do, so that the transcript shows it at its time. */
async function nextStop(sandbox: Sandbox, target: DateTime): Promise<DateTime> {
  const next = await sandbox.nextEventAt();
  return next && next > sandbox.now() && next < target ? next : target;
}

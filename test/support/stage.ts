import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { DateTime } from 'luxon';
import {
  type Action,
  type ActResult,
  type MessageState,
  type PersonState,
  type Sandbox,
  startSandbox,
} from '../../src/sandbox/index.ts';
import { createDemo, type Demo } from '../../src/sandbox/play/demo.ts';
import { startTandem, type Tandem } from '../../src/tandem.ts';
import { openPlace, type Place } from './place.ts';

export type Receiver = 'Socket Mode' | 'signed HTTP';
export const RECEIVERS: Receiver[] = ['Socket Mode', 'signed HTTP'];

type WithoutWho<T> = T extends unknown ? Omit<T, 'team' | 'user'> : never;

export type Stage = {
  sandbox: Sandbox;
  demo: Demo;
  tandem: Tandem;
  /** A person does something; resolves when the app has acted on it. */
  act(who: string, deed: WithoutWho<Action>): Promise<ActResult>;
  /** Lets time pass until clocks in `zone` show `time` on `on`, with everything that is due on the way. */
  until(on: string, time: string, zone: string): Promise<void>;
  /** What Tandem wrote where this person can see it: 'DM' or '#channel', oldest first. */
  read(who: string, place: string): MessageState[];
  person(who: string): PersonState;
  /** Calls to the Web API that Slack would have refused. */
  rejected(): string[];
  close(): Promise<void>;
};

export const PAIR = '#dana-ana';
export const NEW_YORK = 'America/New_York';
export const MANILA = 'Asia/Manila';

/** The demo workspace with Tandem running against it, over either way of receiving; removes the place when closed. */
export async function openStage(
  o: {
    receiver?: Receiver;
    startAt?: string;
    place?: Place;
    logTo?: { write(line: string): void };
    /** Does something before Tandem starts. */
    prepare?: (stage: { sandbox: Sandbox; demo: Demo }) => Promise<void>;
    /** Variables of the environment beside those that connect it. */
    environment?: Record<string, string>;
  } = {},
): Promise<Stage> {
  const startAt = DateTime.fromISO(o.startAt ?? '2026-03-03T07:30', { zone: MANILA });
  const sandbox = await startSandbox({ startAt, realTime: false });
  const port = await findFreePort();
  const http = o.receiver === 'signed HTTP';
  const requestUrl = `http://127.0.0.1:${port}/slack/events`;
  const demo = await createDemo(sandbox, http ? { mode: 'http', requestUrl } : { mode: 'socket' });
  const place = o.place ?? (await openPlace());
  await o.prepare?.({ sandbox, demo });
  const tandem = await startTandem({
    environment: {
      SLACK_BOT_TOKEN: demo.app.botToken,
      ...(http
        ? { SLACK_SIGNING_SECRET: demo.app.signingSecret }
        : { SLACK_APP_TOKEN: demo.app.appToken }),
      SLACK_API_URL: sandbox.apiUrl,
      ...place.environment,
      PORT: String(port),
      LOG_LEVEL: o.logTo ? 'info' : 'silent',
      // Tests do in seconds what people do in days.
      LIMIT_PER_PERSON: '100000',
      LIMIT_PER_WORKSPACE: '1000000',
      ...o.environment,
    },
    now: () => sandbox.now(),
    machineTime: () => DateTime.utc(),
    tick: 'manual',
    ...(o.logTo && { logTo: o.logTo }),
  });
  sandbox.attachApp(tandem);
  await sandbox.verifyRequestUrls();
  const team = demo.workspace.id;
  const person = (who: string): PersonState => {
    const people = sandbox.state({ team }).teams.flatMap((one) => one.people);
    const found = people.find((one) => one.name === who);
    if (!found) throw new Error(`nobody is called ${who}`);
    return found;
  };
  return {
    sandbox,
    demo,
    tandem,
    person,
    async act(user, deed) {
      const result = await sandbox.act({ ...deed, team, user });
      // Slack takes one message a second in a channel, and simulated time stands still.
      await sandbox.advanceTo(sandbox.now().plus({ seconds: 5 }));
      return result;
    },
    until: (on, time, zone) => sandbox.advanceTo(DateTime.fromISO(`${on}T${time}`, { zone })),
    read: (who, place) =>
      person(who)
        .channels.filter((one) => (place === 'DM' ? one.kind === 'im' : one.name === place))
        .flatMap((one) => one.messages)
        .filter((one) => one.byBot && one.subtype === null),
    rejected: () =>
      sandbox
        .record()
        .filter(
          ({ reply }) =>
            !(typeof reply === 'object' && reply !== null && 'ok' in reply && reply.ok),
        )
        .map(({ method, reply }) => `${method} ${JSON.stringify(reply)}`),
    async close() {
      await tandem.stop();
      await sandbox.stop();
      await place.remove();
    },
  };
}

/** Sets the pair up through the forms, with the hours that are proposed by default, and accepts. */
export async function setUpPair(
  stage: Stage,
  changes: Record<string, string | string[]> = {},
): Promise<void> {
  await proposePair(stage, changes);
  await stage.act('Ana', { do: 'click', click: 'Accept' });
}

export async function proposePair(
  stage: Stage,
  changes: Record<string, string | string[]> = {},
): Promise<void> {
  await stage.act('Dana', { do: 'command', command: '/ea-setup', in: PAIR });
  await stage.act('Dana', {
    do: 'submit',
    fill: { 'I am the': 'Executive', 'The other person': 'Ana', 'Your shared channel': PAIR },
  });
  await stage.act('Dana', { do: 'submit', fill: changes });
  await stage.act('Dana', { do: 'close', all: true });
}

/** Lets work that is tried again come to its next try, whose pauses are in real time, until it `isSo`; throws if never. */
export async function waitFor(stage: Stage, isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (isSo()) return;
    await stage.sandbox.advanceTo(stage.sandbox.now().plus({ seconds: 5 }));
    await setTimeout(100);
  }
  throw new Error('it did not happen');
}

export async function findFreePort(): Promise<number> {
  const server = createServer();
  const listening = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', () => listening.resolve());
  await listening.promise;
  const address = server.address();
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  await closed.promise;
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

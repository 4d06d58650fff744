import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { type Sandbox, startSandbox } from '../index.ts';
import { createPage } from '../page-server.ts';
import { startOfDay } from './day.ts';
import { createDemo, installAgain, PAIR_CHANNEL, PEOPLE } from './demo.ts';
import { clientOf, type Host, startHost, tokensOf } from './host.ts';
import { keepIn, readKept, type Setting } from './keeping.ts';
import { COMPANIES, createCompanies, installInFirst, registerForOAuth } from './two-workspaces.ts';

export type LiveOptions = {
  on: string;
  port: number;
  dataDir?: string | undefined;
  databaseUrl?: string | undefined;
  /** Two workspaces that install Tandem by themselves, instead of one that has it. */
  oauth?: boolean;
  print: (line: string) => void;
};

export type Live = { url: string; stop(): Promise<void> };

const LOOK_EVERY_MS = 1000;

type Opened = { sandbox: Sandbox; host: Host; introduction: string[] };
type OpenOptions = LiveOptions & { page: RequestHandler; stops: (() => Promise<void>)[] };

/** Opens the workspace for people to play in; its clock runs on with real time and can be moved. */
export async function openLive(o: LiveOptions): Promise<Live> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    const page = await createPage({ print: o.print });
    const opened = await (o.oauth ? openTwo : openOne)({ ...o, page, stops });
    const timer = lookForWork(opened, o.print);
    stops.push(async () => clearInterval(timer));
    for (const line of opened.introduction) o.print(line);
    o.print('\nPress Ctrl+C to stop.');
    return { url: opened.sandbox.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function lookForWork({ sandbox, host }: Opened, print: LiveOptions['print']): NodeJS.Timeout {
  let settling = false;
  const look = async () => {
    if (settling) return;
    settling = true;
    try {
      const next = await host.tandem.nextEventAt();
      if (next && next <= sandbox.now()) await sandbox.settle();
    } catch (error) {
      print(`could not look for due work: ${String(error)}`);
    } finally {
      settling = false;
    }
  };
  return setInterval(() => void look(), LOOK_EVERY_MS);
}

async function openOne(o: OpenOptions): Promise<Opened> {
  const kept = await readKept(o.dataDir, 'one workspace');
  const sandbox = await openSandbox(o, kept?.world);
  const app = kept ? await installAgain(sandbox) : (await createDemo(sandbox)).app;
  await keep(o, sandbox, { kind: 'one workspace' });
  const host = await startTandem(o, sandbox, tokensOf(app));
  return { sandbox, host, introduction: introduce(sandbox.url) };
}

async function openTwo(o: OpenOptions): Promise<Opened> {
  const kept = await readKept(o.dataDir, 'two workspaces');
  const sandbox = await openSandbox(o, kept?.world);
  const [first] = kept ? [] : createCompanies(sandbox);
  const app = await registerForOAuth(sandbox, kept?.setting.port);
  const encryptionKey = kept?.setting.encryptionKey ?? randomBytes(32).toString('base64');
  await keep(o, sandbox, { kind: 'two workspaces', encryptionKey, port: app.port });
  const host = await startTandem(o, sandbox, clientOf(app, encryptionKey));
  await sandbox.verifyRequestUrls();
  if (first) await installInFirst(sandbox, { workspace: first, installUrl: app.installUrl });
  return { sandbox, host, introduction: introduceBoth(sandbox.url, app.installUrl) };
}

async function openSandbox(o: OpenOptions, saved: unknown): Promise<Sandbox> {
  const startAt = startOfDay(o.on);
  const sandbox = await startSandbox({ port: o.port, startAt, page: o.page, saved });
  o.stops.push(() => sandbox.stop());
  return sandbox;
}

async function keep(o: OpenOptions, sandbox: Sandbox, setting: Setting): Promise<void> {
  const keeper = await keepIn(o.dataDir, { sandbox, setting });
  o.stops.push(() => keeper.stop());
}

async function startTandem(
  o: OpenOptions,
  sandbox: Sandbox,
  slack: Record<string, string>,
): Promise<Host> {
  const { dataDir, databaseUrl } = o;
  const host = await startHost({ dataDir, databaseUrl, sandbox, slack });
  o.stops.push(() => host.stop());
  return host;
}

function introduceBoth(url: string, installUrl: string): string[] {
  const [first, second] = COMPANIES;
  return [
    '',
    `The workspaces are open at ${url}`,
    '',
    `  ${first.name} has Tandem: ${first.executive.name} is the executive, ${first.ea.name} the EA.`,
    `  ${second.name} does not yet: choose it at the top, then Install Tandem. ${second.executive.name} and ${second.ea.name}`,
    `  have the ids of ${first.executive.name} and ${first.ea.name}, and see nothing of theirs.`,
    `  The install page: ${installUrl}`,
    '  The menu beside the name of a workspace installs Tandem again, or removes it.',
  ];
}

function introduce(url: string): string[] {
  return [
    '',
    `The workspace is open at ${url}`,
    '',
    `  ${PEOPLE.executive} is the executive, in New York. ${PEOPLE.ea} is the EA, in Manila. Their channel is #${PAIR_CHANNEL}.`,
    `  1. As ${PEOPLE.executive}, type /ea-setup in #${PAIR_CHANNEL} and propose the agreement.`,
    `  2. As ${PEOPLE.ea}, accept it in the direct message from Tandem.`,
    '  3. Move the clock to the next event: the first check-in is asked at 09:00 local time.',
  ];
}

import { startSandbox } from '../index.ts';
import { createPage } from '../page-server.ts';
import { startOfDay } from './day.ts';
import { createDemo, PAIR_CHANNEL, PEOPLE } from './demo.ts';
import { startHost } from './host.ts';

export type LiveOptions = {
  on: string;
  port: number;
  dataDir?: string | undefined;
  databaseUrl?: string | undefined;
  print: (line: string) => void;
};

export type Live = { url: string; stop(): Promise<void> };

const LOOK_EVERY_MS = 1000;

/** Opens the demo workspace for people to play in; its clock runs on with real time and can be moved. */
export async function openLive(o: LiveOptions): Promise<Live> {
  const page = await createPage({ print: o.print });
  const sandbox = await startSandbox({ port: o.port, startAt: startOfDay(o.on), page });
  const demo = await createDemo(sandbox);
  const host = await startHost({ ...o, sandbox, app: demo.app });
  let settling = false;
  const look = async () => {
    if (settling) return;
    settling = true;
    try {
      const next = await host.tandem.nextEventAt();
      if (next && next <= sandbox.now()) await sandbox.settle();
    } catch (error) {
      o.print(`could not look for due work: ${String(error)}`);
    } finally {
      settling = false;
    }
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  for (const line of introduce(sandbox.url)) o.print(line);
  return {
    url: sandbox.url,
    async stop() {
      clearInterval(timer);
      await host.stop();
      await sandbox.stop();
    },
  };
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
    '',
    'Press Ctrl+C to stop.',
  ];
}

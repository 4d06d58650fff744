import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const REPLICA = fileURLToPath(new URL('replica.process.ts', import.meta.url));
const RESPAWN_MS = 200;
const STOP_MS = 30_000;
const KEPT_LINES = 4000;

type Replica = {
  name: string;
  slot: number;
  child: ChildProcess;
  /** Where it listens, once it is ready. */
  port: number | null;
  exited: Promise<unknown>;
};

export type Fleet = {
  /** Ports of the replicas that are ready. */
  ports(): number[];
  /** Resolves when that many replicas are ready. */
  ready(count: number): Promise<void>;
  /** `kill -9` of the n-th ready replica; it is started again, as a supervisor would. */
  kill(nth: number): Promise<void>;
  killAll(): Promise<void>;
  /** Ends every replica as an operator does; nothing is started again. */
  stopAll(): Promise<void>;
  start(): void;
  /** Gives the replicas the simulated time. */
  tell(nowMs: number): void;
  /** What the replicas logged, the newest last. */
  log(): string[];
  /** How often a replica ended without being asked to. */
  failures(): number;
};

/** Keeps `size` Tandem processes running. They end with this process, however that happens. */
export function createFleet(o: { size: number; env: NodeJS.ProcessEnv; now: () => number }): Fleet {
  const replicas = new Map<string, Replica>();
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let isWanted = false;
  let started = 0;
  let failed = 0;

  const ready = () => [...replicas.values()].filter(({ port }) => port !== null);

  function spawnOne(slot: number): void {
    const isThere = [...replicas.values()].some((one) => one.slot === slot);
    if (!isWanted || isThere) return;
    started += 1;
    const name = `replica ${slot}.${started}`;
    const child = spawn(process.execPath, [REPLICA, String(o.now())], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: o.env,
    });
    const replica: Replica = { name, slot, child, port: null, exited: once(child, 'exit') };
    replicas.set(name, replica);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface(stream).on('line', (line) => note(name, line));
    }
    child.on('message', ({ port }: { port: number }) => {
      replica.port = port;
      for (const look of waiting) look();
    });
    child.on('error', (error) => note(name, String(error)));
    child.on('exit', (code, signal) => {
      note(name, `ended with ${code ?? signal}`);
      replicas.delete(name);
      if (signal !== 'SIGKILL' && isWanted) failed += 1;
      if (isWanted) void setTimeout(RESPAWN_MS).then(() => spawnOne(slot));
    });
  }

  function note(name: string, line: string): void {
    lines.push(`${new Date(o.now()).toISOString()} ${name} ${line}`);
    if (lines.length > KEPT_LINES) lines.splice(0, KEPT_LINES / 4);
  }

  async function end(replica: Replica): Promise<void> {
    replica.child.kill('SIGKILL');
    await replica.exited;
  }

  return {
    ports: () => ready().flatMap(({ port }) => port ?? []),
    ready(count) {
      return new Promise((resolve) => {
        const look = () => {
          if (ready().length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    },
    async kill(nth) {
      const replica = ready()[nth];
      if (replica) await end(replica);
    },
    async killAll() {
      isWanted = false;
      await Promise.all([...replicas.values()].map(end));
    },
    async stopAll() {
      isWanted = false;
      const stopped = [...replicas.values()].map(async (replica) => {
        if (replica.port === null) return await end(replica);
        replica.child.send('stop', () => {});
        await Promise.race([replica.exited, setTimeout(STOP_MS, undefined, { ref: false })]);
        if (replica.child.exitCode !== null || replica.child.signalCode !== null) return;
        note(replica.name, 'did not stop in time');
        failed += 1;
        await end(replica);
      });
      await Promise.all(stopped);
    },
    start() {
      isWanted = true;
      for (let slot = 1; slot <= o.size; slot += 1) spawnOne(slot);
    },
    tell(nowMs) {
      for (const { child } of replicas.values()) {
        if (child.connected) child.send({ nowMs }, () => {});
      }
    },
    log: () => [...lines],
    failures: () => failed,
  };
}

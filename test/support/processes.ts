import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type Script = {
  /** Lines of its standard output so far. */
  lines: string[];
  /** The first line that `matches`, also when it came before; rejects when the script ends without it. */
  line(matches: (line: string) => boolean): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<void>;
  exited: Promise<number | null>;
  pid: number;
};

/** Runs a TypeScript file of the repository as a process of its own. */
export function runScript(url: URL, args: string[], env: NodeJS.ProcessEnv = {}): Script {
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(url), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  if (child.stdout === null || child.pid === undefined)
    throw new Error(`${url.href} did not start`);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const reader = createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  const closed = Promise.all([once(child, 'exit'), once(reader, 'close')]);
  const exited = closed.then(() => child.exitCode);
  return {
    lines,
    exited,
    pid: child.pid,
    line: (matches) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find(matches);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void exited.then(() => reject(new Error(`it ended after saying:\n${lines.join('\n')}`)));
      }),
    async kill(signal) {
      child.kill(signal);
      await exited;
    },
  };
}

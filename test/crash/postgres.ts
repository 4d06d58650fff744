import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { runSql } from '../support/postgres.ts';

const SERVER = fileURLToPath(new URL('../support/postgres.process.ts', import.meta.url));
/** More than four replicas need. */
const MAX_CONNECTIONS = 90;

export type OwnPostgres = {
  url: string;
  /** Ends the server, cleanly or as a power cut would, and starts it again. */
  restart(how: 'restart' | 'crash'): Promise<void>;
  /** Takes the server away until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends every connection but the one that asks; says how many. */
  terminateBackends(): Promise<number>;
  /** Takes every connection that there is, also those of others; the returned function gives them back. */
  exhaust(): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

/** A PostgreSQL server of one's own, to be ill-treated; null and a reason on stderr when none can be started. */
export async function startOwnPostgres(): Promise<OwnPostgres | null> {
  const args = [SERVER, 'private', `max_connections=${MAX_CONNECTIONS}`];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const read = async (): Promise<{ url?: string; missing?: string }> =>
    JSON.parse((await lines.next()).value ?? '{"missing": "the harness ended"}');
  const { url, missing } = await read();
  if (!url) {
    process.stderr.write(`not run: ${missing}\n`);
    return null;
  }
  return {
    url,
    async restart(how) {
      child.stdin.write(`${how}\n`);
      const again = await read();
      if (!again.url) throw new Error(`PostgreSQL did not come back: ${again.missing}`);
    },
    async stop() {
      child.stdin.write('stop\n');
      await read();
    },
    async start() {
      child.stdin.write('start\n');
      await read();
    },
    async terminateBackends() {
      const rows = await runSql(
        url,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'`,
      );
      return rows.length;
    },
    async exhaust() {
      const taken: pg.Client[] = [];
      const take = async (): Promise<boolean> => {
        const client = new pg.Client({ connectionString: url });
        client.on('error', () => {});
        const isTaken = await client.connect().then(
          () => true,
          () => false,
        );
        if (isTaken) taken.push(client);
        return isTaken;
      };
      while (await take());
      await taken[0]?.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'tandem%'`,
      );
      while (await take());
      return async () => {
        await Promise.all(taken.map((client) => client.end().catch(() => {})));
      };
    },
    async close() {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
}

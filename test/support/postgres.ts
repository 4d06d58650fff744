import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export type PostgresServer = { url: string } | { missing: string };
export type ScratchDatabase = { url: string; drop(): Promise<void> };

const SERVER = fileURLToPath(new URL('postgres.process.ts', import.meta.url));

/**
 * The PostgreSQL server for tests: `TEST_DATABASE_URL`, else one that this process starts when it
 * first needs it and that ends with it. `missing` says why there is none.
 */
export async function findPostgres(): Promise<PostgresServer> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given };
  // Test files of one process share nothing but files.
  const note = join(tmpdir(), `tandem-postgres-of-${process.pid}.json`);
  const known = await readFile(note, 'utf8').catch(() => null);
  if (known !== null) {
    const server = parse(known);
    if (!('url' in server) || (await isAlive(server.url))) return server;
  }
  return startServer();
}

/** A new database on that server, empty or a copy of `template`. Throws when there is no server. */
export async function createScratchDatabase(template?: string): Promise<ScratchDatabase> {
  const server = await findPostgres();
  if ('missing' in server) throw new Error(server.missing);
  const name = `tandem_${randomBytes(6).toString('hex')}`;
  const copied = template ? ` TEMPLATE ${template} STRATEGY FILE_COPY` : '';
  await runSql(server.url, `CREATE DATABASE ${name}${copied}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await runSql(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function startServer(): Promise<PostgresServer> {
  const child = spawn(process.execPath, [SERVER], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the PostgreSQL harness ended with ${code}`)));
  });
  // It must not keep this process alive; the end of this process ends its standard input.
  child.unref();
  for (const stream of [child.stdin, child.stdout]) {
    if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
  return parse(line);
}

function parse(text: string): PostgresServer {
  return JSON.parse(text);
}

async function isAlive(url: string): Promise<boolean> {
  return runSql(url, 'SELECT 1').then(
    () => true,
    () => false,
  );
}

/** Runs one statement on a connection of its own and gives its rows. */
export async function runSql(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

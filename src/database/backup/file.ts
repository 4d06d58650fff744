import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import type { Content } from '../copying.ts';
import { DatabaseError } from '../errors.ts';
import { exists, syncToDisk } from '../files.ts';

const FORMAT = 'tandem-backup';

/** The first line of a backup. */
const Head = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  createdAt: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
});
export type Head = z.infer<typeof Head>;

/** What the tables held: written behind them, so that a backup without it is known to be cut off. */
const Totals = z.record(z.string(), z.object({ rows: z.number(), sha256: z.string() }));
export type Totals = z.infer<typeof Totals>;

const Record = z.union([
  z.object({ table: z.string(), bytes: z.number().int().nonnegative() }),
  z.object({ end: Totals }),
]);

const SystemError = z.object({ code: z.string(), path: z.string().optional() });

const NEW_LINE = 0x0a;
const PIECE = 64 * 1024;

/**
 * Writes a gzipped backup: a line of JSON about it, pieces of tables, each behind a line that says how long it is, and
 * a line with the totals. It appears under its name only when it is complete.
 */
export async function writeBackup(o: {
  path: string;
  head: Omit<Head, 'format' | 'version'>;
  read: (table: Head['tables'][number]) => Content;
}): Promise<Totals> {
  const { path } = o;
  if (await exists(path)) throw new DatabaseError(`${path} exists already. Name another file.`);
  const partial = `${path}.partial`;
  const totals: Totals = {};
  try {
    // Readable for its owner only: it holds everything.
    const file = await open(partial, 'w', 0o600);
    await pipeline(Readable.from(produce(o, totals)), createGzip(), file.createWriteStream());
    await syncToDisk(partial);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    const { code, path: about } = systemError(error);
    throw code && about
      ? new DatabaseError(`${path} cannot be written (${code}).`, { cause: error })
      : error;
  }
  return totals;
}

async function* produce(
  o: Parameters<typeof writeBackup>[0],
  totals: Totals,
): AsyncGenerator<Uint8Array> {
  const line = (value: object) => Buffer.from(`${JSON.stringify(value)}\n`);
  yield line({ format: FORMAT, version: 1, ...o.head });
  for (const table of o.head.tables) {
    const count = counter();
    for await (const chunk of inPieces(o.read(table))) {
      count.add(chunk);
      yield line({ table: table.name, bytes: chunk.length });
      yield chunk;
    }
    totals[table.name] = count.total();
  }
  yield line({ end: totals });
}

/** Pieces of a useful size: a server sends each row for itself. */
async function* inPieces(content: Content): AsyncGenerator<Buffer> {
  let gathered: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of content) {
    gathered.push(chunk);
    length += chunk.length;
    if (length < PIECE) continue;
    yield Buffer.concat(gathered);
    gathered = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(gathered);
}

/** A row is a line of the text in which PostgreSQL writes tables. */
function counter() {
  const hash = createHash('sha256');
  let rows = 0;
  return {
    add(chunk: Uint8Array) {
      hash.update(chunk);
      for (let at = chunk.indexOf(NEW_LINE); at >= 0; at = chunk.indexOf(NEW_LINE, at + 1))
        rows += 1;
    },
    total: () => ({ rows, sha256: hash.digest('hex') }),
  };
}

export type BackupReader = {
  head: Head;
  /** The pieces of each table, in the order of the head; each has to be read to its end before the next. Rejects when something is missing or changed. */
  tables(): AsyncGenerator<{ name: string; content: Content }>;
};

/** Opens a backup and reads what it says about itself. */
export async function openBackup(path: string): Promise<BackupReader> {
  const bytes = readBytes(path);
  const first = await bytes.line();
  const head = Head.safeParse(readJson(first));
  if (!head.success) throw foreign(path);
  return { head: head.data, tables: () => readTables(path, head.data, bytes) };
}

async function* readTables(
  path: string,
  head: Head,
  bytes: ReturnType<typeof readBytes>,
): AsyncGenerator<{ name: string; content: Content }> {
  let record = await nextRecord(path, bytes);
  const found: Totals = {};
  for (const { name } of head.tables) {
    const count = counter();
    async function* content(): AsyncGenerator<Uint8Array> {
      while ('table' in record && record.table === name) {
        const chunk = await bytes.take(record.bytes);
        if (chunk === null) throw damaged(path);
        count.add(chunk);
        yield chunk;
        record = await nextRecord(path, bytes);
      }
    }
    yield { name, content: content() };
    found[name] = count.total();
  }
  if (!('end' in record) || JSON.stringify(record.end) !== JSON.stringify(found))
    throw damaged(path);
}

async function nextRecord(path: string, bytes: ReturnType<typeof readBytes>) {
  const record = Record.safeParse(readJson(await bytes.line()));
  if (!record.success) throw damaged(path);
  return record.data;
}

/** Lines and counted bytes of an unpacked file; null where it ends before. */
function readBytes(path: string) {
  const unpacked = createReadStream(path).on('error', (error) => gunzip.destroy(error));
  const gunzip = createGunzip();
  const source = unpacked.pipe(gunzip)[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  async function more(): Promise<boolean> {
    try {
      const { value, done } = await source.next();
      if (done) return false;
      rest = Buffer.concat([rest, value as Buffer]);
      return true;
    } catch (error) {
      throw explain(path, error);
    }
  }
  return {
    async line(): Promise<string | null> {
      while (!rest.includes(NEW_LINE)) {
        if (rest.length > 1024 * 1024 || !(await more())) return null;
      }
      const end = rest.indexOf(NEW_LINE);
      const text = rest.toString('utf8', 0, end);
      rest = rest.subarray(end + 1);
      return text;
    },
    async take(length: number): Promise<Buffer | null> {
      while (rest.length < length) if (!(await more())) return null;
      const piece = rest.subarray(0, length);
      rest = rest.subarray(length);
      return piece;
    },
  };
}

function readJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function explain(path: string, error: unknown): DatabaseError {
  const { code = 'no reason given' } = systemError(error);
  if (code === 'Z_DATA_ERROR' && String(error).includes('header')) return foreign(path);
  if (code.startsWith('Z_')) return damaged(path);
  return new DatabaseError(`${path} cannot be read (${code}).`, { cause: error });
}

/** What the system says about a file, in its own words. */
function systemError(error: unknown): { code?: string; path?: string } {
  return SystemError.safeParse(error).data ?? {};
}

function foreign(path: string): DatabaseError {
  return new DatabaseError(`${path} is no backup of Tandem. Nothing was changed.`);
}

function damaged(path: string): DatabaseError {
  return new DatabaseError(`${path} is damaged or cut off. Nothing was changed. Use another one.`);
}

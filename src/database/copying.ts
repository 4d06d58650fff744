import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { ClientBase, Pool } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

export type Row = Record<string, unknown>;
export type Content = AsyncIterable<Uint8Array>;
export type TableColumns = { name: string; columns: readonly string[] };

/** Plain statements of one transaction, and whole tables as PostgreSQL's own text. */
export type CopySession = {
  query(sql: string, values?: unknown[]): Promise<Row[]>;
  copyOut(table: TableColumns): Content;
  copyIn(table: TableColumns, content: Content): Promise<void>;
};

/** Runs `work` in one transaction that sees one moment of the database; rolled back when it rejects. */
export type Copying = <T>(work: (session: CopySession) => Promise<T>) => Promise<T>;

const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ';

export function copyPostgres(pool: Pool): Copying {
  return async (work) => {
    const client = await pool.connect();
    try {
      await client.query(BEGIN);
      const result = await work(sessionOn(client));
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      // What is left of the transaction ends with its connection.
      client.release(true);
      throw error;
    }
  };
}

function sessionOn(client: ClientBase): CopySession {
  return {
    async query(sql, values) {
      const { rows } = await client.query<Row>(sql, values);
      return rows;
    },
    copyOut: (table) => client.query(copyTo(`COPY ${write(table)} TO STDOUT`)),
    copyIn: (table, content) =>
      pipeline(Readable.from(content), client.query(copyFrom(`COPY ${write(table)} FROM STDIN`))),
  };
}

export function copyPGlite(pglite: PGlite): Copying {
  return (work) =>
    pglite.transaction(async (tx) => {
      await tx.exec('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      return await work(sessionIn(tx));
    });
}

/** The embedded database is small, so that a table of it fits into memory. */
function sessionIn(tx: Transaction): CopySession {
  return {
    async query(sql, values) {
      const { rows } = await tx.query<Row>(sql, values);
      return rows;
    },
    async *copyOut(table) {
      const { blob } = await tx.query(`COPY ${write(table)} TO '/dev/blob'`);
      if (blob) yield* blob.stream();
    },
    async copyIn(table, content) {
      const chunks: Uint8Array<ArrayBuffer>[] = [];
      for await (const chunk of content) chunks.push(new Uint8Array(chunk));
      const blob = new Blob(chunks);
      await tx.query(`COPY ${write(table)} FROM '/dev/blob'`, [], { blob });
    },
  };
}

function write({ name, columns }: TableColumns): string {
  return `${quote(name)} (${columns.map(quote).join(', ')})`;
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

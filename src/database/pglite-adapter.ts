import { messages, type PGlite, type Transaction as PGliteTransaction } from '@electric-sql/pglite';
import {
  DriverAdapterError,
  type IsolationLevel,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import { PrismaPGlite } from 'pglite-prisma-adapter';

/**
 * Prisma's driver adapter over one PGlite. Unlike the adapter it builds on, it waits for scripts,
 * and a commit that the database refuses is an error instead of a silent loss. `shadow` is an empty
 * database on which the schema engine may try migrations.
 */
export function createPGliteAdapter(
  pglite: PGlite,
  shadow?: PGlite,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: 'postgres',
    adapterName: 'tandem-pglite',
    connect: () => connect(pglite),
    connectToShadowDb: async () => {
      if (shadow === undefined) throw new Error('no shadow database was given');
      return connect(shadow);
    },
  };
}

async function connect(pglite: PGlite): Promise<SqlDriverAdapter> {
  const base = await new PrismaPGlite(pglite).connect();
  return {
    provider: base.provider,
    adapterName: base.adapterName,
    queryRaw: (query) => base.queryRaw(query),
    executeRaw: (query) => base.executeRaw(query),
    executeScript: (script) => runScript(pglite, script),
    startTransaction: (isolationLevel) => startTransaction(pglite, isolationLevel),
    getConnectionInfo: () => ({ supportsRelationJoins: true }),
    dispose: () => Promise.resolve(),
  };
}

async function startTransaction(
  pglite: PGlite,
  isolationLevel: IsolationLevel | undefined,
): Promise<Transaction> {
  const opened = Promise.withResolvers<PGliteTransaction>();
  const ending = Promise.withResolvers<'commit' | 'rollback'>();
  const ended = pglite.transaction(async (tx) => {
    if (isolationLevel) await tx.exec(`SET TRANSACTION ISOLATION LEVEL ${isolationLevel}`);
    opened.resolve(tx);
    if ((await ending.promise) === 'rollback') await tx.rollback();
  });
  // Settles `opened` when BEGIN itself fails; afterwards commit or rollback reports the outcome.
  ended.catch(opened.reject);
  const tx = await opened.promise;
  const base = await new PrismaPGlite(asQueryTarget(tx)).connect();
  return {
    provider: base.provider,
    adapterName: base.adapterName,
    options: { usePhantomQuery: true },
    queryRaw: (query) => base.queryRaw(query),
    executeRaw: (query) => base.executeRaw(query),
    createSavepoint: (name) => runScript(tx, `SAVEPOINT ${name}`),
    rollbackToSavepoint: (name) => runScript(tx, `ROLLBACK TO SAVEPOINT ${name}`),
    releaseSavepoint: (name) => runScript(tx, `RELEASE SAVEPOINT ${name}`),
    async commit() {
      ending.resolve('commit');
      await finish(ended);
    },
    async rollback() {
      ending.resolve('rollback');
      await finish(ended);
    },
  };
}

async function finish(ended: Promise<void>): Promise<void> {
  try {
    await ended;
  } catch (error) {
    throw toAdapterError(error);
  }
}

async function runScript(target: Pick<PGlite, 'exec'>, script: string): Promise<void> {
  try {
    await target.exec(script);
  } catch (error) {
    throw toAdapterError(error);
  }
}

/** The engine passes on the message of this kind of error only. */
function toAdapterError(error: unknown): unknown {
  if (!(error instanceof messages.DatabaseError)) return error;
  return new DriverAdapterError({
    kind: 'postgres',
    code: error.code ?? '',
    severity: error.severity ?? 'ERROR',
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
    originalCode: error.code,
    originalMessage: error.message,
  });
}

/** The adapter calls nothing but `query`, which a transaction has too. */
function asQueryTarget(tx: PGliteTransaction): PGlite {
  return tx as unknown as PGlite;
}

import type { PGlite, Transaction as PGliteTransaction } from '@electric-sql/pglite';
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  Transaction,
} from '@prisma/driver-adapter-utils';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { runScript } from './script.ts';

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
    executeScript: (script) => runScript(() => pglite.exec(script)),
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
    createSavepoint: (name) => runScript(() => tx.exec(`SAVEPOINT ${name}`)),
    rollbackToSavepoint: (name) => runScript(() => tx.exec(`ROLLBACK TO SAVEPOINT ${name}`)),
    releaseSavepoint: (name) => runScript(() => tx.exec(`RELEASE SAVEPOINT ${name}`)),
    async commit() {
      ending.resolve('commit');
      await runScript(() => ended);
    },
    async rollback() {
      ending.resolve('rollback');
      await runScript(() => ended);
    },
  };
}

/** The adapter calls nothing but `query`, which a transaction has too. */
function asQueryTarget(tx: PGliteTransaction): PGlite {
  return tx as unknown as PGlite;
}

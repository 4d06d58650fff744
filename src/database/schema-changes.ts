import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Migration } from './migrations.ts';
import { createPGliteAdapter } from './pglite-adapter.ts';
import { createPGlite } from './pglite-client.ts';
import { EVERYTHING, toMigrationList, withSchemaEngine } from './schema-engine.ts';

const SCHEMA_DIRECTORY = fileURLToPath(new URL('../../prisma', import.meta.url));

/**
 * The SQL that leads from the migrations to the schema files, or null when they agree. What Prisma
 * cannot express (partial indexes, checks) and a migration adds by hand is not a difference.
 */
export async function findSchemaChanges(
  migrations: Migration[],
  schemaDirectory = SCHEMA_DIRECTORY,
): Promise<string | null> {
  const names = (await readdir(schemaDirectory)).filter((name) => name.endsWith('.prisma'));
  const files = await Promise.all(
    names.toSorted().map(async (name) => {
      const path = join(schemaDirectory, name);
      return { path, content: await readFile(path, 'utf8') };
    }),
  );
  const pglite = await createPGlite();
  try {
    const { exitCode, stdout } = await withSchemaEngine(
      createPGliteAdapter(pglite, pglite),
      (engine) =>
        engine.diff({
          from: { tag: 'migrations', ...toMigrationList(migrations) },
          to: { tag: 'schemaDatamodel', files },
          script: true,
          exitCode: true,
          filters: EVERYTHING,
        }),
    );
    return exitCode === 2 ? stdout : null;
  } finally {
    await pglite.close();
  }
}

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// The command line would download a native engine that only `prisma migrate` uses; any existing
// file stops that. Migrations run through the WebAssembly engine in src/database/migrate.ts.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(import.meta.url);

export default defineConfig({ schema: 'prisma' });

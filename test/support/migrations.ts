import { createHash } from 'node:crypto';
import type { Migration } from '../../src/database/migrations.ts';

/** A migration that stands in no directory. */
export function migrationOf(name: string, sql: string): Migration {
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

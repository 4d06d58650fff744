import { Prisma } from '../../database/generated/client.ts';
import type { RecordTable } from '../domain/records.ts';

/** A name of the database as part of SQL; only names written in our own code get here. */
export function named(name: string): Prisma.Sql {
  if (!/^[a-z_]+$/i.test(name)) throw new Error(`${name} is no name of the database`);
  return Prisma.raw(`"${name}"`);
}

/** A column of the row `t` that says whose it is or of which pair: its own, or that of its parent `p`. */
export function belonging(table: RecordTable, column: string): Prisma.Sql {
  return Prisma.sql`${Prisma.raw(table.parent ? 'p' : 't')}.${named(column)}`;
}

/** "FROM table t", with its parent as p when that is where it says whose it is. */
export function fromTable(table: RecordTable): Prisma.Sql {
  const from = Prisma.sql`FROM ${named(table.table)} t`;
  if (!table.parent) return from;
  const { table: parent, column } = table.parent;
  return Prisma.sql`${from} JOIN ${named(parent)} p
    ON p."workspaceId" = t."workspaceId" AND p.id = t.${named(column)}`;
}

export function anyOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0
    ? Prisma.sql`false`
    : Prisma.sql`(${Prisma.join(conditions, ' OR ')})`;
}

/** Whether the row is one of the person's own. */
export function isOwnedBy(table: RecordTable, userId: string): Prisma.Sql {
  return anyOf(table.owners.map((one) => Prisma.sql`${belonging(table, one)} = ${userId}`));
}

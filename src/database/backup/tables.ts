import { type CopySession, quote, type TableColumns } from '../copying.ts';

/** What Prisma keeps about migrations; a backup names them itself. */
const HISTORY = '_prisma_migrations';

/** The product's own tables, each behind those that it refers to. The queue's are in a schema of their own. */
export async function listTables(session: CopySession): Promise<TableColumns[]> {
  const rows = await session.query(
    `SELECT c.relname AS name, json_agg(a.attname ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> $1
     GROUP BY c.relname ORDER BY c.relname`,
    [HISTORY],
  );
  const references = await session.query(
    `SELECT conrelid::regclass::text AS "from", confrelid::regclass::text AS "to" FROM pg_constraint
     WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND conrelid <> confrelid`,
  );
  const tables = rows.map(({ name, columns }) => ({
    name: String(name),
    columns: (columns as unknown[]).map(String),
  }));
  const targets = references.map((one) => ({ from: String(one['from']), to: String(one['to']) }));
  return inOrder(tables, targets);
}

function inOrder(
  tables: readonly TableColumns[],
  references: readonly { from: string; to: string }[],
): TableColumns[] {
  const ordered: TableColumns[] = [];
  let left = [...tables];
  while (left.length > 0) {
    const names = new Set(left.map(({ name }) => quote(name)).concat(left.map(({ name }) => name)));
    const free = left.filter(({ name }) =>
      references.every(({ from, to }) => !isNamed(from, name) || !names.has(to)),
    );
    if (free.length === 0) throw new Error('the tables refer to each other in a circle');
    ordered.push(...free);
    left = left.filter((one) => !free.includes(one));
  }
  return ordered;
}

/** PostgreSQL puts names into quotation marks where they need them. */
function isNamed(written: string, name: string): boolean {
  return written === name || written === quote(name);
}

/** Lets every counter go on behind the highest number that the rows have. */
export async function advanceCounters(session: CopySession): Promise<void> {
  const counters = await session.query(
    `SELECT c.relname AS name, a.attname AS "column"
     FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.adnum
     WHERE c.relnamespace = current_schema()::regnamespace
       AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL`,
  );
  for (const one of counters) {
    const [name, column] = [String(one['name']), String(one['column'])];
    await session.query(
      `SELECT setval(pg_get_serial_sequence($1, $2), coalesce(max(${quote(column)}), 0) + 1, false)
       FROM ${quote(name)}`,
      [quote(name), column],
    );
  }
}

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listFeatures } from '../../src/app.ts';
import type { Database } from '../../src/database/index.ts';
import { createTestDatabase } from '../support/databases.ts';

const kinds = listFeatures().flatMap((feature) => feature.records ?? []);
const tables = kinds.flatMap((kind) => kind.tables);

/** Nothing in them is about a person. */
const NOT_ABOUT_PEOPLE = [
  '_prisma_migrations',
  'workspaces',
  'retention_periods',
  'retention_runs',
];

describe('what the features say they record', () => {
  let database: Database;
  let columns: Map<string, Set<string>>;
  beforeAll(async () => {
    database = await createTestDatabase();
    const rows = await database.prisma.$queryRaw<{ table: string; column: string }[]>`
      SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
      WHERE table_schema = 'public'`;
    const grouped = Map.groupBy(rows, (row) => row.table);
    columns = new Map(
      [...grouped].map(([table, of]) => [table, new Set(of.map((one) => one.column))]),
    );
  });
  afterAll(() => database.close());

  test('names every table: add a new one to `records` of its feature', () => {
    const declared = [...tables.map(({ table }) => table), ...NOT_ABOUT_PEOPLE];
    expect([...columns.keys()].filter((table) => !declared.includes(table))).toEqual([]);
    expect(declared.filter((table) => !columns.has(table))).toEqual([]);
    expect(new Set(declared).size).toBe(declared.length);
  });

  test('names columns that are there', () => {
    const wrong = tables.flatMap((one) => {
      const own = columns.get(one.table) ?? new Set();
      const said = one.parent ? (columns.get(one.parent.table) ?? new Set()) : own;
      return [
        ...[...one.owners, one.pair, one.texts?.from ? undefined : one.texts?.by].filter(
          (name) => name !== undefined && !said.has(name),
        ),
        ...[one.at, one.parent?.column, one.ages?.only?.column].filter(
          (name) => name !== undefined && !own.has(name),
        ),
        ...[...Object.keys(one.ages?.blank ?? {}), ...(one.texts?.columns ?? [])].filter(
          (name) => !own.has(name),
        ),
      ].map((name) => `${one.table}.${name}`);
    });
    expect(wrong).toEqual([]);
  });

  test('has a way to age wherever admins may choose days, and counts by a date there', () => {
    const wrong = kinds.filter(
      (kind) =>
        (kind.kept.least !== undefined || kind.kept.days !== null) !==
        kind.tables.some((table) => table.ages && table.at),
    );
    expect(wrong.map(({ kind }) => kind)).toEqual([]);
  });

  test('fits a form and a page of Slack', () => {
    expect(new Set(kinds.map(({ kind }) => kind)).size).toBe(kinds.length);
    expect(kinds.length).toBeLessThan(80);
    for (const { what, why, seenBy, optional = '' } of kinds)
      expect((what + why + seenBy + optional).length).toBeLessThan(2500);
  });
});
